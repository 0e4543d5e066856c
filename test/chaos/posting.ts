import { Agent, request } from 'node:http';

/** A request to one of the processes; without a form it is a GET. */
export type Request = {
  readonly path: string;
  readonly form?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
};

export type Answer = {
  readonly status: number;
  readonly body: string;
  readonly cookies: readonly string[];
  /** Where it sends on to, or null. */
  readonly to: string | null;
};

/**
 * Nothing takes this long, not on the slowest machine, where registrations stand in line for their
 * hashing; a request without an answer by then is lost, and the test with it.
 */
const GIVE_UP_AFTER_MS = 60_000;

const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });

/** Asks once. Null where the connection was refused, or broke before the whole answer was there. */
export function askOnce(url: string, { path, form, headers }: Request): Promise<Answer | null> {
  return new Promise((resolve, reject) => {
    const body = form && new URLSearchParams(form).toString();
    const asked = request(
      url + path,
      {
        agent,
        method: form ? 'POST' : 'GET',
        headers: {
          ...(form && { 'content-type': 'application/x-www-form-urlencoded' }),
          ...headers,
        },
        timeout: GIVE_UP_AFTER_MS,
      },
      (response) => {
        let heard = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          heard += chunk;
        });
        response.on('error', () => resolve(null));
        response.on('close', () => {
          if (!response.complete) return resolve(null);
          resolve({
            status: response.statusCode ?? 0,
            body: heard,
            cookies: response.headers['set-cookie'] ?? [],
            to: response.headers.location ?? null,
          });
        });
      },
    );
    asked.on('error', () => resolve(null));
    asked.on('timeout', () => {
      reject(new Error(`${path.replace(/\/[^/]{20,}\//, '/…/')} was not answered`));
      asked.destroy();
    });
    asked.end(body);
  });
}

/** Closes the connections that are kept. */
export function hangUpAll(): void {
  agent.destroy();
}
