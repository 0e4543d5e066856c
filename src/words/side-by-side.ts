import type { Flow } from '../dialogue/flow.js';
import { catalogue } from './catalogue.js';

/** All words of the founding languages in one place, for who reviews them. */
export function sideBySide(flows: readonly Flow[]): string {
  const kiswahili = new Map(catalogue(flows, 'sw').map(({ place, text }) => [place, text]));
  return catalogue(flows)
    .map(({ place, text }) =>
      [place, `  en ${onOneLine(text)}`, `  sw ${onOneLine(kiswahili.get(place) ?? '')}`].join(
        '\n',
      ),
    )
    .join('\n');
}

function onOneLine(text: string): string {
  return text.replaceAll('\n', ' / ');
}
