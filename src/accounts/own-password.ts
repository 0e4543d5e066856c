import { readFileSync } from 'node:fs';
import { type Phone, readPhone } from '../phone-number.js';
import { fittingHash } from './passwords.js';

/** In characters as people count them, Unicode code points. */
export const SHORTEST_PASSWORD = 8;
export const LONGEST_PASSWORD = 128;

/** Why a password cannot be a person's own one. */
export type PasswordFault = 'tooShort' | 'tooLong' | 'phoneNumber' | 'common' | 'unchanged';

/**
 * Judges the password that a person has chosen; null where it will do. There are no rules on what it
 * is composed of, as NIST SP 800-63B advises: it is long enough, and not one of the first guesses.
 *
 * @param account the number and the hash of the present password, which must not be chosen again.
 */
export async function faultOfOwnPassword(
  password: string,
  account: { phone: Phone; passwordHash: string },
): Promise<PasswordFault | null> {
  const length = [...password.normalize('NFC')].length;
  if (length < SHORTEST_PASSWORD) return 'tooShort';
  if (length > LONGEST_PASSWORD) return 'tooLong';
  if (readPhone(password) === account.phone) return 'phoneNumber';
  if (isCommon(password)) return 'common';
  if (await fittingHash([account.passwordHash], password)) return 'unchanged';
  return null;
}

/** Whether somebody who guesses would try it early, in any letter case, with or without spaces and dashes. */
export function isCommon(password: string): boolean {
  const plain = password.normalize('NFC').toLowerCase();
  const dense = plain.replace(/[\s-]/g, '');
  return (
    new Set(dense).size < 3 ||
    commonPasswords.has(plain) ||
    commonPasswords.has(dense) ||
    readPhone(dense) !== null ||
    isLocalWord(dense)
  );
}

const commonPasswords: ReadonlySet<string> = new Set(
  readFileSync(new URL('common-passwords.txt', import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#')),
);

/** What people here add a year or a "123" to; the worldwide list does not know them. */
const localWords: ReadonlySet<string> = new Set(
  `
  kenya mkenya kenyan eastafrica africa afrika nairobi mombasa kisumu nakuru eldoret thika nyeri meru
  machakos kakamega kisii kitale garissa malindi kericho embu naivasha
  knec kcse kcpe kpsea kjsea tsc exam exams mtihani mitihani examiner invigilator supervisor
  mwalimu walimu teacher ticha shule school principal headteacher polisi police askari
  harambee uhuru jamhuri madaraka mashujaa safari safaricom mpesa airtel telkom equity
  jambo karibu asante hakuna matata hakunamatata simba chui tembo twiga duma nyota mungu mungunimwema
  yesu bwana jesus god godisgood amani upendo pendo furaha baraka neema rehema imani tumaini zawadi
  mama baba mtoto watoto familia rafiki mpenzi nakupenda mzee
  nenosiri siri password badilisha gormahia leopards arsenal chelsea manchester liverpool
  wanjiku wanjiru wambui njeri nyambura mwangi kamau njoroge kariuki maina kimani otieno ochieng odhiambo
  onyango achieng atieno akinyi adhiambo kipchoge kiprotich kiplagat cheptoo chebet jepkosgei mutua
  musyoka mwende nzomo wafula wekesa nekesa nafula barasa hassan hussein mohamed abdi fatuma
  `
    .trim()
    .split(/\s+/),
);

/** A local word alone or twice, with any figures and signs before and after it: `Nairobi2026!`. */
function isLocalWord(dense: string): boolean {
  const word = dense.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
  const half = word.slice(0, word.length / 2);
  return localWords.has(half + half === word ? half : word);
}
