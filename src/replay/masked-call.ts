import type { Dialogue } from '../dialogue/dialogue.js';
import { languageCodes } from '../dialogue/languages.js';
import { type Showing, viewFor } from '../showing.js';
import { HIDDEN, maskedAnswer, maskedScreen, type Seen } from './masking.js';
import type { StoredCall, StoredTurn } from './stored-call.js';

/** A turn as somebody may see it who looks into a fault. */
export type MaskedTurn = Omit<StoredTurn, 'exchange'> & {
  /** What was answered to the screen before. */
  readonly said: string;
  readonly screen: string;
};

/** A call without what is its caller's own. */
export type MaskedCall = Omit<StoredCall, 'turns'> & { readonly turns: readonly MaskedTurn[] };

/** Masks a call: screens, and answers that a screen's options do not tell. */
export function maskedCall(dialogue: Dialogue, call: StoredCall, showing: Showing): MaskedCall {
  const views = [...new Set([call.language, ...languageCodes])].map((language) =>
    viewFor(showing, { phone: call.phone, channel: call.channel, language }),
  );
  return {
    ...call,
    turns: call.turns.map(({ exchange, ...turn }, index) => {
      const before = call.turns[index - 1];
      const seen = seenIn({ ...turn, exchange });
      return {
        ...turn,
        said: maskedAnswer(dialogue, before ? seenIn(before) : null, exchange?.said ?? null),
        screen: seen ? maskedScreen(dialogue, seen, views) : HIDDEN,
      };
    }),
  };
}

function seenIn({ flow, state, exchange }: StoredTurn): Seen | null {
  return exchange && { text: exchange.text, flow, state, position: exchange.position };
}
