import { kenyanTime } from '../dialogue/kenyan-time.js';
import { maskPhone } from '../phone-number.js';
import { type Conflict, openConflicts, type Party, resolveConflict } from '../profile/conflicts.js';
import { detailOf, isDetailName } from '../profile/details.js';
import { type Command, Refusal, type Run, readArguments, UsageError } from './command.js';

/** Lists where two people have the same ID, TSC number or bank account, or marks one as dealt with. */
export const conflicts: Command = {
  usage: 'npm run conflicts, or npm run conflicts -- resolve ID',
  async run(run) {
    const [verb, id, ...rest] = readArguments(run.args).words;
    if (verb === undefined) return list(run);
    if (verb !== 'resolve' || !/^\d{1,15}$/.test(id ?? '') || rest.length > 0) {
      throw new UsageError();
    }
    return resolve(run, Number(id));
  },
};

async function list({ withTools, print }: Run): Promise<void> {
  const found = await withTools(({ db }) => openConflicts(db));
  if (found.length === 0) print('No conflicts.');
  for (const conflict of found) print(lineOf(conflict));
}

async function resolve({ withTools, now, print }: Run, id: number): Promise<void> {
  const resolved = await withTools(({ db }) => resolveConflict(db, { id, at: now() }));
  if (!resolved) throw new Refusal(`There is no unresolved conflict ${id}.`);
  print(`Conflict ${id} is resolved.`);
}

/** An account that was set aside is known by its id, to `npm run set-aside` as well. */
function nameOf({ accountId, phone }: Party): string {
  return phone === null ? `set aside ${accountId}` : maskPhone(phone);
}

function lineOf({ id, detail, accounts, noticedAt }: Conflict): string {
  const label = isDetailName(detail) ? detailOf(detail).label.en : detail;
  return [id, label, ...accounts.map(nameOf), kenyanTime(noticedAt.toISOString())].join('\t');
}
