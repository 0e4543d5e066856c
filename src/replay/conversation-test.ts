import { HIDDEN } from './masking.js';

/** What happened on a phone, in the words of a conversation test. A note says what is to be known of a step. */
export type Step = (
  | { readonly did: 'dial'; readonly answers: string }
  | { readonly did: 'reply' | 'text'; readonly said: string }
  | { readonly did: 'see' | 'sms'; readonly text: string }
  | { readonly did: 'ended' | 'hangUp' }
) & { readonly note?: string };

/** Four digits or more, also in groups: a password, a phone number, a number of an ID. */
const TELLING_DIGITS = /\+?\d(?:[ -]?\d){3,}/;

/** From the folder of a flow, and from `test/recorded`. */
const KIT = '../../test/kit/conversation.js';

/** Differs from machine to machine. */
const ADDRESS = /https?:\/\//;

/** What is kept of a screen, in characters, so that a line of the test fits on a line. */
const ENOUGH = 70;

/**
 * A session as the source of a conversation test. What a screen or an SMS said is kept only as far
 * as its first telling digits, or what is hidden. Replies stay as they are.
 *
 * @param given what the test knows of the caller before, as JSON.
 */
export function conversationTest(
  name: string,
  steps: readonly Step[],
  given: Readonly<Record<string, unknown>> = {},
): string {
  const lines = steps.flatMap((step) => {
    const call = callFor(step);
    return call === null ? [] : [`  await ${call};${step.note ? ` // ${step.note}` : ''}`];
  });
  const verbs = ['dial', 'see', 'reply', 'ended', 'sms', 'hangUp', 'text'].filter((verb) =>
    lines.some((line) => line.startsWith(`  await ${verb}(`)),
  );
  const knows = Object.keys(given).length > 0;
  return [
    `import { conversation } from ${quote(KIT)};`,
    '',
    ...(knows ? [`const given = ${written(given)} as const;`, ''] : []),
    `conversation(${quote(name)}, ${knows ? 'given, ' : ''}async ({ ${verbs.join(', ')} }) => {`,
    ...lines,
    '});',
    '',
  ].join('\n');
}

function callFor(step: Step): string | null {
  switch (step.did) {
    case 'dial':
      return `dial(${step.answers === '' ? '' : quote(step.answers)})`;
    case 'reply':
    case 'text':
      return `${step.did}(${quote(step.said)})`;
    case 'see':
    case 'sms': {
      const told = withoutSecrets(step.text);
      if (told !== null) return `${step.did}(${quote(told)})`;
      // That one came can be told all the same.
      return step.did === 'sms' && step.note ? 'sms()' : null;
    }
    case 'ended':
    case 'hangUp':
      return `${step.did}()`;
  }
}

/** The beginning of the first line that says something before any telling digits, or null. */
function withoutSecrets(text: string): string | null {
  for (const line of text.split('\n')) {
    const safe = [TELLING_DIGITS, ADDRESS, HIDDEN].reduce<string>(
      (left, mark) => left.split(mark)[0] ?? '',
      line,
    );
    if (/\p{L}{2}/u.test(safe)) return beginning(safe.trim());
  }
  return null;
}

function beginning(line: string): string {
  if (line.length <= ENOUGH) return line;
  const space = line.lastIndexOf(' ', ENOUGH);
  return line.slice(0, space > 0 ? space : ENOUGH);
}

/** What fits on a line beside its indentation. */
const LINE = 80;

/** JSON as it is written in code. */
function written(value: unknown, indent = ''): string {
  if (typeof value === 'string') return quote(value);
  if (typeof value !== 'object' || value === null) return String(value);
  const deeper = `${indent}  `;
  const list = Array.isArray(value);
  const parts = list
    ? value.map((item) => written(item, deeper))
    : Object.entries(value).map(([name, part]) => `${name}: ${written(part, deeper)}`);
  const inline = list ? `[${parts.join(', ')}]` : `{ ${parts.join(', ')} }`;
  if (inline.length <= LINE && !inline.includes('\n')) return inline;
  const lines = parts.map((part) => `${deeper}${part},\n`).join('');
  return list ? `[\n${lines}${indent}]` : `{\n${lines}${indent}}`;
}

function quote(text: string): string {
  const mark = text.includes("'") && !text.includes('"') ? '"' : "'";
  const inside = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"');
  return `${mark}${mark === "'" ? inside.replaceAll("'", "\\'") : inside}${mark}`;
}
