import { createTranscript } from '../src/replay/transcript.js';
import type { Way } from './explore.js';

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
