import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import argon2 from 'argon2';

// What hashes passwords for the service, started by hashing.ts. JavaScript, for it runs as it stands
// in the tests as well, which compile what they import and nothing else.

// Behind everything else where processors are short, and not without any: at the lowest priority one
// busy neighbour keeps people waiting for minutes.
const { PRIORITY_BELOW_NORMAL } = constants.priority;
setPriority(PRIORITY_BELOW_NORMAL);
// Where Linux shares processors out by session, a priority counts among the processes of one session
// alone. This one leads its own, which has to be as low, or it would be the database's equal.
try {
  writeFileSync('/proc/self/autogroup', String(PRIORITY_BELOW_NORMAL));
} catch {
  // There is no such thing here.
}
// A low priority waits for its turn, and keeps it for a millisecond or more when others wake up, several
// times in each of their turns. Who runs when idle makes way at once. Node has no call for that; where
// the program is missing, the priority has to do.
if (process.argv[2] === 'idle') {
  spawnSync('chrt', ['--all-tasks', '--idle', '--pid', '0', String(process.pid)]);
}

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
