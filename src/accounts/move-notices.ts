import { languageOf } from '../callers.js';
import type { Transaction } from '../database/transaction.js';
import { toGsm } from '../dialogue/gsm.js';
import { type FoundingLanguage, inEveryLanguage, type Language } from '../dialogue/languages.js';
import { fill, translated } from '../dialogue/pack.js';
import { queueSms } from '../messages/queue.js';
import { maskPhone, type Phone } from '../phone-number.js';
import type { Seal } from '../seal.js';

/**
 * What is said of a move: to the old number that it was asked for and that it was done, to the number
 * that has asked that it was done and that it will not be.
 */
export type MoveNotice = 'asked' | 'movedAway' | 'movedHere' | 'refused';

/** Each quotes the other number, masked. */
const written: Readonly<Record<FoundingLanguage, Readonly<Record<MoveNotice, string>>>> = {
  en: {
    asked:
      'KNEC CP2: Somebody on {other} asks to have the account of this number. Is it not you? Tell KNEC now.',
    movedAway:
      'KNEC CP2: The account of this number has moved to {other}. Was it not you? Tell KNEC now.',
    movedHere:
      'KNEC CP2: The account of {other} is now on this number. Text RESET to get a new password.',
    refused:
      'KNEC CP2: We could not move an account from {other} to this number: what you gave does not fit. Text MOVE to ask again, or ask KNEC.',
  },
  sw: {
    asked:
      'KNEC CP2: Mtu mwenye {other} anaomba akaunti ya nambari hii. Kama si wewe, ambia KNEC sasa.',
    movedAway: 'KNEC CP2: Akaunti ya nambari hii imehamia {other}. Kama si wewe, ambia KNEC sasa.',
    movedHere:
      'KNEC CP2: Akaunti ya {other} sasa iko kwa nambari hii. Tuma NENOSIRI upate nenosiri jipya.',
    refused:
      'KNEC CP2: Hatukuweza kuhamisha akaunti ya {other}: uliyotupa hayalingani. Tuma HAMISHA uombe tena, au uliza KNEC.',
  },
};

export const moveNotices = inEveryLanguage(written, (pack) =>
  translated(pack, 'notices.move', written.en),
);

/** A notice of a move, with the other number, masked. */
export function moveNotice(language: Language, says: MoveNotice, other: string): string {
  return fill(moveNotices[language][says], () => other);
}

/** Puts a notice into the outbox. Who has asked for the move is answered even after STOP. */
export async function sendMoveNotice(
  trx: Transaction,
  seal: Seal,
  about: { says: MoveNotice; to: Phone; other: Phone; at: Date },
): Promise<void> {
  const { says, to, other, at } = about;
  const text = toGsm(moveNotice(await languageOf(trx, to), says, maskPhone(other)));
  const carries = says === 'movedHere' || says === 'refused' ? 'reply' : 'notice';
  await queueSms(trx, { phone: to, text, carries, at }, seal);
}
