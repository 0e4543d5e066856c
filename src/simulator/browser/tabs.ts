import { byId, make } from './dom.js';
import { readNumber, writeNumber } from './numbers.js';
import type { Phones } from './phones.js';

export type Tabs = { show(phones: Phones): void };

/** One tab a phone; the arrow keys go from one to the next, as in any list of tabs. */
export function createTabs(options: {
  readonly onSelect: (phone: string) => void;
  readonly onAdd: (phone: string) => void;
}): Tabs {
  const list = byId('tabs', HTMLDivElement);
  const form = byId('add-number', HTMLFormElement);
  const input = byId('new-number', HTMLInputElement);

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const phone = readNumber(input.value);
    input.setCustomValidity(phone ? '' : 'A Kenyan mobile number, such as 0712 345 678');
    if (phone) {
      input.value = '';
      options.onAdd(phone);
    } else {
      input.reportValidity();
    }
  });
  input.addEventListener('input', () => input.setCustomValidity(''));

  list.addEventListener('keydown', (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const tabs: Element[] = [...list.querySelectorAll('button')];
    const at = document.activeElement ? tabs.indexOf(document.activeElement) : -1;
    if (step === undefined || at < 0) return;
    const next = tabs[(at + step + tabs.length) % tabs.length]?.getAttribute('data-phone');
    if (!next) return;
    options.onSelect(next);
    list.querySelector<HTMLButtonElement>('[aria-selected="true"]')?.focus();
  });

  let shown = '';
  return {
    show({ byNumber, selected }) {
      const now = JSON.stringify([selected, [...byNumber].map(([n, { unread }]) => [n, unread])]);
      if (now === shown) return;
      shown = now;
      const focused = list.contains(document.activeElement);
      const tabs = [...byNumber].map(([phone, { unread }]) => {
        const current = phone === selected;
        const tab = make(
          'button',
          {
            type: 'button',
            role: 'tab',
            'aria-selected': String(current),
            'aria-controls': 'handset',
            tabindex: current ? '0' : '-1',
            'data-phone': phone,
          },
          writeNumber(phone),
        );
        if (unread > 0 && !current) tab.append(make('span', { class: 'unread' }, `${unread}`));
        tab.addEventListener('click', () => options.onSelect(phone));
        return tab;
      });
      list.replaceChildren(...tabs);
      if (focused) list.querySelector<HTMLButtonElement>('[aria-selected="true"]')?.focus();
    },
  };
}
