import { listSetAside, type SetAside } from '../accounts/set-aside.js';
import { inTransaction } from '../database/transaction.js';
import { kenyanDate } from '../dialogue/kenyan-time.js';
import { maskPhone, readPhone } from '../phone-number.js';
import { detailNames } from '../profile/details.js';
import { eraseSetAside } from '../profile/erasure.js';
import { exportSetAside } from '../profile/export.js';
import { type Command, Refusal, type Run, readArguments, UsageError } from './command.js';

const ACCOUNT = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The accounts whose numbers went to somebody else: lists them, copies one out, erases one. */
export const setAside: Command = {
  usage:
    'npm run set-aside [-- PHONE], or npm run --silent set-aside -- export ACCOUNT, or npm run set-aside -- erase ACCOUNT --yes, which cannot be undone',
  async run(run) {
    const { words, flags } = readArguments(run.args, ['yes']);
    const [verb, account, ...rest] = words;
    if (account === undefined && !flags.has('yes')) return list(run, verb);
    if (!ACCOUNT.test(account ?? '') || rest.length > 0) throw new UsageError();
    if (verb === 'export' && !flags.has('yes')) return copy(run, account as string);
    if (verb === 'erase' && flags.has('yes')) return erase(run, account as string);
    throw new UsageError();
  },
};

async function list({ withTools, print }: Run, written: string | undefined): Promise<void> {
  const phone = written === undefined ? null : readPhone(written);
  if (written !== undefined && phone === null) throw new UsageError();
  const found = await withTools(({ db, seal }) => listSetAside(db, seal, phone));
  if (found.length === 0) print('None.');
  for (const account of found) print(lineOf(account));
}

async function copy({ withTools, print }: Run, account: string): Promise<void> {
  const person = await withTools(({ db, seal }) => exportSetAside(db, seal, account));
  if (person === null) throw new Refusal(NO_SUCH);
  print(JSON.stringify(person, null, 2));
}

async function erase({ withTools, now, print }: Run, accountId: string): Promise<void> {
  const wasThere = await withTools(({ db }) =>
    inTransaction(db, (trx) => eraseSetAside(trx, { accountId, at: now() })),
  );
  if (!wasThere) throw new Refusal(NO_SUCH);
  print('Erased. That it happened is recorded, without the number.');
}

const NO_SUCH = 'No account with this id was set aside.';

function lineOf({ id, formerPhone, setAsideAt, heardAt, details }: SetAside): string {
  return [
    id,
    maskPhone(formerPhone),
    `${details} of ${detailNames.length}`,
    `last heard ${kenyanDate(heardAt.toISOString())}`,
    `set aside ${kenyanDate(setAsideAt.toISOString())}`,
  ].join('\t');
}
