import { rotateKeys } from '../rotation.js';
import { type Command, Refusal, readArguments, UsageError } from './command.js';

/** Seals everything anew with DATA_KEY, so that DATA_KEY_PREVIOUS is not needed any more. */
export const rotateKey: Command = {
  usage: 'npm run rotate-key, with DATA_KEY and DATA_KEY_PREVIOUS set',
  async run({ args, withTools, print }) {
    if (readArguments(args).words.length > 0) throw new UsageError();
    const done = await withTools(({ db, seal }) => rotateKeys(db, seal));
    print(
      `Sealed anew: ${done.details} details, ${done.changes} changes, ${done.messages + done.parts} SMS, ` +
        `${done.turns} turns, ${done.numbers} numbers. ` +
        `Digests made anew: ${done.digests}.`,
    );
    if (done.unopened > 0) {
      throw new Refusal(
        `${done.unopened} accounts or rows were sealed with a key that is not here: ` +
          'set it in DATA_KEY_PREVIOUS as well, and run this again.',
      );
    }
  },
};
