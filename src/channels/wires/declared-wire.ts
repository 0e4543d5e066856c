import { z } from 'zod';
import type { Phone } from '../../phone-number.js';
import type { CallEnding, Said } from '../channel.js';
import { id, network, parser, phone, required, text } from '../webhooks/parsing.js';
import type { Fields } from '../webhooks/reading.js';
import type { UssdNews, UssdWire } from '../webhooks/ussd.js';
import type { DeclaredWire } from './declaration.js';
import { fill } from './template.js';

/** Reads and answers a wire as its declaration says. */
export function declaredWire(wire: DeclaredWire): UssdWire {
  const parse = parser(schemaOf(wire), (fields): UssdNews => {
    const call = {
      carrier: wire.name,
      session: fields[wire.session] as string,
      phone: fields[wire.phone] as Phone,
      network: wire.network === undefined ? null : ((fields[wire.network] as string) ?? null),
    };
    const step = stepOf(wire, fields);
    if (step !== null && step !== 'begins' && step !== 'answers') {
      return { ending: { ...call, outcome: step, durationMs: null, hops: null, cost: null } };
    }
    const { carrier, session, phone, network } = call;
    return { turn: { carrier, session, phone, network, said: saidOf(wire, step, fields) } };
  });
  return {
    source: wire.request,
    parse: wire.request === 'POST json' ? (fields) => parse(worded(fields)) : parse,
    reply: (screen, fields) =>
      fill(screen.ended ? wire.reply.ends : wire.reply.goesOn, screen, fields),
  };
}

type Known = Readonly<Record<string, unknown>>;

function schemaOf(wire: DeclaredWire): z.ZodType<Known> {
  const { step, number, dialled } = wire;
  return z.object({
    // A convenience, that nobody is refused over; as the text, which comes later, it is.
    ...(dialled && { [dialled.field]: text.catch('') }),
    ...(dialled?.after && { [dialled.after]: text.catch('') }),
    [wire.session]: id,
    [wire.phone]: phone,
    ...(wire.serviceCode && { [wire.serviceCode]: required }),
    [wire.text.field]: text,
    ...(wire.network && { [wire.network]: network }),
    ...(step && {
      [step.field]: oneOf([...step.begins, ...step.answers, ...Object.keys(step.ends)]),
    }),
    ...(number && { [number]: id.optional() }),
  });
}

function oneOf(values: readonly string[]) {
  return z
    .string()
    .transform((written) => written.trim().toLowerCase())
    .pipe(z.enum(values));
}

/** JSON has numbers and truths where forms have words; its null is as good as nothing. */
function worded(fields: Fields): Fields {
  const words: Record<string, unknown> = Object.create(null);
  for (const [name, value] of Object.entries(fields)) {
    if (value === null) continue;
    const isWord = typeof value === 'boolean' || Number.isSafeInteger(value);
    words[name] = isWord ? String(value) : value;
  }
  return words;
}

type Step = 'begins' | 'answers' | Exclude<CallEnding['outcome'], 'unknown'> | null;

/** Null where the wire does not tell. */
function stepOf({ step }: DeclaredWire, fields: Known): Step {
  if (!step) return null;
  const value = fields[step.field] as string;
  if (step.begins.includes(value)) return 'begins';
  return step.answers.includes(value) ? 'answers' : (step.ends[value] ?? null);
}

function saidOf(wire: DeclaredWire, step: Step, fields: Known): Said {
  // What stands in the text of a first step is the dialled code, if anything, and no answer.
  const said = step === 'begins' ? dialledIn(wire, fields) : (fields[wire.text.field] as string);
  if (wire.text.holds === 'history') return { history: said };
  return {
    answer: said,
    begins: step === null ? null : step === 'begins',
    request: wire.number === undefined ? null : ((fields[wire.number] as string) ?? null),
  };
}

/** What was dialled along with our code: `1*2` of `*384*27*1*2#`. */
function dialledIn({ dialled }: DeclaredWire, fields: Known): string {
  if (!dialled) return '';
  const written = bareCode(fields[dialled.field] as string);
  if (dialled.after === undefined) return written;
  const ours = `${bareCode(fields[dialled.after] as string)}*`;
  return ours.length > 1 && written.startsWith(ours) ? written.slice(ours.length) : '';
}

function bareCode(code: string): string {
  return code.trim().replace(/^\*/, '').replace(/#$/, '');
}
