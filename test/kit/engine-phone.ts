import { createDialogue, type Dialogue } from '../../src/dialogue/dialogue.js';
import type { Position, View } from '../../src/dialogue/screen.js';
import { answer, openAndWalk, type Turn, toOffer } from '../../src/dialogue/turn.js';
import { loadFlows } from '../../src/flows.js';
import { openingOf } from '../../src/keywords.js';
import type { Phone, Shown } from './conversation.js';
import { createCallerWorld, type Given } from './world.js';

/** What the screens of engine tests quote. */
export const quoted = {
  facts: { ussdCode: '*384*27#', smsShortCode: '22263', web: 'https://cp2.knec.example' },
  phone: '0712***678',
} as const;

let loaded: Promise<Dialogue> | undefined;

/** All the flows there are, made ready once a test file. */
export function allFlows(): Promise<Dialogue> {
  loaded ??= loadFlows().then(createDialogue);
  return loaded;
}

/** A phone on the pure engine. What would be stored between two turns passes through JSON. */
export async function createEnginePhone(given: Given): Promise<Phone> {
  const dialogue = await allFlows();
  const world = createCallerWorld(given);
  const inbox: string[] = [];
  const view = (budget: number): View => ({
    language: world.language,
    budget,
    ...quoted,
    signed: false,
  });
  let call: Position | null = null;
  let left: Position | null = null;
  let texting: Position | null = null;

  const taken = (turn: Turn): Position | null => {
    for (const effect of turn.effects) {
      if (effect.type === 'dropUnfinished') left = null;
      world.take(effect);
    }
    inbox.push(...turn.sms.map(({ text }) => text));
    return turn.screen.ended ? null : (JSON.parse(JSON.stringify(turn.position)) as Position);
  };
  const shown = (turn: Turn): Shown => {
    call = taken(turn);
    return turn.screen;
  };

  return {
    async dial(answers = '') {
      const dialled = answers === '' ? [] : answers.split('*');
      const unfinished = left && dialled.length === 0 ? toOffer(dialogue, left) : null;
      const opening = { flow: 'home', unfinished };
      return shown(await openAndWalk(dialogue, opening, dialled, view(156), world.ask));
    },
    async reply(said) {
      if (!call) throw new Error('no call is open');
      return shown(await answer(dialogue, call, said, view(156), world.ask));
    },
    async hangUp() {
      left = call ?? left;
      call = null;
    },
    async text(message) {
      const opening = openingOf(dialogue, message, texting !== null);
      const language = opening?.language ?? world.language;
      const seen = { ...view(160), language, signed: true };
      const turn =
        opening || !texting
          ? await openAndWalk(
              dialogue,
              { flow: 'help', ...opening, asked: true },
              [],
              seen,
              world.ask,
            )
          : await answer(dialogue, texting, message, seen, world.ask);
      const open = taken(turn);
      // An aside leaves the question that was open.
      const aside = dialogue.flows.get(turn.position.flow)?.aside === true;
      if (open || !opening || !aside) texting = open;
      if (turn.sms.length === 0) inbox.push(turn.screen.text);
    },
    async nextSms() {
      const sms = inbox.shift();
      if (sms === undefined) throw new Error('no SMS has come');
      return sms;
    },
  };
}
