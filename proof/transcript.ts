import type { Way } from './explore.js';

/** What was said on a phone, line by line, for the reader of a failed test. */
export type Transcript = {
  caller(said: string): void;
  /** What the service asked the world, and was told. */
  world(task: string, output: unknown): void;
  screen(text: string, ended: boolean): void;
  sms(text: string): void;
  toString(): string;
};

const LONGEST_OUTPUT = 90;

export function createTranscript(): Transcript {
  const lines: string[] = [];
  const indent = (text: string) => text.split('\n').join('\n      | ');
  return {
    caller: (said) => lines.push(`  > ${said}`),
    world(task, output) {
      const text = JSON.stringify(output);
      const short = text.length > LONGEST_OUTPUT ? `${text.slice(0, LONGEST_OUTPUT)}...` : text;
      lines.push(`      (${task}: ${short})`);
    },
    screen: (text, ended) => lines.push(`      | ${indent(text)}${ended ? '  (end)' : ''}`),
    sms: (text) => lines.push(`      SMS: ${indent(text)}`),
    toString: () => lines.join('\n'),
  };
}

/** The call that comes this way, from its beginning. */
export function transcriptOf(way: Way): string {
  const transcript = createTranscript();
  for (const { said, asked, turn } of stepsOf(way)) {
    transcript.caller(said === '' ? '(nothing)' : said);
    for (const { task, output } of asked) transcript.world(task, output);
    for (const { text } of turn?.sms ?? []) transcript.sms(text);
    if (turn) transcript.screen(turn.screen.text, turn.screen.ended);
  }
  return transcript.toString();
}

/** From the first step to the last. */
export function stepsOf(way: Way): readonly Way[] {
  const steps: Way[] = [];
  for (let step: Way | null = way; step; step = step.before) steps.unshift(step);
  return steps;
}
