/** A page as a plain HTTP client gets it. */
export type Answer = {
  readonly status: number;
  readonly headers: Headers;
  readonly html: string;
  /** Where it sends on to, or null. */
  readonly to: string | null;
};

export type HttpVisitor = {
  readonly cookies: Map<string, string>;
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  /** Sends a form as a browser does from one of our own pages, unless the headers say otherwise. */
  post(path: string, fields: Fields, headers?: Record<string, string>): Promise<Answer>;
};

/** Fields in order; one may come twice. Text is a body as it is. */
type Fields = Record<string, string> | [string, string][] | string;

/** Follows no redirect, keeps cookies, runs nothing. */
export function visitor(url: string): HttpVisitor {
  const cookies = new Map<string, string>();

  async function ask(path: string, init: RequestInit & { headers: Record<string, string> }) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { accept: 'text/html', ...(cookie ? { cookie } : {}), ...init.headers };
    const response = await fetch(url + path, { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value) cookies.set(name, value);
      else cookies.delete(name);
    }
    return {
      status: response.status,
      headers: response.headers,
      html: await response.text(),
      to: response.headers.get('location'),
    };
  }

  return {
    cookies,
    get: (path, headers = {}) => ask(path, { headers }),
    post: (path, fields, headers = { 'sec-fetch-site': 'same-origin' }) =>
      ask(path, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
        body: typeof fields === 'string' ? fields : new URLSearchParams(fields).toString(),
      }),
  };
}

/** The value of a hidden field. */
export function hidden(html: string, name: string): string {
  const tag = new RegExp(`<input[^>]*name="${name}"[^>]*>`).exec(html)?.[0] ?? '';
  return /value="([^"]*)"/.exec(tag)?.[1] ?? '';
}
