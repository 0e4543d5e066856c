import { userInfo } from 'node:os';
import { type Command, exitCodeOf, Refusal } from './command.js';
import { conflicts } from './conflicts.js';
import { deliveries } from './deliveries.js';
import { toolsOf } from './environment.js';
import { erasePerson } from './erase-person.js';
import { exportPerson } from './export-person.js';
import { funnel } from './funnel.js';
import { moves } from './moves.js';
import { reference } from './reference.js';
import { rotateKey } from './rotate-key.js';
import { setAside } from './set-aside.js';
import { transcript } from './transcript.js';
import { words } from './words.js';

/** The operator's commands, by the names of their scripts in package.json. */
const commands: Readonly<Record<string, Command>> = {
  conflicts,
  deliveries,
  'erase-person': erasePerson,
  'export-person': exportPerson,
  funnel,
  moves,
  reference,
  'rotate-key': rotateKey,
  'set-aside': setAside,
  transcript,
  words,
};

const [name = '', ...args] = process.argv.slice(2);
const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
process.exitCode = await exitCodeOf(
  command ?? { usage: '', run: refuse },
  {
    args,
    withTools: toolsOf(process.env),
    now: () => new Date(),
    operator: operatorName(),
    print: (line) => process.stdout.write(`${line}\n`),
  },
  (line) => process.stderr.write(`${line}\n`),
);

function refuse(): Promise<void> {
  const names = Object.keys(commands).join(', ');
  return Promise.reject(new Refusal(`There is no command "${name}". There are: ${names}.`));
}

/** A container may run as a user that has no name. */
function operatorName(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.() ?? 'operator');
  }
}
