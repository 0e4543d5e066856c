import { type Config, readConfig, secretsOf, withKeys } from './config.js';
import { beginConnecting } from './database/connect.js';
import { createLog } from './log.js';

export type Service = {
  readonly url: string;
  stop(): Promise<void>;
};

/**
 * Starts the whole service from an environment, and says on standard output what to open and dial
 * where the carrier is the simulated one. What
 * whoever started it can mend is told by {@link explained}. Where the embedded database is lost later (it cannot
 * write its log, for one) the process says so and ends with 1: whoever looks after it starts it again, and
 * it recovers.
 */
export async function startService(
  env: NodeJS.ProcessEnv,
  { quiet = false }: { quiet?: boolean } = {},
): Promise<Service> {
  const config = await withKeys(readConfig(env));
  const say = (text: string) => {
    if (!quiet) process.stdout.write(`${text}\n`);
  };
  const { opened } = await beginConnecting(config.database, () =>
    say(`Creating the embedded database in ${config.dataDir}: some seconds, this once.`),
  );
  // All the rest of the service takes as long to load as the database to open.
  const { createGateway } = await import('./gateway.js');
  const gateway = await createGateway(config, opened, {
    log: createLog({ level: quiet ? 'silent' : config.logLevel, secrets: secretsOf(config) }),
    now: () => new Date(),
  });
  void gateway.database.lost.then(({ message }) => {
    process.stderr.write(`The embedded database in ${config.dataDir} has failed: ${message}\n`);
    process.exit(1);
  });
  if (config.carrier.kind === 'simulated') say(welcome(config, gateway.url));
  return gateway;
}

function welcome(config: Config, url: string): string {
  return [
    '',
    'CP2 Gateway is ready, with a simulated carrier.',
    `  Phone in the browser   ${url}/simulator`,
    `  Phone in the terminal  npm run phone${url.endsWith(':3000') ? '' : ` -- --url ${url}`}`,
    `  Web login              ${config.publicUrl ?? url}/login`,
    `  Dial ${config.ussdCode}, or text REGISTER to ${config.smsShortCode}.`,
    '',
  ].join('\n');
}
