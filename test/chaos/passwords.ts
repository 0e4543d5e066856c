import type { Knex } from 'knex';
import { loginWith } from '../kit/passwords.js';
import type { Random } from '../proof/random.js';
import type { Message } from './messages.js';
import type { Person } from './people.js';
import type { Posting } from './sending-api.js';

/** A password that has reached its person, and what must be true of it by the rule. */
type Reached = {
  readonly password: string;
  /** `works`: nothing has ended it; `ended`: something has; `either`: what may have ended it was too close to tell. */
  readonly must: 'works' | 'ended' | 'either';
};

/** What happened to a person's passwords, by milliseconds. */
export type Story = {
  readonly person: Person;
  readonly messages: readonly Message[];
  readonly postings: readonly Posting[];
  /** When the person asked for another password, and was promised one. */
  readonly resets: readonly Reset[];
};

/** A reset hashes between its beginning and its commit, and others of the number may come and go meanwhile. */
type Reset = { readonly began: number; readonly doneBy: number };

/** Longer than it takes to hash a password, however busy the machine is. */
const HASHED_WITHIN_MS = 30_000;

export const PASSWORD = /\b\d{4} \d{4}\b/;

/** The stories of people by what the database and the carrier know in the end. */
export async function readStories(
  db: Knex,
  people: readonly Person[],
  messages: readonly Message[],
  postings: readonly Posting[],
): Promise<readonly Story[]> {
  const turns: { phone: string; taken_at: Date }[] = await db('turns')
    .where({ state: 'passwordSent' })
    .select('phone', 'taken_at');
  return people.map((person) => {
    const theirs = messages.filter(
      ({ phone, carries }) => phone === person.phone && carries === 'password',
    );
    const posted = postings.filter(({ to, text }) => to === person.number && PASSWORD.test(text));
    const doneBy = (began: number) => {
      const sms = theirs.find(({ created_at }) => created_at.getTime() === began);
      const posting = sms && posted.find(({ id }) => id !== null && id === sms.carrier_message_id);
      return posting?.at ?? began + HASHED_WITHIN_MS;
    };
    return {
      person,
      messages: theirs,
      postings: posted,
      resets: turns
        .filter(({ phone }) => phone === person.phone)
        .map(({ taken_at }) => taken_at.getTime())
        .map((began) => ({ began, doneBy: doneBy(began) })),
    };
  });
}

/**
 * The passwords that have reached a person, the first one first. Each works until another is used or
 * an own one is chosen; a reset ends those besides that the carrier was known to have by then.
 */
function reachedIn(story: Story): readonly Reached[] {
  return story.postings
    .filter(({ id, reported }) => id !== null && reported !== 'failed')
    .map((posting) => {
      const password = passwordOf(posting);
      const end = endOf(story, posting, Number.POSITIVE_INFINITY);
      return { password, must: end === 'none' ? 'works' : end === 'sure' ? 'ended' : 'either' };
    });
}

/** Whether a person was promised a password, has none of their own, and none has reached them that may work. */
export function isLeftWithout(story: Story): boolean {
  if (story.messages.length === 0 || story.person.own) return false;
  return reachedIn(story).every(({ must }) => must === 'ended');
}

/** Logins with a password that had reached its person, that nothing had ended, and that was refused all the same. */
export function refusedLogins(story: Story): string[] {
  return story.person.logins.flatMap(({ password, began, ended, in: isIn }) => {
    if (isIn) return [];
    const posting = story.postings.find((one) => one.id !== null && passwordOf(one) === password);
    if (posting && endOf(story, posting, ended) !== 'none') return [];
    return [`${password} was refused at ${began}: ${tell(story)}`];
  });
}

/** Whether a password had been ended by an instant. */
function endOf(story: Story, posting: Posting, by: number): 'none' | 'possible' | 'sure' {
  const { person, resets } = story;
  const password = passwordOf(posting);
  const issued = issuedAt(story, posting);
  const uses = person.logins.filter((login) => login.in && login.password !== password);
  if (person.own) uses.push({ ...person.own, in: person.own.holds });
  if (uses.some(({ began, in: isIn }) => isIn && began > issued.latest && began < by))
    return 'sure';
  if (uses.some(({ began, ended }) => ended > issued.earliest && began < by)) return 'possible';
  const wasUsed = person.logins.some((login) => login.in && login.password === password);
  const wasKnown = wasUsed || posting.heardAt !== null || posting.reported !== null;
  const others = resets.filter(({ began }) => began !== issued.earliest);
  return wasKnown && others.some(({ began, doneBy }) => doneBy > issued.earliest && began < by)
    ? 'possible'
    : 'none';
}

/** When a password was issued: as its message was, where it is known which that is. */
function issuedAt({ messages, postings }: Story, posting: Posting) {
  const known = messages.find((one) => one.carrier_message_id === posting.id);
  const isKnown = (id: string) => messages.some((one) => one.carrier_message_id === id);
  const strays = postings.filter(({ id }) => id !== null && !isKnown(id));
  const unknown = messages.filter((one) => one.state === 'unknown' && !one.carrier_message_id);
  const could = known ? [known] : unknown;
  const at = could.map(({ created_at }) => created_at.getTime());
  if (known || (strays.length === 1 && unknown.length === 1)) {
    return { earliest: Math.min(...at), latest: Math.max(...at) };
  }
  return { earliest: Math.min(...at), latest: posting.at };
}

function passwordOf({ text }: Posting): string {
  return PASSWORD.exec(text)?.[0] ?? '';
}

/**
 * Tries a person's passwords: what was ended opens nothing; one of those that work does, whichever,
 * and from then on none of the others, but itself once more. Gives what was otherwise.
 */
export async function tryOut(
  db: Knex,
  story: Story,
  { random, now }: { random: Random; now: () => Date },
): Promise<string[]> {
  const { person, resets } = story;
  const reached = reachedIn(story);
  const faults: string[] = [];
  const expectLogin = async (password: string, expected: string, when: string) => {
    const found = await loginWith(db, person.number, password, now);
    if (found !== expected) faults.push(`${password} is ${found} ${when}: ${tell(story)}`);
  };
  const { own } = person;
  if (own?.holds && !resets.some(({ doneBy }) => doneBy > own.began)) {
    await expectLogin(own.password, 'in', 'as the own one');
  }
  const ended = reached.filter(({ must }) => must === 'ended').slice(0, 2);
  for (const { password } of ended) await expectLogin(password, 'wrong', 'after it was ended');
  const works = reached.filter(({ must }) => must === 'works').map(({ password }) => password);
  if (works.length === 0) return faults;
  const used = random.pick(works);
  await expectLogin(used, 'in', 'before any was used');
  const other = works.find((password) => password !== used);
  if (!other) return faults;
  await expectLogin(other, 'wrong', 'after another was used');
  await expectLogin(used, 'in', 'after it was used itself');
  return faults;
}

/** Everything that is known of somebody's passwords, for whoever has to find out. */
function tell({ person: { phone, logins, own }, messages, postings, resets }: Story): string {
  return JSON.stringify({ phone, logins, own, messages, postings, resets }, null, 1);
}
