import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';

/** The parameters of argon2id, as the package `argon2` takes them. */
export type Argon2Parameters = {
  readonly memoryCost: number;
  readonly timeCost: number;
  readonly parallelism: number;
  readonly salt: Buffer;
};

/**
 * Hashes that may be under way at once, the rest in the order of asking: each holds a processor and
 * 19 MiB for tens of milliseconds. One processor is left: whatever its priority, a hash takes the
 * caches and the memory's bandwidth from those beside it.
 */
const WIDTH = Math.min(4, Math.max(1, availableParallelism() - 1));

const program = fileURLToPath(new URL('./hashing-process.js', import.meta.url));

/**
 * `idle`: it runs when nobody else wants the processor, and makes way at once. `low`: with a small share
 * whatever the others want, for where that never happens.
 */
type Standing = 'idle' | 'low';

/** Where so long no hash was made that somebody waits for, the process has no processor. A caller waits some seconds. */
const STARVED_AFTER_MS = 1_000;
/** Where it was so once, it may be again: the next process of a low standing costs a second and a start. */
const LOW_FOR_MS = 10 * 60_000;

/** What the process tells of one hash. */
type Told = { readonly id: number; readonly hash?: string; readonly failure?: string };

/** What it is asked for, and who waits. */
type Asked = {
  readonly password: string;
  readonly parameters: Argon2Parameters;
  readonly resolve: (hash: string) => void;
  readonly reject: (error: Error) => void;
};

type Hasher = {
  readonly pid: number | null;
  waiting(): number;
  hash(password: string, parameters: Argon2Parameters): Promise<string>;
};

let hasher: Hasher | null = null;
/** Ever asked for: hashes, and KiB of memory to fill, all passes together. */
const asked = { hashes: 0, kib: 0 };

/**
 * Hashes in a process of its own, behind all others: a burst of registrations takes what the turns
 * leave of the processors, and no thread that anything else waits for. The process is started when
 * the first hash is asked for, and anew where it has died; who waited for it then is refused. Where
 * nothing is left for it, another takes its place, and its work, that gets a small share all the same.
 *
 * @returns the hash in its encoded form, `$argon2id$…`.
 */
export function hashApart(password: string, parameters: Argon2Parameters): Promise<string> {
  hasher ??= start('idle');
  return hasher.hash(password, parameters);
}

/** What the hashing is at. */
export function hashingNow(): {
  /** The process, where one has been started. */
  readonly pid: number | null;
  readonly asked: { readonly hashes: number; readonly kib: number };
  /** Hashes that somebody waits for. */
  readonly waiting: number;
} {
  return { pid: hasher?.pid ?? null, asked: { ...asked }, waiting: hasher?.waiting() ?? 0 };
}

function start(standing: Standing, taken: ReadonlyMap<number, Asked> = new Map()): Hasher {
  const waiting = new Map<number, Asked>();
  const began = performance.now();
  const child = fork(program, [standing], {
    // Neither the service's secrets nor its options of Node.
    env: { UV_THREADPOOL_SIZE: String(WIDTH) },
    execArgv: [],
    // A session of its own, for its priority: see there.
    detached: true,
    serialization: 'advanced',
  });
  let starving: NodeJS.Timeout | undefined;

  const settle = ({ id, hash, failure }: Told) => {
    const one = waiting.get(id);
    waiting.delete(id);
    if (hash === undefined) one?.reject(new Error(`A password was not hashed: ${failure}`));
    else one?.resolve(hash);
    attend();
    const enough = standing === 'low' && performance.now() - began > LOW_FOR_MS;
    if (waiting.size === 0 && enough) dismiss();
  };
  /** As long as somebody waits, the service does not end, and it is watched that hashes are made. */
  const attend = () => {
    const change = waiting.size > 0 ? 'ref' : 'unref';
    child[change]();
    child.channel?.[change]();
    clearTimeout(starving);
    if (waiting.size > 0 && standing === 'idle') starving = setTimeout(replace, STARVED_AFTER_MS);
  };
  const replace = () => {
    const left = new Map(waiting);
    waiting.clear();
    dismiss();
    hasher = start('low', left);
  };
  const dismiss = () => {
    if (hasher === own) hasher = null;
    attend();
    child.kill('SIGKILL');
  };
  const giveUp = (failure: string) => {
    // It may tell twice that it is gone, and another may be there by then.
    if (hasher === own) hasher = null;
    for (const id of [...waiting.keys()]) settle({ id, failure });
  };
  const ask = (id: number, one: Asked) => {
    waiting.set(id, one);
    if (waiting.size === 1) attend();
    const { password, parameters } = one;
    child.send({ id, password, parameters }, (error) => {
      if (error) settle({ id, failure: error.message });
    });
  };

  const own: Hasher = {
    pid: child.pid ?? null,
    waiting: () => waiting.size,
    hash: (password, parameters) =>
      new Promise((resolve, reject) => {
        asked.hashes += 1;
        asked.kib += parameters.memoryCost * parameters.timeCost;
        ask(asked.hashes, { password, parameters, resolve, reject });
      }),
  };
  attend();
  child.on('message', settle);
  child.on('error', ({ message }) => giveUp(message));
  child.on('exit', (code, signal) => giveUp(`the process ended, ${signal ?? code}`));
  for (const [id, one] of taken) ask(id, one);
  return own;
}
