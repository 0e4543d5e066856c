/** What was said on a phone, line by line, for the reader of a failed test. */
export type Transcript = {
  caller(said: string): void;
  screen(text: string, ended: boolean): void;
  sms(text: string): void;
  toString(): string;
};

export function createTranscript(): Transcript {
  const lines: string[] = [];
  const indent = (text: string) => text.split('\n').join('\n      | ');
  return {
    caller: (said) => lines.push(`  > ${said}`),
    screen: (text, ended) => lines.push(`      | ${indent(text)}${ended ? '  (end)' : ''}`),
    sms: (text) => lines.push(`      SMS: ${indent(text)}`),
    toString: () => lines.join('\n'),
  };
}

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
