import { type Action, act, forget, listen } from './connection.js';
import { byId } from './dom.js';
import { createFlowPanel } from './flow-panel.js';
import { createHandsetPanel } from './handset-panel.js';
import { createMessagesPanel } from './messages-panel.js';
import { newPhone, type Phone, recall, remember, withNews } from './phones.js';
import type { HandsetView, NetworkChange, NetworkView } from './protocol.js';
import { createSideTabs } from './side-tabs.js';
import { createTabs } from './tabs.js';
import { createWirePanel } from './wire-panel.js';

/** More phones than this are not taken into the hand unasked, however many the network knows. */
const HANDFUL = 8;
const TOAST_MS = 6000;

let { byNumber, selected } = recall(localStorage);
let codes = { ussdCode: '', smsShortCode: '' };

const toast = byId('toast', HTMLParagraphElement);
const link = byId('link-state', HTMLParagraphElement);
const switchedOff = byId('switched-off', HTMLInputElement);
const blocks = byId('blocks', HTMLInputElement);

const wire = createWirePanel();
const flow = createFlowPanel();
createSideTabs((tab) => flow.setShown(tab === 'tab-flow'));
const tabs = createTabs({ onSelect: select, onAdd: add });
const messages = createMessagesPanel((text) => perform('sms', { text }));
const handset = createHandsetPanel({ act: perform, onRead: () => change(selected, markRead) });

let hideToast: ReturnType<typeof setTimeout> | undefined;

function complain(error: unknown): void {
  toast.textContent = error instanceof Error ? error.message : 'Something went wrong.';
  toast.hidden = false;
  clearTimeout(hideToast);
  hideToast = setTimeout(() => {
    toast.hidden = true;
  }, TOAST_MS);
}

function perform(action: Action, body?: object): void {
  act(selected, action, body).catch(complain);
}

function markRead(phone: Phone): Phone {
  return { ...phone, unread: 0 };
}

function change(number: string, next: (phone: Phone) => Phone): void {
  const phone = byNumber.get(number) ?? newPhone(number);
  byNumber = new Map(byNumber).set(number, next(phone));
  remember(localStorage, { byNumber, selected });
  draw();
}

function select(number: string): void {
  // The messages of the phone that is laid down were on the page all the while.
  if (byNumber.has(selected)) change(selected, markRead);
  selected = number;
  wire.select(number);
  change(number, (phone) => phone);
}

function add(number: string): void {
  change(number, (phone) => phone);
  select(number);
}

function drop(number: string): void {
  if (!byNumber.has(number)) return;
  const rest = new Map(byNumber);
  rest.delete(number);
  byNumber = rest.size > 0 ? rest : new Map([[number, newPhone(number)]]);
  select(byNumber.has(selected) ? selected : ([...byNumber.keys()][0] ?? number));
}

function takeNews(view: HandsetView): void {
  flow.hear(view);
  if (!byNumber.has(view.phone) && byNumber.size >= HANDFUL) return;
  change(view.phone, (phone) => withNews(phone, view));
}

function takeNetwork({ ussdCode, smsShortCode, handsets, wire: exchanges }: NetworkView): void {
  codes = { ussdCode, smsShortCode };
  byId('ussd-code', HTMLElement).textContent = ussdCode;
  byId('short-code', HTMLElement).textContent = smsShortCode;
  // A server that has been started again knows nothing of the calls before.
  const known = new Set(handsets.map(({ phone }) => phone));
  for (const number of byNumber.keys()) {
    if (!known.has(number)) {
      change(number, (phone) => ({ ...newPhone(number, phone.messages), unread: phone.unread }));
    }
  }
  handsets.forEach(takeNews);
  wire.reset(exchanges);
  draw();
}

function takeChange(news: NetworkChange): void {
  if (news.type === 'handset') takeNews(news.handset);
  else if (news.type === 'forgotten') drop(news.phone);
  else wire.show(news.exchange);
}

function draw(): void {
  const phone = byNumber.get(selected);
  if (!phone) return;
  tabs.show({ byNumber, selected });
  handset.show(phone, codes.ussdCode);
  flow.show(phone.view);
  messages.show(phone);
  switchedOff.checked = phone.view.switchedOff;
  blocks.checked = phone.view.blocksPromotional;
}

switchedOff.addEventListener('change', () => {
  perform('switches', { switchedOff: switchedOff.checked });
});
blocks.addEventListener('change', () => {
  perform('switches', { blocksPromotional: blocks.checked });
});
byId('forget', HTMLButtonElement).addEventListener('click', () => {
  const number = selected;
  forget(number)
    .then(() => drop(number))
    .catch(complain);
});

listen({
  onNetwork: takeNetwork,
  onChange: takeChange,
  onLink(up) {
    link.textContent = up ? 'Connected' : 'The service is away';
    link.setAttribute('data-up', String(up));
  },
});
wire.select(selected);
draw();
