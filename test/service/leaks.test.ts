import type { Knex } from 'knex';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { backs } from '../kit/database.js';
import { WEBHOOK_SECRET } from '../kit/handset.js';
import { passwordIn } from '../kit/passwords.js';
import { eventually, outboxEmptied } from '../kit/rows.js';
import { API_KEY, DATA_KEY, openService, type Service } from '../kit/service.js';
import { visitor } from '../web/http-visitor.js';

const OWN_PASSWORD = 'mvua kubwa ya masika 2041';

const secrets = { API_KEY, WEBHOOK_SECRET, DATA_KEY };

for (const { kind, name, available } of backs) {
  describe.skipIf(!available)(`after a full run, on ${name}`, () => {
    let service: Service;
    /** Those that were sent and the one that was chosen; and the secrets of web sessions. */
    const passwords: string[] = [];
    const tokens: string[] = [];
    const numbers: string[] = [];
    /** Everything in the database, once while a password waits to be sent and once after all. */
    const stored: Record<string, string> = {};

    beforeAll(async () => {
      service = await openService({ kind });
      const run = fullRun(service, passwords, tokens, numbers);
      stored['while SMS wait'] = await run.untilPasswordWaits();
      await run.theRest();
      stored['after all'] = await everythingIn(service.db);
    });
    afterAll(() => service?.stop());

    test('the run was what it was to be', () => {
      expect(passwords).toHaveLength(6);
      expect(new Set(passwords).size).toBe(6);
      expect(new Set(tokens).size).toBe(2);
      const log = service.log();
      for (const said of ['a webhook failed', 'SMS given up', 'was not readable', 'to be tried']) {
        expect(log).toContain(said);
      }
      for (const [when, text] of Object.entries(stored)) {
        for (const known of [numbers[0]?.slice(1), '$argon2id$', 'sessions.phone']) {
          expect(text, when).toContain(known);
        }
      }
      expect(stored['while SMS wait']).toContain('sending');
    });

    test('the database holds no password', () => {
      for (const [when, text] of Object.entries(stored)) {
        for (const form of [...passwords.flatMap(waysToWrite), ...tokens]) {
          expect(linesWith(text, form), `${when}: ${form}`).toEqual([]);
        }
      }
    });

    test('the database holds no secret of the service', () => {
      for (const [secret, value] of Object.entries(secrets)) {
        for (const form of [value, Buffer.from(value, 'base64').toString('latin1')]) {
          expect(linesWith(stored['after all'] ?? '', form), secret).toEqual([]);
        }
      }
    });

    test('the log holds no password', () => {
      for (const form of [...passwords.flatMap(waysToWrite), ...tokens]) {
        expect(linesWith(service.log(), form), form).toEqual([]);
      }
    });

    test('the log and the metrics hold no full number', async () => {
      const metrics = await (await fetch(`${service.url}/metrics`)).text();
      expect(metrics).toContain('cp2_turns_total');
      for (const number of numbers) {
        // What +254…, 254…, 07… and %2B254… have in common; and as people write it, in threes.
        const national = number.slice(4);
        const spaced = national.replace(/(...)(...)(...)/, '$1 $2 $3');
        for (const form of [national, spaced, spaced.replaceAll(' ', '-')]) {
          expect(linesWith(service.log(), form), form).toEqual([]);
          expect(linesWith(metrics, form), form).toEqual([]);
        }
      }
    });

    test('the log holds no secret of the service', () => {
      for (const [secret, value] of Object.entries(secrets)) {
        for (const form of [value, encodeURIComponent(value), value.replace(/=+$/, '')]) {
          expect(linesWith(service.log(), form), secret).toEqual([]);
        }
      }
    });

    test('the log holds nothing that people typed or were shown', () => {
      for (const typed of ['Wanjiku', 'Muthoni', '39876543', 'Member since', 'I agree']) {
        expect(linesWith(service.log(), typed), typed).toEqual([]);
      }
    });
  });
}

/** Registers, resets, gives a name, makes mistakes; and then everything fails that can. */
function fullRun(service: Service, passwords: string[], tokens: string[], numbers: string[]) {
  const caller = () => {
    const phone = service.phone();
    numbers.push(phone.number);
    return phone;
  };
  const jane = caller();
  const gotPassword = async (phone: { nextSms(): Promise<string> }) => {
    const password = passwordIn(await phone.nextSms());
    passwords.push(password);
    return password;
  };

  return {
    async untilPasswordWaits(): Promise<string> {
      const release = service.carrier.hold();
      await jane.dial();
      await jane.reply('1');
      await jane.reply('1');
      await eventually(async () => {
        expect(await service.db('messages').pluck('state')).toEqual(['sending']);
      });
      const everything = await everythingIn(service.db);
      release();
      await gotPassword(jane);
      return everything;
    },

    async theRest(): Promise<void> {
      await jane.dial();
      await jane.reply('2');
      await jane.reply('1');
      const password = await gotPassword(jane);

      await jane.text('PROFILE NAME Jane Wanjiku Muthoni');
      await jane.nextSms();
      await jane.text(`my password is ${password}`);
      await jane.nextSms();
      await jane.dial(`1*1*${password}`);
      await jane.reply(password);
      await jane.reply('39876543');
      await jane.hangUp();

      const otieno = caller();
      await otieno.text('JISAJILI');
      await gotPassword(otieno);
      await service.post('opt-outs', { senderId: 'KNEC', phoneNumber: otieno.number });

      await aRefusedSms(service, otieno.number, () => otieno.text('NENOSIRI'));
      await aRefusedSms(service, jane.number, () => jane.text('RESET'), 501);
      await gotPassword(jane);

      await unreadableRequests(service, jane.number);
      await failures(service, jane, otieno);
      const wanjiru = caller();
      const web = visitor(service.url);
      const register = { phone: wanjiru.number, phoneAgain: wanjiru.number };
      expect((await web.post('/register', register)).status).toBe(200);
      const issued = await gotPassword(wanjiru);
      passwords.push(OWN_PASSWORD);
      for (const phone of [wanjiru.number, '+254799999999']) {
        const wrong = { phone, password: OWN_PASSWORD };
        expect((await web.post(`/login?phone=${phone}`, wrong)).status).toBe(422);
      }
      const noteToken = () => tokens.push(web.cookies.get('session') ?? '');
      await web.post('/login', { phone: wanjiru.number, password: issued });
      noteToken();
      await web.post('/password', { newPassword: OWN_PASSWORD, newPasswordAgain: OWN_PASSWORD });
      noteToken();
      await outboxEmptied(service.db);
    },
  };
}

/** With 501 the carrier is to be asked again, which it is when the retry is due. */
async function aRefusedSms(
  service: Service,
  number: string,
  cause: () => Promise<void>,
  statusCode = 406,
): Promise<void> {
  service.carrier.refuse(number, { statusCode, status: `Refused ${number}` });
  await cause();
  await eventually(async () => {
    const failed = service.db('messages').whereNotNull('failure').orderBy('changed_at', 'desc');
    expect(await failed.pluck('failure')).toContain(statusCode === 501 ? 'carrierDown' : 'blocked');
  });
  service.carrier.refuse(number, null);
  await service.db('messages').where({ state: 'queued' }).update({ due_at: new Date() });
}

async function unreadableRequests(service: Service, number: string): Promise<void> {
  const forms: [string, Record<string, string>][] = [
    ['ussd', { phoneNumber: number, text: '1*39876543' }],
    [
      'ussd',
      { phoneNumber: '+255712345678', sessionId: 's', serviceCode: '*1#', text: '39876543' },
    ],
    ['sms', { from: number, text: 'Wanjiku' }],
    ['delivery-reports', { phoneNumber: number, id: `ATXid_${number}` }],
  ];
  for (const [webhook, form] of forms) await service.post(webhook, form);
}

/** What a database says about a row that it refuses has the whole row in it. */
async function failures(
  { db }: Service,
  jane: ReturnType<Service['phone']>,
  otieno: ReturnType<Service['phone']>,
): Promise<void> {
  for (const table of ['turns', 'messages', 'sessions', 'profile_details']) {
    await db.raw('alter table ?? add constraint broken check (false) not valid', [table]);
    await jane.dial();
    await jane.reply('1').catch(() => {});
    await jane.reply('1').catch(() => {});
    await jane.reply('Wanjiku Muthoni').catch(() => {});
    await otieno.text('PROFILE NAME Wanjiku').catch(() => {});
    await db.raw('alter table ?? drop constraint broken', [table]);
  }
  await db.raw('alter table turns rename to turns_away');
  await jane.dial();
  await db.raw('alter table turns_away rename to turns');
}

/** Every column of every table, a value a line; what is in bytes as text, as far as it is text. */
async function everythingIn(db: Knex): Promise<string> {
  const columns: { table: string; column: string; type: string }[] = await db(
    'information_schema.columns as c',
  )
    .join('information_schema.tables as t', (same) =>
      same.on('t.table_schema', 'c.table_schema').on('t.table_name', 'c.table_name'),
    )
    .where({ 'c.table_schema': 'public', table_type: 'BASE TABLE' })
    .select('c.table_name as table', 'c.column_name as column', 'c.data_type as type');
  const lines: string[] = [];
  for (const { table, column, type } of columns) {
    const text = type === 'bytea' ? `encode(??, 'escape')` : '??::text';
    const { rows } = await db.raw<{ rows: { value: string | null }[] }>(
      `select ${text} as value from ??`,
      [column, table],
    );
    for (const { value } of rows) lines.push(`${table}.${column}: ${value}`);
  }
  return lines.join('\n');
}

/** With its space or without, and in the encodings in which it might hide. */
function waysToWrite(password: string): string[] {
  return [password, password.replace(' ', ''), password.replace(' ', '-')].flatMap((form) => [
    form,
    encodeURIComponent(form),
    Buffer.from(form).toString('hex'),
    Buffer.from(form).toString('base64').replace(/=+$/, ''),
  ]);
}

/** For a failure to show what is wrong and nothing else. */
function linesWith(text: string, form: string): string[] {
  return text.split('\n').filter((line) => line.includes(form));
}
