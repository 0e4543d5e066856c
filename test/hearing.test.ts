import { describe, expect, test } from 'vitest';
import type { LastAnswer } from '../src/channels/channel.js';
import { digestsOf, type Heard, hear, historyIn } from '../src/hearing.js';
import { createSeal } from '../src/seal.js';

const seal = createSeal(Buffer.alloc(32, 'k3y'));
const call = { carrier: 'test', session: 'one' };
const start = new Date('2026-05-03T06:00:00Z');
const later = (ms: number) => new Date(start.getTime() + ms);

/** What storage keeps of a call whose last request said this. */
function after(heard: Heard, turns: number, said: { history: string } | LastAnswer) {
  const heardLength = historyIn(said)?.length ?? 0;
  return { turns, heard: null, heardLength, heardDigest: heard.digest, turnedAt: start };
}

describe('what a history adds to what was heard', () => {
  test.each<[string, string, string | null]>([
    ['', '1', '1'],
    ['', '*', '*'],
    ['', '1*2', '1*2'],
    ['1', '1*2', '2'],
    ['1', '1*', ''],
    ['1', '1**', '*'],
    ['1', '1*a*b', 'a*b'],
    ['1*2', '1*2*3', '3'],
    ['1', '1', null],
    ['1', '12', null],
    ['1', '2*1', null],
    ['1*2', '1', null],
    ['1*2', '', null],
    ['1*2', '1*3*2', null],
  ])('after %j, %j says %j', (before, history, answer) => {
    const said = { history: before };
    const known = after(hear(seal, { ...call, said }, null, start), 1, said);
    const expected = answer === null ? { kind: 'outOfStep' } : { kind: 'answer', answer };
    const next = { ...call, said: { history } };
    expect(hear(seal, next, known, start)).toMatchObject(expected);
    expect(hear(seal, next, { ...known, heard: before }, start)).toMatchObject(expected);
  });

  test('the first request is a dial, with what was dialled behind the code', () => {
    const dial = (history: string) => hear(seal, { ...call, said: { history } }, null, start);
    expect(dial('')).toMatchObject({ kind: 'dial', dialled: [] });
    expect(dial('1*2')).toMatchObject({ kind: 'dial', dialled: ['1', '2'] });
  });
});

test('a digest holds nothing of what was heard', () => {
  const { digest } = hear(seal, { ...call, said: { history: '1*12345678' } }, null, start);
  expect(digest.toString('latin1')).not.toContain('12345678');
  expect(digest).toHaveLength(32);
});

describe('where the wire tells the last answer alone', () => {
  const said = (answer: string, more: Partial<LastAnswer> = {}): LastAnswer => ({
    ...{ answer, begins: null, request: null },
    ...more,
  });
  const dialled = said('');
  const dial = hear(seal, { ...call, said: dialled }, null, start);
  const answered = hear(seal, { ...call, said: said('1') }, after(dial, 1, dialled), later(5_000));
  const known = { ...after(answered, 2, said('1')), turnedAt: later(5_000) };
  const heard = (next: LastAnswer, at: Date) => hear(seal, { ...call, said: next }, known, at);

  test('a request that is known by nothing depends on its place in the call', () => {
    expect(digestsOf(seal, { ...call, said: dialled })).toBe(null);
    expect(dial).toMatchObject({ kind: 'dial', dialled: [] });
    expect(answered).toMatchObject({ kind: 'answer', answer: '1' });
    expect(answered.digest).not.toEqual(dial.digest);
  });

  test('the same answer at once is a repeat, and later a new answer', () => {
    expect(heard(said('1'), later(5_900))).toEqual({ kind: 'again', digest: answered.digest });
    const anew = heard(said('1'), later(9_000));
    expect(anew).toMatchObject({ kind: 'answer', answer: '1' });
    expect(anew.digest).not.toEqual(answered.digest);
  });

  test('another answer is a new one, however quick', () => {
    expect(heard(said('2'), later(5_100))).toMatchObject({ kind: 'answer', answer: '2' });
    expect(heard(said('1*2'), later(5_100))).toMatchObject({ kind: 'answer', answer: '1*2' });
  });

  test('a dial is a repeat before anything was answered, and out of step after it', () => {
    const begins = said('', { begins: true });
    const first = after(hear(seal, { ...call, said: begins }, null, start), 1, begins);
    expect(hear(seal, { ...call, said: begins }, first, later(60_000))).toMatchObject({
      kind: 'again',
    });
    expect(heard(begins, later(60_000))).toMatchObject({ kind: 'outOfStep' });
  });

  test('a request with a number of its own is known by it', () => {
    const numbered = { ...call, said: said('1', { begins: false, request: '2' }) };
    const [digest] = digestsOf(seal, numbered) ?? [];
    expect(hear(seal, numbered, after(dial, 1, dialled), later(1))).toMatchObject({
      ...{ kind: 'answer', answer: '1', digest },
    });
    const third = { ...numbered, said: { ...numbered.said, request: '3' } };
    expect(hear(seal, third, after(dial, 2, dialled), later(1)).digest).not.toEqual(digest);
  });
});
