import type { Transcript } from '../../src/replay/transcript.js';

export { createTranscript, type Transcript } from '../../src/replay/transcript.js';

/** Runs a script; whatever it throws gets the transcript so far. */
export async function withTranscript(
  transcript: Transcript,
  script: () => Promise<void>,
): Promise<void> {
  try {
    await script();
  } catch (error) {
    if (error instanceof Error) error.message = `${error.message}\n\n${transcript}\n`;
    throw error;
  }
}
