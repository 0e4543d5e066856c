import type { CallEnding, Listeners, Screen, UssdTurn } from '../channel.js';
import { within } from '../deadline.js';
import type { Door, Webhook, WebhookOptions } from './door.js';
import { type Fault, type Parsed, parseReading } from './parsing.js';
import type { Fields, Source } from './reading.js';
import { apology, goodbye, unreadable, unserved } from './screens.js';

/** What a request of a USSD call says: a turn, or that the call is over. */
export type UssdNews = { readonly turn: UssdTurn } | { readonly ending: CallEnding };

/** How a carrier tells of USSD calls, and what it is answered with. */
export type UssdWire = {
  readonly source: Source;
  parse(fields: Fields): Parsed<UssdNews>;
  /** The body of the answer. The fields are those of the request, empty where it was not readable. */
  reply(screen: Screen, fields: Fields): { readonly type: string; readonly body: string };
};

/**
 * Opens the webhook for USSD calls. Whatever goes wrong behind the door is answered with HTTP 200 and
 * a last screen in the carrier's own form: anything else shows something ugly on the handset.
 */
export function serveUssd(
  door: Door,
  wire: UssdWire,
  listeners: Pick<Listeners, 'ussd' | 'callEnded'>,
  options: WebhookOptions,
): void {
  async function hear(news: UssdNews): Promise<Screen> {
    if ('turn' in news) return listeners.ussd(news.turn);
    await listeners.callEnded(news.ending);
    return goodbye;
  }

  async function answerTo(news: UssdNews, webhook: Webhook): Promise<Screen> {
    const fail = (error: unknown) => options.onError(error, webhook);
    try {
      return await within(options.deadlineMs, hear(news), fail);
    } catch (error) {
      fail(error);
      return apology;
    }
  }

  door.serve('ussd', wire.source, async (ctx, reading, webhook) => {
    const parsed = parseReading(reading, wire.parse);
    if (!parsed.ok) options.onMalformed(parsed.fault, webhook);
    const screen = parsed.ok ? await answerTo(parsed.value, webhook) : refusalOf(parsed.fault);
    const { type, body } = wire.reply(screen, 'fields' in reading ? reading.fields : {});
    ctx.type = type;
    ctx.body = body;
  });
}

function refusalOf(fault: Fault): Screen {
  return fault.kind === 'unservedNumber' ? unserved : unreadable;
}
