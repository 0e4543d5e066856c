/** What was said on a phone, line by line. */
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
