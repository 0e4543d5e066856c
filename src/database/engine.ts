import { Worker } from 'node:worker_threads';
import { columnTypes } from './column-types.js';

/** What the engine answers to a statement. */
export type Answer = {
  readonly rows: Record<string, unknown>[];
  readonly fields: readonly { readonly name: string; readonly dataTypeID: number }[];
  readonly affectedRows?: number;
};

/** The engine of the embedded database. */
export type Engine = {
  /**
   * Opens a database, and creates it where the folder is empty. Once for each engine.
   *
   * @param parameters more of PostgreSQL's command line, such as `['-c', 'shared_buffers=32MB']`.
   */
  open(folder: string, parameters: readonly string[]): Promise<void>;
  /**
   * Runs one statement, after those that were asked for before. An error of the database has its
   * fields: `code`, `constraint` and so on.
   *
   * @param values as they go over PostgreSQL's wire: text, bytes, or null.
   * @param options under its name a statement is prepared once.
   */
  query(
    sql: string,
    values?: readonly (string | Uint8Array | null)[],
    options?: { readonly name?: string },
  ): Promise<Answer>;
  /** Answers what was asked for before, and ends. May be called again. */
  close(): Promise<void>;
  /** Resolves where the engine ends otherwise: what is asked then is rejected, and nothing brings it back. */
  readonly lost: Promise<Error>;
};

/** After these PostgreSQL ends, to recover when it starts again; PGlite would just never answer again. */
const LAST_WORDS: ReadonlySet<unknown> = new Set(['FATAL', 'PANIC']);

type Failure = { readonly message: string; readonly fields: { readonly severity?: string } };
type Told = { readonly id: number } & (
  | { readonly answer: unknown }
  | { readonly failure: Failure }
);
type Waiting = {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (reason: unknown) => void;
};

/** The engine's program (a WebAssembly.Module) with what V8 has compiled of it, from whoever opened first: half the work of opening. */
let compiled: unknown;

/**
 * Starts an engine (PGlite) in a thread of its own: its work, and its waiting for the disk, then holds
 * up nobody who waits for something else, and it starts while the rest of the service is loaded.
 */
export function startEngine(): Engine {
  const thread = new Worker(new URL('./engine-thread.js', import.meta.url));
  const waiting = new Map<number, Waiting>();
  let asked = 0;
  /** Why nothing is answered any more; an error of its own for each who asks, for Knex writes into it what was asked. */
  let end: string | null = null;
  let closing: Promise<unknown> | undefined;

  thread.on('message', (told: Told) => {
    const one = waiting.get(told.id);
    waiting.delete(told.id);
    if ('answer' in told) return one?.resolve(told.answer);
    one?.reject(errorOf(told.failure));
    if (!LAST_WORDS.has(told.failure.fields.severity)) return;
    end = told.failure.message;
    void thread.terminate();
  });
  thread.once('error', ({ message }) => {
    end = message;
  });
  const ended = new Promise<Error>((resolve) => {
    thread.once('exit', () => {
      end ??= `The embedded database ${closing ? 'is closed' : 'has ended'}.`;
      for (const { reject } of waiting.values()) reject(new Error(end));
      waiting.clear();
      resolve(new Error(end));
    });
  });
  const lost = new Promise<Error>((resolve) => {
    void ended.then((error) => closing || resolve(error));
  });

  const ask = (what: string, given?: unknown): Promise<unknown> =>
    new Promise((resolve, reject) => {
      if (end !== null) return reject(new Error(end));
      asked += 1;
      waiting.set(asked, { resolve, reject });
      thread.postMessage({ id: asked, what, given });
    });

  return {
    lost,
    async open(folder, parameters) {
      const unreadTypes = Object.keys(columnTypes).map(Number);
      compiled = await ask('open', { compiled, folder, parameters, unreadTypes });
    },
    async query(sql, values = [], { name } = {}) {
      return readColumns((await ask('run', { sql, values, name })) as Answer);
    },
    async close() {
      closing ??= ask('close').catch(() => {});
      await closing;
      await ended;
    },
  };
}

/** The thread leaves what is to be read as it came over the wire: a copy of some values is another thing. */
function readColumns(answer: Answer): Answer {
  for (const { name, dataTypeID } of answer.fields) {
    const read = columnTypes[dataTypeID];
    if (!read) continue;
    for (const row of answer.rows) {
      const text = row[name];
      if (typeof text === 'string') row[name] = read(text);
    }
  }
  return answer;
}

function errorOf({ message, fields }: Failure): Error {
  return Object.assign(new Error(message), fields);
}
