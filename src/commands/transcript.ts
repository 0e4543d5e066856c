import { createDialogue, type Dialogue } from '../dialogue/dialogue.js';
import { kenyanTime } from '../dialogue/kenyan-time.js';
import { loadFlows } from '../flows.js';
import { type Phone, readPhone } from '../phone-number.js';
import { callAsTest } from '../replay/call-as-test.js';
import { maskedCall } from '../replay/masked-call.js';
import { printCall } from '../replay/print-call.js';
import { type KeptReading, readingsOf, recordReading } from '../replay/readings.js';
import { readCalls, type StoredCall, type Wanted } from '../replay/stored-call.js';
import type { Showing } from '../showing.js';
import { type Command, Refusal, type Run, readArguments, UsageError } from './command.js';

const LAST = 1;
const MOST = 50;

/**
 * Prints what was said in a number's last dialogues, without what is the person's own, or turns one into
 * a conversation test. Whoever looks is recorded before anything is shown.
 */
export const transcript: Command = {
  usage:
    'npm run transcript -- PHONE [--last N | --session ID] [--as-test NAME], ' +
    'or npm run transcript -- readings [PHONE]',
  async run(run) {
    const { words, options } = readArguments(run.args, [], ['last', 'session', 'as-test']);
    const [first, ...rest] = words;
    if (first === 'readings') return list(run, rest, Object.keys(options).length);
    const phone = readPhone(first ?? '');
    if (phone === null || rest.length > 0) throw new UsageError();
    const wanted = wantedOf(options);
    const testName = options['as-test'];
    if (testName !== undefined && 'last' in wanted && wanted.last > 1) throw new UsageError();
    return show(run, { phone, wanted, testName: testName ?? null });
  },
};

function wantedOf({
  last,
  session,
}: {
  readonly last?: string;
  readonly session?: string;
}): Wanted {
  if (last !== undefined && session !== undefined) throw new UsageError();
  if (session !== undefined) return { session: wholeNumber(session, Number.MAX_SAFE_INTEGER) };
  return { last: last === undefined ? LAST : wholeNumber(last, MOST) };
}

function wholeNumber(written: string, most: number): number {
  const number = /^[1-9]\d{0,14}$/.test(written) ? Number(written) : 0;
  if (number === 0 || number > most) throw new UsageError();
  return number;
}

type Asked = { readonly phone: Phone; readonly wanted: Wanted; readonly testName: string | null };

async function show(run: Run, { phone, wanted, testName }: Asked): Promise<void> {
  const dialogue = createDialogue(await loadFlows());
  const lines = await run.withTools(async ({ db, seal, showing }) => {
    const calls = await readCalls(db, seal, phone, wanted);
    if (calls.length === 0) throw new Refusal('Nothing of this number is stored.');
    await recordReading(db, seal, {
      ...{ phone, by: run.operator, at: run.now() },
      what: testName === null ? 'transcript' : 'test',
      sessions: calls.map(({ id }) => id),
    });
    return calls.flatMap((call, index) => [
      ...(index === 0 ? [] : ['']),
      ...(testName === null
        ? printCall(maskedCall(dialogue, call, showing))
        : testOf(dialogue, testName, call, showing)),
    ]);
  });
  for (const line of lines) run.print(line);
}

function testOf(dialogue: Dialogue, name: string, call: StoredCall, showing: Showing): string[] {
  if (call.channel === 'web') throw new Refusal('A web form is no conversation.');
  return callAsTest(dialogue, name, call, maskedCall(dialogue, call, showing))
    .trimEnd()
    .split('\n');
}

/** Who has read what, about one number or about any. */
async function list(run: Run, words: readonly string[], options: number): Promise<void> {
  const phone = words[0] === undefined ? null : readPhone(words[0]);
  if (words.length > 1 || options > 0 || (words.length === 1 && phone === null)) {
    throw new UsageError();
  }
  const found = await run.withTools(({ db, seal }) => readingsOf(db, seal, phone));
  if (found.length === 0) run.print('Nobody has read anything.');
  for (const reading of found) run.print(lineOf(reading));
}

function lineOf({ phone, what, sessions, by, at }: KeptReading): string {
  return [kenyanTime(at.toISOString()), by, what, phone ?? '(erased)', sessions.join(' ')].join(
    '\t',
  );
}
