import { isDeepStrictEqual } from 'node:util';
import type { Position } from '../../src/dialogue/screen.js';
import { type SecretParts, secretParts } from '../../src/dialogue/world.js';
import { stored, type Walk, type Way } from '../explore.js';
import type { Fault } from './fault.js';

/** Shorter than this, what is typed is as likely to be on the screen by chance. */
const SHORTEST_TYPED = 8;
/** What password hashes look like, and digests in hexadecimal. */
const LIKE_A_HASH = /\$(?:argon2|2[aby]|scrypt|pbkdf2)[^"\\]*|\b[0-9a-f]{32,}\b/i;

/** What lies in the database or on the screen between two turns, and must not. */
export function secretFaults(walk: Walk): readonly Fault[] {
  const { flow } = walk;
  const faults: Fault[] = [];
  const answered = new Map<string, string>();
  for (const { way } of walk.places) {
    for (const [secret, name] of secretsAnswered(way)) answered.set(secret, name);
  }
  // What is kept is kept wherever the call goes on: where it begins is enough.
  const said = new Set<string>();
  for (const { turn, way } of walk.places) {
    const { position, screen } = turn;
    const say = (what: string) => {
      if (said.has(what)) return;
      said.add(what);
      faults.push({ flow: flow.name, state: position.state, language: null, what, way });
    };
    const secrets = [...answered, ...secretsTyped(way)];
    for (const [secret, name] of secrets) {
      const where = whereIs(formsOf(secret), position) ?? onScreen(formsOf(secret), screen.text);
      if (where) say(`${name} is a secret, and is kept in ${where}`);
    }
    const hash = LIKE_A_HASH.exec(JSON.stringify(position))?.[0];
    if (hash && secrets.every(([secret]) => !formsOf(secret).includes(hash))) {
      const where = whereIs([hash], position) ?? 'its position';
      say(`what looks like a hash is kept in ${where}`);
    }
    if (!isDeepStrictEqual(stored(position), position)) {
      say('what it keeps is not the same after it was stored: only plain JSON is');
    }
  }
  return faults;
}

/** The secret parts of the answers that the last step has got, by what they are. */
function secretsAnswered({ asked }: Way): readonly (readonly [string, string])[] {
  return asked.flatMap(({ task, output }) => {
    const { output: parts = [] }: SecretParts = secretParts[task] ?? {};
    return parts.flatMap((part) =>
      textsIn((output as Record<string, unknown>)[part]).map(
        (secret) => [secret, `the ${part} of ${task}`] as const,
      ),
    );
  });
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** What was typed at the last step, where a task was told it that keeps it secret. */
function secretsTyped({ said, asked }: Way): readonly (readonly [string, string])[] {
  const telling = asked.find(({ task }) => secretParts[task]?.input !== undefined);
  if (!telling || said.length < SHORTEST_TYPED) return [];
  return [[said, `what was typed for ${telling.task}`]];
}

/** The forms in which a secret may be kept. */
function formsOf(secret: string): readonly string[] {
  return [
    secret,
    secret.replace(/\s/g, ''),
    encodeURIComponent(secret),
    Buffer.from(secret).toString('base64'),
    Buffer.from(secret).toString('hex'),
  ];
}

/** Which part of a position has one of these in it: `context.password`. */
function whereIs(forms: readonly string[], position: Position): string | null {
  if (!has(forms, position)) return null;
  const kept = Object.entries(position.context).find(([, value]) => has(forms, value));
  return kept ? `context.${kept[0]}` : 'its remark';
}

function has(forms: readonly string[], value: unknown): boolean {
  const text = JSON.stringify(value) ?? '';
  return forms.some((form) => text.includes(JSON.stringify(form).slice(1, -1)));
}

function onScreen(forms: readonly string[], text: string): string | null {
  return forms.some((form) => text.includes(form)) ? 'the screen' : null;
}
