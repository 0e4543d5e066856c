import { constants, setPriority } from 'node:os';
import argon2 from 'argon2';

// What hashes passwords for the service, started by hashing.ts. JavaScript, for it runs as it stands
// in the tests as well, which compile what they import and nothing else.

setPriority(constants.priority.PRIORITY_LOW);

process.on('message', async ({ id, password, parameters }) => {
  try {
    process.send({ id, hash: await argon2.hash(password, parameters) });
  } catch (error) {
    process.send({ id, failure: error.message });
  }
});

// A signal to the whole group is for the service, which still wants its hashes: it lets go in the end.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => {});
process.on('disconnect', () => process.exit());
