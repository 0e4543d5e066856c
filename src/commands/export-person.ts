import { exportPerson as exported } from '../profile/export.js';
import { recordReading } from '../replay/readings.js';
import { type Command, onlyPhone, Refusal, readArguments } from './command.js';

/** Prints all that is kept about a number, in full, as JSON. That somebody has is recorded first. */
export const exportPerson: Command = {
  usage: 'npm run --silent export-person -- PHONE > FILE',
  async run({ args, withTools, now, operator, print }) {
    const phone = onlyPhone(readArguments(args).words);
    const person = await withTools(async ({ db, seal }) => {
      const found = await exported(db, seal, phone);
      if (found.contact === null) throw new Refusal('Nothing is kept about this number.');
      const reading = { phone, what: 'export', sessions: [], by: operator, at: now() } as const;
      await recordReading(db, seal, reading);
      return found;
    });
    print(JSON.stringify(person, null, 2));
  },
};
