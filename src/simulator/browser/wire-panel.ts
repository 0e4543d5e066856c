import { byId, clockTime, make } from './dom.js';
import { writeNumber } from './numbers.js';
import type { WireExchange } from './protocol.js';

export type WirePanel = {
  /** Shows an exchange, or what has become of it. */
  show(exchange: WireExchange): void;
  /** Begins anew, with the most recent first. */
  reset(exchanges: readonly WireExchange[]): void;
  /** Limits the list to one phone unless every phone is asked for. */
  select(phone: string): void;
};

/** How many exchanges stay on the page. */
const KEEP = 200;

export function createWirePanel(): WirePanel {
  const list = byId('wire', HTMLOListElement);
  const empty = byId('wire-empty', HTMLParagraphElement);
  const all = byId('wire-all', HTMLInputElement);
  const items = new Map<number, HTMLLIElement>();
  let selected = '';

  function filter(item: HTMLLIElement): void {
    const phone = item.getAttribute('data-phone');
    item.hidden = !all.checked && phone !== null && phone !== selected;
  }
  function filterAll(): void {
    items.forEach(filter);
    empty.hidden = [...items.values()].some((item) => !item.hidden);
  }
  all.addEventListener('change', filterAll);

  function show(exchange: WireExchange): void {
    const item = items.get(exchange.id) ?? make('li');
    const open = item.querySelector('details')?.open ?? false;
    item.replaceChildren(drawExchange(exchange, open));
    if (exchange.phone) item.setAttribute('data-phone', exchange.phone);
    filter(item);
    if (!items.has(exchange.id)) {
      items.set(exchange.id, item);
      list.prepend(item);
    }
    const oldest = items.size > KEEP ? items.keys().next().value : undefined;
    if (oldest !== undefined) {
      items.get(oldest)?.remove();
      items.delete(oldest);
    }
    empty.hidden = true;
  }

  return {
    show,
    reset(exchanges) {
      items.clear();
      list.replaceChildren();
      exchanges.toReversed().forEach(show);
      filterAll();
    },
    select(phone) {
      selected = phone;
      filterAll();
    },
  };
}

function drawExchange(exchange: WireExchange, open: boolean): HTMLDetailsElement {
  const { answer, direction } = exchange;
  const outgoing = direction === 'toGateway';
  const status = answer === null ? '…' : answer.status === 0 ? 'none' : String(answer.status);
  const fine = answer === null || (answer.status >= 200 && answer.status < 300);
  const route = exchange.path.split('/').at(-1) ?? exchange.path;

  const summary = make(
    'summary',
    {},
    make(
      'span',
      { class: 'arrow', 'data-direction': direction, 'aria-hidden': 'true' },
      outgoing ? '→' : '←',
    ),
    make('span', { class: 'unseen' }, outgoing ? 'To the gateway: ' : 'From the gateway: '),
    make('strong', {}, route),
    make('span', { class: fine ? 'status' : 'status bad' }, status),
    make(
      'span',
      { class: 'when' },
      timeOf(exchange),
      make('span', { class: 'took' }, tookOf(exchange)),
    ),
    make('span', { class: 'gist' }, gistOf(exchange)),
  );
  const fields = exchange.fields.flatMap(([name, value]) => [
    make('dt', {}, name),
    make('dd', {}, value === '' ? make('em', {}, 'empty') : value),
  ]);
  return make(
    'details',
    { open },
    summary,
    make('p', { class: 'request-line' }, `${exchange.method} ${exchange.path}`),
    make('dl', {}, ...fields),
    make('pre', { class: 'answer', 'aria-label': 'Answer' }, pretty(answer?.body ?? 'waiting…')),
  );
}

function timeOf({ at }: WireExchange): string {
  return `${clockTime(new Date(at))}:${at.slice(17, 19)}`;
}

function tookOf({ answer }: WireExchange): string {
  return answer ? ` · ${answer.milliseconds} ms` : '';
}

/** The one line that tells most: what was said, and what was said to it. */
function gistOf({ fields, answer, phone }: WireExchange): string {
  const field = new Map(fields);
  const said =
    field.get('failureReason') ?? field.get('status') ?? field.get('text') ?? field.get('message');
  const who = phone ? `${writeNumber(phone)}  ` : '';
  const plain = answer && /^(?:CON|END) /.test(answer.body) ? answer.body.split('\n')[0] : '';
  return `${who}“${said ?? ''}”${plain ? ` → ${plain}` : ''}`;
}

function pretty(body: string): string {
  if (body === '') return '(empty)';
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
