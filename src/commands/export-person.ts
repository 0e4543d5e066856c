import { exportPerson as exported } from '../profile/export.js';
import { type Command, onlyPhone, Refusal, readArguments } from './command.js';

/** Prints all that is kept about a number, in full, as JSON. */
export const exportPerson: Command = {
  usage: 'npm run --silent export-person -- PHONE > FILE',
  async run({ args, withTools, print }) {
    const phone = onlyPhone(readArguments(args).words);
    const person = await withTools(({ db, seal }) => exported(db, seal, phone));
    if (person.contact === null) throw new Refusal('Nothing is kept about this number.');
    print(JSON.stringify(person, null, 2));
  },
};
