import { kenyanTime } from '../dialogue/kenyan-time.js';
import { duration } from '../funnel/say.js';
import type { MaskedCall, MaskedTurn } from './masked-call.js';
import type { StoredSms } from './stored-call.js';
import { createTranscript, type Transcript } from './transcript.js';

/** A call as it reads: what was said and shown, with how long each answer took. */
export function printCall(call: MaskedCall): string[] {
  const transcript = createTranscript();
  for (const [index, turn] of call.turns.entries()) {
    const before = call.turns[index - 1];
    transcript.caller(before ? answered(turn, before) : begun(call));
    show(transcript, call, turn);
  }
  const { id, channel, language, network, startedAt } = call;
  const about = [channel.toUpperCase(), language, network, kenyanTime(startedAt.toISOString())];
  const end = endOf(call);
  return [
    `Session ${id}: ${about.filter(Boolean).join(', ')}`,
    ...transcript.toString().split('\n'),
    ...(end === null ? [] : [`  (${end})`]),
  ];
}

function begun({ channel }: MaskedCall): string {
  return { ussd: 'dials', sms: 'texts', web: 'sends a form' }[channel];
}

function answered({ said, at, slipped }: MaskedTurn, before: MaskedTurn): string {
  const after = duration((at.getTime() - before.at.getTime()) / 1000);
  return `${said}  (after ${after}${slipped ? ', not accepted' : ''})`;
}

/** On a call the screen is the answer, and SMS come besides; by SMS the screen comes as one, or what the flow sends instead. */
function show(transcript: Transcript, { channel }: MaskedCall, turn: MaskedTurn): void {
  if (channel !== 'sms') transcript.screen(turn.screen, turn.ended);
  for (const sms of turn.sms) {
    const isScreen = channel === 'sms' && sms.carries === 'reply';
    transcript.sms(
      isScreen ? `${turn.screen}  (${fateOf(sms)})` : `(${sms.carries}: ${fateOf(sms)})`,
    );
  }
}

function fateOf({ state, failure }: StoredSms): string {
  return failure === null ? state : `${state}, ${failure}`;
}

/** How a call was left that had not come to its end. */
function endOf({ channel, endedAs, turns }: MaskedCall): string | null {
  if (channel !== 'ussd' || turns.at(-1)?.ended) return null;
  if (endedAs === 'abandoned') return 'hung up, or fell silent';
  if (endedAs === 'failed') return 'the network failed';
  return endedAs === null ? 'nothing more was heard' : `the carrier says: ${endedAs}`;
}
