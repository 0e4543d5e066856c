import { byId, clockTime } from './dom.js';
import type { Keys } from './keys.js';
import { writeNumber } from './numbers.js';
import type { Phone } from './phones.js';
import type { Sms } from './protocol.js';

export type Lcd = {
  /** Draws the screen: the open message if there is one, otherwise what the network shows. */
  draw(picture: Picture): void;
  scroll(lines: 1 | -1): void;
};

export type Picture = {
  readonly phone: Phone;
  readonly reading: Sms | null;
  readonly keys: Keys;
  readonly written: string;
  readonly ussdCode: string;
};

const LINE = 19;

/** The screen of the phone; what is being written on it is an ordinary input of the page. */
export function createLcd(): Lcd {
  const lcd = byId('lcd', HTMLDivElement);
  const text = byId('lcd-text', HTMLDivElement);
  const entry = byId('entry', HTMLInputElement);
  const count = byId('lcd-count', HTMLSpanElement);
  const clock = byId('lcd-clock', HTMLTimeElement);
  const envelope = byId('envelope', SVGElement);
  const left = byId('left-label', HTMLSpanElement);
  const right = byId('right-label', HTMLSpanElement);
  const lastSeptets = new Map<string, number>();

  text.tabIndex = 0; // It scrolls, by the keyboard too.

  const tick = (): void => {
    clock.textContent = clockTime(new Date());
  };
  tick();
  setInterval(tick, 5000);

  return {
    draw({ phone, reading, keys, written, ussdCode }) {
      const { screen, switchedOff } = phone.view;
      const kind = switchedOff ? 'off' : reading ? 'reading' : screen.kind;
      lcd.setAttribute('data-kind', kind);
      lcd.setAttribute('data-written', String(written !== ''));
      const words = wordsOf(phone, reading, ussdCode);
      if (text.textContent !== words) {
        text.textContent = words;
        text.scrollTop = 0;
      }
      // Not hidden but read-only: the focus stays where it is while an answer is awaited.
      entry.readOnly = !keys.entry;
      if (entry.value !== written) entry.value = written;
      envelope.toggleAttribute('data-unread', phone.unread > 0 && !switchedOff);
      drawSoftKey(left, keys.left?.label);
      drawSoftKey(right, keys.right?.label);

      const counted = screen.text === '' || switchedOff || reading ? null : screen.septets;
      count.textContent = counted === null ? '' : `${counted}/${BUDGET}`;
      if (screen.text !== '') lastSeptets.set(phone.view.phone, screen.septets);
      drawGauge(lastSeptets.get(phone.view.phone));
    },
    scroll(lines) {
      text.scrollBy({ top: lines * LINE * 2, behavior: 'smooth' });
    },
  };
}

/** The words above a soft key are its name too. */
function drawSoftKey(words: HTMLSpanElement, label: string | undefined): void {
  words.textContent = label ?? '';
  const side = words.id.replace('-label', '');
  const key = document.querySelector(`[data-key="${side}"]`);
  key?.setAttribute('aria-label', label ?? `${side} key, nothing to do`);
}

function drawGauge(septets: number | undefined): void {
  const bar = byId('septets-bar', HTMLDivElement);
  const used = septets ?? 0;
  bar.style.width = `${Math.min(100, (used / BUDGET) * 100)}%`;
  bar.classList.toggle('over', used > BUDGET);
  byId('septets', HTMLSpanElement).textContent =
    septets === undefined ? 'no screen yet' : `${septets} of ${BUDGET} septets`;
}

/** What Safaricom allows on one screen, in septets. */
const BUDGET = 160;

function wordsOf({ view, unread }: Phone, reading: Sms | null, ussdCode: string): string {
  if (view.switchedOff) return '';
  if (reading) return `${reading.party}:\n${reading.text}`;
  if (view.screen.kind === 'waiting') return 'USSD code running…';
  if (view.screen.kind !== 'idle') return view.screen.text;
  const news =
    unread === 0 ? `Press Dial for ${ussdCode}` : `${unread} new message${unread > 1 ? 's' : ''}`;
  return `${writeNumber(view.phone)}\n\n${news}`;
}
