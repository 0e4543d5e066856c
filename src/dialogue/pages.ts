import { septets, toGsm } from './gsm.js';

/** A screen before it is cut to size. */
export type Layout = {
  /** What is said, with line breaks where they matter. */
  readonly body: string;
  /** The numbered options, one line each. */
  readonly options: readonly string[];
  /** The lines of the ways out, and the one that is offered while there is more to read. */
  readonly navigation: {
    /** Those of the screen itself, such as Skip. */
    readonly own: readonly string[];
    readonly back: string | null;
    readonly home: string | null;
    readonly more: string;
    /** What `back` reads on all pages but the first, where it turns the page back. */
    readonly pageBack: string;
  };
};

/**
 * Cuts a screen into pages of at most `budget` septets each, every one with its ways out. Lines are
 * kept whole where they fit and broken between words where not. Nearly every screen is one page.
 */
export function paginate(layout: Layout, budget: number): readonly string[] {
  const { navigation } = layout;
  const lines = toGsm(
    [layout.body, ...layout.options].filter((line) => line !== '').join('\n'),
  ).split('\n');
  const lastLines = (page: number) =>
    [...navigation.own, page > 0 ? navigation.pageBack : navigation.back, navigation.home].filter(
      (line) => line !== null,
    );

  const pages: string[] = [];
  let rest = lines;
  for (;;) {
    const ways = lastLines(pages.length);
    const whole = [...rest, ...ways].join('\n');
    if (septets(whole) <= budget) return [...pages, whole];
    const { page, left } = fill(
      rest,
      budget - septets(`\n${[navigation.more, ...ways].join('\n')}`),
    );
    pages.push([...page, navigation.more, ...ways].join('\n'));
    rest = left;
  }
}

/** Takes as many lines, and then as many words of the next line when none fits whole, as `room` septets hold. */
function fill(lines: readonly string[], room: number): { page: string[]; left: string[] } {
  const page: string[] = [];
  let used = 0;
  for (const [index, line] of lines.entries()) {
    const cost = septets(line) + (page.length > 0 ? 1 : 0);
    if (used + cost <= room) {
      page.push(line);
      used += cost;
      continue;
    }
    // A paragraph is split where it meets the end of the page; an option moves on whole.
    const isOption = /^\d+\. /.test(line);
    const [head, tail] =
      isOption && page.length > 0 ? ['', line] : breakLine(line, room - used - 1);
    if (head !== '') page.push(head);
    return { page, left: [...(tail === '' ? [] : [tail]), ...lines.slice(index + 1)] };
  }
  return { page, left: [] };
}

/** Breaks between words, or within one that is longer than the room itself. */
function breakLine(line: string, room: number): [head: string, tail: string] {
  let cut = 0;
  let used = 0;
  let index = 0;
  for (const character of line) {
    used += septets(character);
    if (used > room) break;
    index += character.length;
    if (line[index] === ' ' || index === line.length) cut = index;
  }
  if (cut === 0) cut = room > 20 ? index : 0;
  return [line.slice(0, cut), line.slice(cut).trimStart()];
}
