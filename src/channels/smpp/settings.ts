import { z } from 'zod';
import { readSource } from './addresses.js';
import { readPlace } from './connect.js';
import type { SmppAccount } from './index.js';
import { type IdForms, idForms } from './message-ids.js';

/** The settings of an account at a message centre, as the environment has them. */
export const smppVariables = {
  SMPP_URL: read('smpp://host:port, or smpps://host:port with TLS, and nothing else', readPlace),
  SMPP_SYSTEM_ID: read('1 to 15 characters without spaces', (value) =>
    /^[\x21-\x7e]{1,15}$/.test(value) ? value : null,
  ),
  SMPP_PASSWORD: read('1 to 8 characters without spaces: SMPP takes no longer one', (value) =>
    /^[\x21-\x7e]{1,8}$/.test(value) ? value : null,
  ),
  SMPP_SOURCE: read(
    'a short code, a number with its country code or a name of at most 11 characters, ' +
      'with the type of number and the numbering plan after it where they are unusual: 22263/0/1',
    readSource,
  ),
  SMPP_BINDS: z
    .enum(['transceiver', 'pair'], { error: 'transceiver or pair' })
    .default('transceiver'),
  SMPP_MESSAGE_IDS: z
    .enum(idForms, { error: `one of ${idForms.join(', ')}` })
    .default('same' satisfies IdForms),
};

/** The account that the settings name, or null without one. */
export function smppAccount(env: z.output<z.ZodObject<typeof smppVariables>>): SmppAccount | null {
  const { SMPP_URL: place, SMPP_SYSTEM_ID: systemId, SMPP_PASSWORD: password } = env;
  if (!place || !systemId || !password) return null;
  return {
    place,
    systemId,
    password,
    source: env.SMPP_SOURCE ?? null,
    binds: env.SMPP_BINDS,
    messageIds: env.SMPP_MESSAGE_IDS,
  };
}

/** What of the account is missing, by name, where some of it is set. */
export function missingOfSmpp(set: Readonly<Record<string, string>>): string[] {
  const names = ['SMPP_URL', 'SMPP_SYSTEM_ID', 'SMPP_PASSWORD'];
  const some = Object.keys(smppVariables).find((name) => set[name]);
  if (!some) return [];
  return names.flatMap((name) => (set[name] ? [] : `${name}: required where ${some} is set`));
}

function read<T>(expected: string, reader: (value: string) => T | null) {
  return z
    .string()
    .transform((value, check) => {
      const result = reader(value);
      if (result !== null) return result;
      check.addIssue(expected);
      return z.NEVER;
    })
    .optional();
}
