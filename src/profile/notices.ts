import { languageOf } from '../callers.js';
import type { Transaction } from '../database/transaction.js';
import { toGsm } from '../dialogue/gsm.js';
import { inEveryLanguage, type Language } from '../dialogue/languages.js';
import { fill, translated } from '../dialogue/pack.js';
import { queueSms } from '../messages/queue.js';
import type { Phone } from '../phone-number.js';
import type { Seal } from '../seal.js';
import { type DetailName, detailOf } from './details.js';

const written = {
  en: {
    replaced:
      'KNEC CP2: Changed in your profile: {details}. Not you? Dial {ussdCode}, get a new password and correct it.',
  },
  sw: {
    replaced:
      'KNEC CP2: Yaliyobadilishwa kwenye wasifu: {details}. Si wewe? Piga {ussdCode}, pata nenosiri jipya na usahihishe.',
  },
};

export const profileNotices = inEveryLanguage(written, (pack) =>
  translated(pack, 'notices.profile', written.en),
);

/** Whether its person is told when a detail is replaced: their name, and where their money goes. */
export function isAnnounced(detail: DetailName): boolean {
  const { announced = false, payout = false } = detailOf(detail);
  return announced || payout;
}

/** One SMS for all that was replaced at once: names the details, never their values. */
export function noticeText(
  language: Language,
  replaced: readonly DetailName[],
  ussdCode: string,
): string {
  const labels = replaced.map((detail) => detailOf(detail).label[language]);
  const facts = new Map([
    ['details', labels.join(', ')],
    ['ussdCode', ussdCode],
  ]);
  return toGsm(fill(profileNotices[language].replaced, (name) => facts.get(name) ?? ''));
}

/** Tells a person by SMS that details were replaced, unless they have texted STOP. */
export async function sendNotice(
  trx: Transaction,
  seal: Seal,
  about: { phone: Phone; replaced: readonly DetailName[]; ussdCode: string; at: Date },
): Promise<void> {
  const { phone, replaced, ussdCode, at } = about;
  const text = noticeText(await languageOf(trx, phone), replaced, ussdCode);
  await queueSms(trx, { phone, text, carries: 'notice', at }, seal);
}
