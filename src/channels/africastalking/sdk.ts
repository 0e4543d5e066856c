import { createRequire } from 'node:module';
import type { Client, Sms } from 'africastalking';

export type SmsPost = {
  readonly client: Client;
  readonly url: URL;
  readonly timeoutMs: number;
  readonly sms: Sms;
};

export type Sdk = {
  connect(credentials: { readonly username: string; readonly apiKey: string }): Client;
  /** Posts one SMS, and settles as the SDK's own `send` does: see `africastalking.d.ts`. */
  post(request: SmsPost): Promise<unknown>;
};

/** What of axios, the SDK's HTTP client, is set here. */
type HttpDefaults = {
  maxRedirects: number;
  proxy?: false | undefined;
  signal?: AbortSignal | undefined;
};

let loading: Promise<Sdk> | undefined;

/** Loads Africa's Talking's SDK, once. That takes about half a second. */
export function loadSdk(): Promise<Sdk> {
  loading ??= load();
  return loading;
}

async function load(): Promise<Sdk> {
  const { default: connect } = await import('africastalking');
  const { default: urls } = await import('africastalking/lib/common.js');
  const http = httpDefaults();
  // A redirect would take the API key, which is in a header of the SDK's own, to another host.
  http.maxRedirects = 0;

  return {
    connect,
    post({ client, url, timeoutMs, sms }) {
      // The SDK takes neither an address nor a time-out, but it reads these before `send` returns:
      // set here and now, they hold for this SMS and no other.
      urls.SMS_URL = url.href;
      http.signal = AbortSignal.timeout(timeoutMs);
      // A proxy from the environment cannot reach this machine's own loopback.
      http.proxy = isLoopback(url.hostname) ? false : undefined;
      return client.SMS.send(sms);
    },
  };
}

/** The defaults of the very copy of axios that the SDK uses. */
function httpDefaults(): HttpDefaults {
  const here = createRequire(import.meta.url);
  const fromSdk = createRequire(here.resolve('africastalking'));
  // Axios is the SDK's dependency, not ours: its types are not ours to import either.
  return (fromSdk('axios') as { readonly defaults: HttpDefaults }).defaults;
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.');
}
