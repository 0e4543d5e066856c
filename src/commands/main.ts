import { type Command, exitCodeOf } from './command.js';
import { conflicts } from './conflicts.js';
import { toolsOf } from './environment.js';
import { erasePerson } from './erase-person.js';
import { exportPerson } from './export-person.js';
import { reference } from './reference.js';
import { rotateKey } from './rotate-key.js';

/** The operator's commands, by the names of their scripts in package.json. */
const commands: Readonly<Record<string, Command>> = {
  conflicts,
  'erase-person': erasePerson,
  'export-person': exportPerson,
  reference,
  'rotate-key': rotateKey,
};

const [name = '', ...args] = process.argv.slice(2);
const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
if (!command) throw new Error(`There is no command ${name}.`);
process.exitCode = await exitCodeOf(
  command,
  {
    args,
    withTools: toolsOf(process.env),
    now: () => new Date(),
    print: (line) => process.stdout.write(`${line}\n`),
  },
  (line) => process.stderr.write(`${line}\n`),
);
