import { isGsm, septets } from '../dialogue/gsm.js';
import { type Pack, quotedIn, type Sentence } from '../dialogue/pack.js';

/** An end of a call is one screen, with room for what a carrier puts before it. */
const LONGEST_END = 156;
/** What a name in the reference data may take. */
const LONGEST_NAME = 40;

/**
 * What is wrong with a pack, each with its place: what is missing, not translated, or used by nobody;
 * what English says differently by now; what quotes something else than English; what a phone cannot show.
 * Whether whole screens fit is seen where they are put together: by the test that walks every flow.
 */
export function packFaults(pack: Pack, english: readonly Sentence[]): readonly string[] {
  const { code, name, words } = pack;
  const known = new Map(english.map(({ place, text }) => [place, text]));
  const faults: string[] = [];
  if (!/^[a-z]{2}$/.test(code)) faults.push(`code: two small letters, not "${code}"`);
  if (!isGsm(name) || name === '') faults.push(`name: letters that GSM 03.38 has, not "${name}"`);
  for (const [place, text] of known) {
    if (!words[place]) faults.push(`${place}: missing; in English: ${text}`);
  }
  for (const [place, [from, to]] of Object.entries(words)) {
    const now = known.get(place);
    const isData = place.startsWith('reference.');
    if (now === undefined && !isData) faults.push(`${place}: nothing reads it any more`);
    else if (now !== undefined && from !== now)
      faults.push(`${place}: English says now: ${now}; you translated: ${from}`);
    else if (to === '') faults.push(`${place}: not translated; in English: ${from}`);
    else faults.push(...sentenceFaults(place, from, to).map((fault) => `${place}: ${fault}`));
  }
  return faults;
}

function sentenceFaults(place: string, from: string, to: string): readonly string[] {
  const faults: string[] = [];
  const [wanted, quoted] = [quotedIn(from), quotedIn(to)];
  for (const name of wanted.filter((one) => !quoted.includes(one)))
    faults.push(`leaves out {${name}}`);
  for (const name of quoted.filter((one) => !wanted.includes(one)))
    faults.push(`quotes {${name}}, which there is not`);
  const keywords = /\.(?:keywords|sms)$/.test(place);
  if (keywords && !/^[A-Z]+(?: [A-Z]+)*$/.test(to))
    faults.push(`words of capital letters A to Z with a space between, not "${to}"`);
  if (place.startsWith('web.')) return faults;
  if (!isGsm(to)) faults.push('has letters that GSM 03.38 lacks, which halve what fits');
  const room = place.startsWith('common.') ? LONGEST_END : LONGEST_NAME;
  if (/^(?:common|reference)\./.test(place) && septets(to) > room)
    faults.push(`longer than ${room} septets`);
  return faults;
}
