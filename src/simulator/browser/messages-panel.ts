import { byId, make } from './dom.js';
import { writeNumber } from './numbers.js';
import type { Phone } from './phones.js';
import type { Sms } from './protocol.js';

const KEYWORDS = ['REGISTER', 'RESET', 'PROFILE', 'HELP', 'STOP'];

export type MessagesPanel = { show(phone: Phone): void };

/** The messages of the selected phone, and an SMS to the short code. */
export function createMessagesPanel(send: (text: string) => void): MessagesPanel {
  const list = byId('messages', HTMLOListElement);
  const owner = byId('messages-of', HTMLSpanElement);
  const form = byId('compose', HTMLFormElement);
  const text = byId('sms', HTMLTextAreaElement);

  list.tabIndex = 0; // It scrolls, by the keyboard too.

  const keywords = KEYWORDS.map((keyword) => {
    const button = make('button', { type: 'button', class: 'keyword' }, keyword);
    button.addEventListener('click', () => send(keyword));
    return button;
  });
  byId('keywords', HTMLDivElement).replaceChildren(...keywords);

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const written = text.value.trim();
    if (written) send(written);
    text.value = '';
  });
  text.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });

  let shown = '';
  return {
    show({ view, messages }) {
      owner.textContent = writeNumber(view.phone);
      for (const control of [text, ...form.querySelectorAll('button')]) {
        control.disabled = view.switchedOff;
      }
      const now = `${view.phone} ${messages.map(({ id }) => id).join(' ')}`;
      if (now === shown) return;
      shown = now;
      list.replaceChildren(
        ...(messages.length > 0
          ? messages.map(drawMessage)
          : [
              make(
                'li',
                { class: 'empty' },
                'No messages yet. What is sent to this number appears here.',
              ),
            ]),
      );
      list.scrollTop = list.scrollHeight;
    },
  };
}

function drawMessage({ direction, party, text, at }: Sms): HTMLLIElement {
  const time = new Date(at).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
  const who = direction === 'received' ? `From ${party}` : `To ${party}`;
  return make(
    'li',
    { class: `sms ${direction}` },
    make('p', {}, text),
    make('small', {}, `${who} · `, make('time', { datetime: at }, time)),
  );
}
