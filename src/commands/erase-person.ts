import { inTransaction } from '../database/transaction.js';
import { erasePerson as erased } from '../profile/erasure.js';
import { type Command, onlyPhone, Refusal, readArguments, UsageError } from './command.js';

/** Closes a number's account and removes all that is kept about the number. */
export const erasePerson: Command = {
  usage: 'npm run erase-person -- PHONE --yes, which cannot be undone',
  async run({ args, withTools, now, print }) {
    const { words, flags } = readArguments(args, ['yes']);
    const phone = onlyPhone(words);
    if (!flags.has('yes')) throw new UsageError();
    const wasThere = await withTools(({ db, seal }) =>
      inTransaction(db, (trx) => erased(trx, seal, { phone, via: 'command', at: now() })),
    );
    if (!wasThere) throw new Refusal('Nothing is kept about this number.');
    print('Erased. That it happened is recorded, without the number.');
  },
};
