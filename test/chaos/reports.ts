import type { Random } from '../proof/random.js';
import type { Posting } from './sending-api.js';

/** A delivery report as it goes on the wire, so many milliseconds after what went before it. */
export type Report = {
  readonly afterMs: number;
  readonly form: Readonly<Record<string, string>>;
};

/** Before the sender knows that its SMS was taken, and afterwards. */
export type Reports = { readonly early: readonly Report[]; readonly late: readonly Report[] };

type Final = { readonly status: string; readonly failureReason?: string };

const failures: readonly Final[] = [
  { status: 'Failed', failureReason: 'UserInBlacklist' },
  { status: 'Failed', failureReason: 'DeliveryFailure' },
  { status: 'AbsentSubscriber' },
  { status: 'Expired' },
];

/**
 * What the network reports of an SMS: of one in five that was taken nothing, of the others what
 * became of it, with or without what it said on the way, before or after it, once or twice.
 */
export function reportsFor(random: Random, posting: Posting): Reports {
  if (posting.id === null || random.chance(0.2)) return { early: [], late: [] };
  const arrives = random.chance(0.9);
  posting.reported = arrives ? 'delivered' : 'failed';
  const final: Final = arrives ? { status: 'Success' } : random.pick(failures);
  const way = { status: random.pick(['Sent', 'Submitted', 'Buffered']) };
  const order: readonly Final[] = random.pick([
    [final],
    [way, final],
    [final, way],
    [final, final],
    [way, way, final, final],
  ]);
  const reports = order.map(({ status, failureReason }) => ({
    afterMs: random.pick([0, random.below(50), random.below(1_500)]),
    form: formOf(posting, status, failureReason),
  }));
  const early = random.chance(0.2) ? random.below(reports.length + 1) : 0;
  return { early: reports.slice(0, early), late: reports.slice(early) };
}

/** What a network that works reports. */
export function delivered(posting: Posting): Reports {
  posting.reported = 'delivered';
  return { early: [], late: [{ afterMs: 0, form: formOf(posting, 'Success') }] };
}

function formOf({ id, to }: Posting, status: string, failureReason?: string) {
  const about = { id: id ?? '', phoneNumber: to, networkCode: '63902' };
  return { status, ...about, ...(failureReason !== undefined && { failureReason }) };
}
