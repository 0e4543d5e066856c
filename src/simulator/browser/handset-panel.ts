import type { Action } from './connection.js';
import { byId } from './dom.js';
import { type Keys, keysFor, type Press } from './keys.js';
import { createLcd } from './lcd.js';
import { multiTap, type Taps } from './multi-tap.js';
import type { Phone } from './phones.js';
import type { Sms } from './protocol.js';

export type HandsetPanel = { show(phone: Phone, ussdCode: string): void };

export type HandsetPanelOptions = {
  readonly act: (action: Action, body?: object) => void;
  /** The messages of the phone on show were looked at. */
  readonly onRead: () => void;
};

/** The handset: keys of the page and of the keyboard on one side, the screen on the other. */
export function createHandsetPanel({ act, onRead }: HandsetPanelOptions): HandsetPanel {
  const lcd = createLcd();
  const entry = byId('entry', HTMLInputElement);
  const lettersKey = byId('letters', HTMLButtonElement);
  const drafts = new Map<string, string>();
  let shown: { phone: Phone; ussdCode: string } | null = null;
  let readingAt: number | null = null;
  let letters = false;
  let taps: Taps | null = null;

  function received(): readonly Sms[] {
    const messages = shown?.phone.messages ?? [];
    return messages.filter(({ direction }) => direction === 'received').toReversed();
  }

  const written = (): string => (shown && drafts.get(shown.phone.view.phone)) ?? '';

  function write(text: string): void {
    if (shown) drafts.set(shown.phone.view.phone, text);
    draw();
  }

  function keys(phone: Phone): Keys {
    const inbox = received();
    return keysFor({
      screen: phone.view.screen.kind,
      switchedOff: phone.view.switchedOff,
      reading: readingAt !== null,
      hasMessages: inbox.length > 0,
      hasOlder: readingAt !== null && readingAt + 1 < inbox.length,
      written: written() !== '',
    });
  }

  function draw(): void {
    if (!shown) return;
    const { phone, ussdCode } = shown;
    const reading = readingAt === null ? null : (received()[readingAt] ?? null);
    lcd.draw({ phone, reading, keys: keys(phone), written: written(), ussdCode });
  }

  /** Does it and leaves nothing written. */
  function actAndClear(action: Action, body?: object): void {
    act(action, body);
    write('');
  }

  function read(at: number | null): void {
    readingAt = at;
    if (at !== null) onRead();
    draw();
  }

  const presses: Record<Press, (ussdCode: string) => void> = {
    dial: () => actAndClear('dial', { code: written() }),
    dialService: (code) => act('dial', { code }),
    writeService: (code) => write(code),
    reply: () => actAndClear('reply', { text: written() }),
    erase: () => write(written().slice(0, -1)),
    eraseAll: () => write(''),
    hangUp: () => actAndClear('hang-up'),
    read: () => read(0),
    older: () => read((readingAt ?? -1) + 1),
    closeMessage: () => read(null),
  };

  function pressKey(key: string): void {
    if (!shown) return;
    const { left, right, ok, call, end, entry: open } = keys(shown.phone);
    const functions = new Map([
      ['left', left?.press],
      ['right', right?.press],
      ['ok', ok],
      ['call', call],
      ['end', end],
    ]);
    if (key === 'up' || key === 'down') {
      lcd.scroll(key === 'up' ? -1 : 1);
    } else if (functions.has(key)) {
      taps = null;
      const press = functions.get(key);
      if (press) presses[press](shown.ussdCode);
    } else if (open) {
      typeKey(key);
    }
  }

  function typeKey(key: string): void {
    if (letters) {
      const typed = multiTap(written(), key, performance.now(), taps);
      taps = typed.taps;
      write(typed.text);
    } else {
      write(written() + key);
    }
  }

  for (const button of document.querySelectorAll('[data-key]')) {
    const key = button.getAttribute('data-key');
    if (key) button.addEventListener('click', () => pressKey(key));
  }
  lettersKey.addEventListener('click', () => {
    letters = !letters;
    lettersKey.textContent = letters ? 'Abc' : '123';
    lettersKey.setAttribute('aria-pressed', String(letters));
  });
  entry.addEventListener('input', () => write(entry.value));
  byId('lcd-form', HTMLFormElement).addEventListener('submit', (event) => {
    event.preventDefault();
    pressKey('ok');
  });
  document.addEventListener('keydown', (event) => typeOnKeyboard(event, entry, pressKey));

  return {
    show(phone, ussdCode) {
      if (shown?.phone.view.phone !== phone.view.phone) readingAt = null;
      shown = { phone, ussdCode };
      draw();
    },
  };
}

/** Whatever is typed on the page goes to the phone, unless it is typed into another field. */
function typeOnKeyboard(
  event: KeyboardEvent,
  entry: HTMLInputElement,
  pressKey: (key: string) => void,
): void {
  const { key, target } = event;
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const inEntry = target === entry;
  if (!inEntry && target instanceof Element && target.matches('input, textarea, select')) return;

  light(key);
  const pressed = { Escape: 'end', ArrowUp: 'up', ArrowDown: 'down' }[key];
  const loose = target === document.body;
  if (key === 'Escape' || (pressed && (inEntry || loose))) {
    event.preventDefault();
    pressKey(pressed ?? 'end');
  } else if (key === 'Enter' && loose) {
    pressKey('ok');
  } else if (!inEntry && ((key.length === 1 && key !== ' ') || key === 'Backspace')) {
    // The key that moves the focus is typed where the focus has gone.
    entry.focus({ preventScroll: true });
    entry.setSelectionRange(entry.value.length, entry.value.length);
  }
}

const KEY_LIGHT_MS = 140;

/** The key of the phone goes down with the key of the keyboard. */
function light(key: string): void {
  const name = { Escape: 'end', Enter: 'ok', ArrowUp: 'up', ArrowDown: 'down' }[key] ?? key;
  const button = document.querySelector(`[data-key="${CSS.escape(name)}"]`);
  button?.classList.add('pressed');
  setTimeout(() => button?.classList.remove('pressed'), KEY_LIGHT_MS);
}
