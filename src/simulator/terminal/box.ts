/** Characters a line on the screen of the terminal's phone. */
const COLUMNS = 32;

/** A screen or a message in a frame, with a word on either side of its upper edge. */
export function drawBox(text: string, left: string, right = ''): string {
  const rule = '─'.repeat(Math.max(0, COLUMNS - left.length - right.length - (right ? 4 : 2)));
  const top = `╭─ ${left} ${rule}${right ? ` ${right} ` : ''}─╮`;
  const lines = text.split('\n').flatMap((line) => wrap(line, COLUMNS));
  const body = lines.map((line) => `│ ${line.padEnd(COLUMNS)} │`);
  return [top, ...body, `╰${'─'.repeat(COLUMNS + 2)}╯`].join('\n');
}

/** Breaks a line between words where it can, within a word where it must. */
export function wrap(line: string, columns: number): string[] {
  const lines: string[] = [];
  let rest = line;
  while (rest.length > columns) {
    const space = rest.lastIndexOf(' ', columns);
    const at = space > 0 ? space : columns;
    lines.push(rest.slice(0, at));
    rest = rest.slice(at).trimStart();
  }
  return [...lines, rest];
}
