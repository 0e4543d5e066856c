import {
  approveMove,
  type Hindrance,
  listMoves,
  type Move,
  refuseMove,
} from '../accounts/decisions.js';
import { inTransaction } from '../database/transaction.js';
import { kenyanDate, kenyanTime } from '../dialogue/kenyan-time.js';
import { maskPhone } from '../phone-number.js';
import { detailNames } from '../profile/details.js';
import { type Command, Refusal, type Run, readArguments, UsageError } from './command.js';

/** Lists who asks for the account of an old number, or decides what becomes of it. */
export const moves: Command = {
  usage:
    'npm run moves, or npm run moves -- all | approve ID [--without-id] | refuse ID, where --without-id is for somebody who has proven it to you otherwise',
  async run(run) {
    const { words, flags } = readArguments(run.args, ['without-id']);
    const [verb, id, ...rest] = words;
    const withoutId = flags.has('without-id');
    if (withoutId && verb !== 'approve') throw new UsageError();
    if (id === undefined && (verb === undefined || verb === 'all')) {
      return list(run, verb === 'all');
    }
    if (!/^\d{1,15}$/.test(id ?? '') || rest.length > 0) throw new UsageError();
    if (verb === 'approve') return approve(run, Number(id), withoutId);
    if (verb === 'refuse') return refuse(run, Number(id));
    throw new UsageError();
  },
};

async function list({ withTools, print }: Run, all: boolean): Promise<void> {
  const found = await withTools(({ db, seal }) => listMoves(db, seal, { all }));
  if (found.length === 0) print('No requests.');
  for (const move of found) print(lineOf(move));
}

async function approve(run: Run, id: number, withoutId: boolean): Promise<void> {
  const decision = { id, operator: run.operator, at: run.now(), withoutId };
  const hindrance = await run.withTools(({ db, seal }) =>
    inTransaction(db, (trx) => approveMove(trx, seal, decision)),
  );
  if (hindrance) throw new Refusal(because[hindrance](id));
  run.print(
    `Request ${id} is approved: the account is the new number's. Both numbers are told, but for one that has texted STOP.`,
  );
}

async function refuse(run: Run, id: number): Promise<void> {
  const decision = { id, operator: run.operator, at: run.now() };
  const hindrance = await run.withTools(({ db, seal }) =>
    inTransaction(db, (trx) => refuseMove(trx, seal, decision)),
  );
  if (hindrance) throw new Refusal(because[hindrance](id));
  run.print(
    `Request ${id} is refused. The number that has asked is told, unless it has texted STOP.`,
  );
}

const because: Readonly<Record<Hindrance, (id: number) => string>> = {
  notOpen: (id) => `There is no open request ${id}.`,
  noAccount: () => 'The old number has no account, so there is nothing to move: refuse it.',
  idDiffers: () =>
    'The national ID that was given is not the one on record. Refuse it, or add --without-id where the person has proven it to you otherwise.',
  changedHands: () => 'The account is not at the old number any more: refuse it.',
  hasOwn: () =>
    'The new number has an account of its own with details in it. Its person can erase it on the web, or erase-person does; then approve this.',
};

/** Who, from where, whether it fits, where the account is, how full it is, when; what was decided. */
function lineOf(move: Move): string {
  const { id, phone, oldPhone, requestedAt, account, state, decided } = move;
  return [
    id,
    `to ${maskPhone(phone)}`,
    `from ${maskPhone(oldPhone)}`,
    fits(move),
    place(move),
    account ? `${account.details} of ${detailNames.length}` : '-',
    kenyanTime(requestedAt.toISOString()),
    ...(decided ? [`${state} ${kenyanTime(decided.at.toISOString())}`, decided.by ?? '-'] : []),
  ].join('\t');
}

function fits({ account, idFits }: Move): string {
  if (!account) return 'no account';
  if (idFits) return 'ID fits';
  return account.hasId ? 'ID differs' : 'no ID on record';
}

function place({ account, oldPhone }: Move): string {
  if (!account) return '-';
  if (account.phone === null) return 'set aside';
  if (account.phone !== oldPhone) return `now at ${maskPhone(account.phone)}`;
  return `last heard ${kenyanDate(account.heardAt.toISOString())}`;
}
