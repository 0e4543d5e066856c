import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exitCodeOf } from '../../src/commands/command.js';
import { funnel } from '../../src/commands/funnel.js';
import { createSeal } from '../../src/seal.js';
import { type Clock, createClock } from '../kit/clock.js';
import { openService, type Service } from '../kit/service.js';
import { toolsOn } from '../kit/tools.js';

describe('npm run funnel', () => {
  let service: Service;
  let clock: Clock;

  async function run(...args: string[]) {
    const [printed, complaints]: [string[], string[]] = [[], []];
    const code = await exitCodeOf(
      funnel,
      {
        ...{ args, now: clock.now, operator: 'otieno', print: (line) => printed.push(line) },
        withTools: toolsOn(() => service.db, createSeal(Buffer.alloc(32, 7))),
      },
      (line) => complaints.push(line),
    );
    return { code, printed, complaint: complaints.join('\n') };
  }

  beforeAll(async () => {
    clock = createClock('2026-11-24T06:00:00Z');
    service = await openService({ now: clock.now });
    const [jane, quitter] = [service.phone(), service.phone()];
    await jane.dial();
    clock.pass({ seconds: 8 });
    await jane.reply('1');
    clock.pass({ seconds: 11 });
    await jane.reply('1');
    await quitter.dial();
    await quitter.reply('1');
    clock.pass({ minutes: 11 });
  });
  afterAll(() => service?.stop());

  test('counts what is over and prints it', async () => {
    const { code, printed } = await run('--flow', 'registration');
    expect(code).toBe(0);
    expect(printed).toEqual([
      'Calls from 18/11/2026 to 24/11/2026, counted until 24/11/2026 09:01',
      '2 calls: 50% did what they came for, 50% gave up, 0% were cut off',
      'A finished task costs -',
      'English 100%',
      '',
      'Register: 2 calls, 50% finished, - each, 50% gave up',
      '              reached        gave up       cut off  stopped  slips  median   90%',
      '  consent           2  100%        1  50%        0        0     0%    11 s  12 s',
      '  registered        1   50%        0   0%        0        0      -       -     -',
    ]);
  });

  test('of another channel there is nothing', async () => {
    const { printed } = await run('--channel', 'sms', '--days', '1');
    expect(printed).toEqual([
      expect.stringMatching(/^Calls from 24\/11\/2026 to 24\/11\/2026 \(SMS\), counted until /),
      'No calls.',
    ]);
  });

  test.each([['--days', 'x'], ['--channel', 'fax'], ['--language', 'fr'], ['--days'], ['now']])(
    'a wrong call gets one line: %s %s',
    async (...args) => {
      const { code, complaint } = await run(...args);
      expect([code, complaint]).toEqual([2, expect.stringMatching(/^Usage: npm run funnel/)]);
    },
  );

  test('a flow that is not there is named, with those that are', async () => {
    const { code, complaint } = await run('--flow', 'pension');
    expect(code).toBe(1);
    expect(complaint).toMatch(/^There is no flow pension\. There are .*registration/);
  });
});
