import { setTimeout as pause } from 'node:timers/promises';
import type { Random } from '../proof/random.js';
import type { Carrier } from './carrier.js';
import type { Person } from './people.js';

/** What a browser sends with a form of one of our own pages. */
export const fromOurPage = { 'sec-fetch-site': 'same-origin', accept: 'text/html' };

/** Logs in with a password, as often as it takes to get an answer; and may choose an own one then. */
export async function logInAs(
  person: Person,
  password: string,
  { carrier, random }: { carrier: Carrier; random: Random },
): Promise<void> {
  const fields = { phone: person.number, password };
  const login = { path: '/login', form: fields, headers: fromOurPage };
  const { answer, began, ended } = await carrier.ask(login, { copies: 1 });
  const isIn = answer.status === 303;
  person.logins.push({ password, began, ended, in: isIn });
  if (!isIn || answer.to !== '/password' || random.chance(0.5)) return;

  await pause(random.below(50));
  const own = `masika ${random.below(1_000_000)} ${person.phone.slice(-4)} tele`;
  const cookie = answer.cookies.map((line) => line.split(';', 1)[0]).join('; ');
  const chosen = await carrier.ask(
    {
      path: '/password',
      form: { newPassword: own, newPasswordAgain: own },
      headers: { ...fromOurPage, cookie },
    },
    { copies: 1 },
  );
  const holds = chosen.answer.to?.startsWith('/profile') === true;
  person.own = { password: own, began: chosen.began, ended: chosen.ended, holds };
}
