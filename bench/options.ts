import { parseArgs } from 'node:util';
import { MessageError } from './message-error.js';

export const parts = ['throughput', 'latency', 'profile', 'hashing', 'growth', 'start'] as const;
export type Part = (typeof parts)[number];

export type Options = {
  readonly parts: readonly Part[];
  /** A minute at most: what has moved since the ratios were recorded last. */
  readonly quick: boolean;
  /** Whether the results are written to docs/benchmarks. */
  readonly record: boolean;
  readonly rounds: number;
  readonly seconds: number;
  readonly connections: readonly number[];
  /** Only contenders whose name holds this. */
  readonly contender: string;
};

export const usage = `npm run bench -- [options]
  --quick               a minute at most; prints what moved since the recorded ratios, writes nothing
  --only PART,PART      of ${parts.join(', ')}; writes nothing
  --contender WORDS     only contenders whose name holds the words; writes nothing
  --connections 16,64   how many callers answer at once
  --rounds N            how often every contender has its turn
  --seconds N           how long each is measured
  --record              writes to docs/benchmarks all the same
BENCH_DATABASE_URL, or TEST_DATABASE_URL, names the PostgreSQL server on which databases are made, and dropped.
`;

/** Reads the command line. Throws a `MessageError` where it makes no sense, or asks how it is used. */
export function readOptions(args: readonly string[]): Options {
  const values = parse(args);
  if (values.help) throw new MessageError(usage);
  const { quick, only, contender } = values;
  const wanted = only?.split(',') ?? parts;
  for (const name of wanted) {
    if (!parts.some((part) => part === name))
      throw new MessageError(`There is no part ${name}.\n${usage}`);
  }
  const whole = !quick && only === undefined && contender === '';
  return {
    parts: parts.filter((part) => wanted.includes(part)),
    quick,
    record: whole || values.record,
    rounds: Number(values.rounds),
    seconds: Number(values.seconds ?? (quick ? 1.5 : 4)),
    connections: values.connections.split(',').map(Number),
    contender,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        quick: { type: 'boolean', default: false },
        only: { type: 'string' },
        contender: { type: 'string', default: '' },
        connections: { type: 'string', default: '16,64,256' },
        rounds: { type: 'string', default: '3' },
        seconds: { type: 'string' },
        record: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw new MessageError(`${error instanceof Error ? error.message : error}\n${usage}`);
  }
}
