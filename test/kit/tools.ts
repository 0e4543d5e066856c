import type { Knex } from 'knex';
import type { WithTools } from '../../src/commands/environment.js';
import type { Seal } from '../../src/seal.js';

/** What commands work on: a database that is open already, shown as the services of tests show it. */
export function toolsOn(db: () => Knex, seal: Seal, web = 'http://127.0.0.1:3000'): WithTools {
  const facts = { ussdCode: '*384*27#', smsShortCode: '22263', web };
  return (work) => work({ db: db(), seal, showing: { facts, screenSeptets: 160 } });
}
