import { clearLine, createInterface, cursorTo } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type Phone, readPhone } from '../../phone-number.js';
import { type Connection, connect, Refused } from './connection.js';
import { createTerminalPhone, type TerminalPhone } from './phone.js';
import { saveSession } from './save.js';

const SMS_PATIENCE = 10_000;
const RECONNECT_AFTER = 1000;

const USAGE = 'Usage: npm run phone -- [--url http://127.0.0.1:3000] [--phone 0712345678]';

/** A feature phone in the terminal, on the gateway that runs, or on one of its own. */
async function main(): Promise<void> {
  const { url, number } = readArguments();
  const { connection, stop } = await reach(url);
  try {
    await hold(connection, number);
  } finally {
    await stop();
  }
}

function readArguments(): { url: URL; number: Phone } {
  const { values } = parseArgs({
    options: {
      url: { type: 'string', default: `http://127.0.0.1:${process.env['PORT'] || 3000}` },
      phone: { type: 'string', default: '0712345678' },
    },
  });
  const number = readPhone(values.phone);
  if (!number) throw new Refused(`--phone takes a Kenyan mobile number. ${USAGE}`);
  if (!URL.canParse(values.url)) throw new Refused(`--url takes a web address. ${USAGE}`);
  return { url: new URL(values.url), number };
}

/** Connects to the gateway at this address; where nothing listens on this machine, starts one. */
async function reach(url: URL): Promise<{ connection: Connection; stop: () => Promise<void> }> {
  const running = await connect(url.href);
  if (running) return { connection: running, stop: async () => {} };
  if (!['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname)) {
    throw new Refused(`Nothing listens at ${url.origin}.`);
  }
  print('Nothing listens yet: starting the service.');
  const { startService } = await import('../../service.js');
  const port = url.port || '80';
  const service = await startService({ ...process.env, PORT: port }, { quiet: true });
  const connection = await connect(service.url);
  if (!connection) throw new Refused('The service was started but does not answer.');
  return { connection, stop: () => service.stop() };
}

async function hold(connection: Connection, number: Phone): Promise<void> {
  const { ussdCode, smsShortCode, handsets } = await connection.network();
  const lines = openLines();
  const phone = createTerminalPhone({
    connection,
    phone: number,
    ussdCode,
    smsShortCode,
    alreadyShown: handsets.flatMap(({ messages }) => messages.map(({ id }) => id)),
    print: lines.print,
    save: (name, steps) => saveSession(process.cwd(), name, steps, ussdCode),
    patience: SMS_PATIENCE,
  });
  const leaving = new AbortController();
  const listening = keepListening(connection, phone, leaving.signal);
  lines.print(`Dial ${ussdCode}, or type help.`);
  try {
    for await (const line of lines.read) {
      if (!(await phone.obey(line))) break;
      lines.prompt();
    }
    await phone.leave();
  } finally {
    leaving.abort();
    await listening;
  }
}

/** Lines from a person, with a prompt that stays below what is printed, or from a pipe, without. */
function openLines() {
  const { stdin: input, stdout: output } = process;
  if (!input.isTTY || !output.isTTY) {
    return { read: createInterface({ input }), print, prompt: () => {} };
  }
  const read = createInterface({ input, output, prompt: '> ' });
  return {
    read,
    print(text: string): void {
      cursorTo(output, 0);
      clearLine(output, 1);
      print(text);
      read.prompt(true);
    },
    prompt: () => read.prompt(),
  };
}

async function keepListening(
  connection: Connection,
  phone: TerminalPhone,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    // Interrupted by the service or by ourselves: the loop's condition tells which.
    await connection.listen(phone.notice, signal).catch(() => {});
    await sleep(RECONNECT_AFTER, undefined, { signal }).catch(() => {});
  }
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
