import { memberMenus, menus, registering, rehearse } from '../journey.js';

/** A running service, and a number that has never called it. */
export type Walk = {
  readonly url: string;
  /** `/africastalking/<secret>` */
  readonly webhooks: string;
  readonly phone: number;
  /** Resolves once an SMS to the number has been taken by the carrier. */
  readonly smsCame: () => Promise<unknown>;
};

/** Uses the service in every way that people and carriers do often, once. */
export async function walkThrough({ url, webhooks, phone, smsCame }: Walk): Promise<void> {
  const number = `+${phone}`;
  const ussd = `${url}${webhooks}/ussd`;
  await rehearse(ussd, phone, menus);
  await rehearse(ussd, phone, registering);
  await smsCame();
  await rehearse(ussd, phone, memberMenus);

  const webhook = (path: string, form: Record<string, string>) =>
    post(`${url}${webhooks}/${path}`, form);
  const texts = [
    'HELP',
    'PROFILE',
    'PROFILE KRA A012345678Z',
    'KISWAHILI',
    'RESET',
    'STOP',
    'START',
  ];
  for (const [index, text] of texts.entries()) {
    await webhook('sms', { id: `${phone}-${index}`, from: number, to: '22263', text });
    await smsCame();
  }
  await webhook('delivery-reports', { id: 'ATXid_1', status: 'Success', phoneNumber: number });
  await webhook('ussd-events', { sessionId: '1', phoneNumber: number, status: 'Success' });
  await webhook('opt-outs', { phoneNumber: number });

  await post(`${url}/login`, { phone: number, password: 'not the password' });
  await post(`${url}/register`, { phone: number, phoneAgain: number });
  await post(`${url}/reset`, { phone: number });
  await fetch(`${url}/readyz`);
  await fetch(`${url}/metrics`);
}

/** Throws where the service cannot take it: then its queries would not be heard. */
async function post(url: string, form: Record<string, string>): Promise<void> {
  const body = new URLSearchParams(form);
  const response = await fetch(url, { method: 'POST', body, redirect: 'manual' });
  if (response.status >= 500) throw new Error(`${new URL(url).pathname}: ${response.status}`);
  await response.arrayBuffer();
}
