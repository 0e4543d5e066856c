import { isGsm } from '../../src/dialogue/gsm.js';
import { type Language, languageCodes } from '../../src/dialogue/languages.js';
import { choicesAt, voiceOf } from '../../src/dialogue/screen.js';
import { type AnyWords, says, speak } from '../../src/dialogue/words.js';
import type { Place, Walk } from '../explore.js';
import { saysNothing } from '../says-nothing.js';
import type { Fault } from './fault.js';

/**
 * Words that come to nothing, or to characters that phones do not have: the engine replaces these, so
 * they are looked for in the words as they are written and in what they quote.
 */
export function wordFaults(walk: Walk): readonly Fault[] {
  const written = languageCodes.flatMap((language) => writtenFaults(walk, language));
  const spoken = walk.places.flatMap((place) => spokenFaults(walk, place));
  // What is written wrong is spoken wrong as well.
  const isNew = ({ state, language }: Fault) =>
    !written.some((fault) => fault.state === state && fault.language === language);
  return [...written, ...spoken.filter(isNew)];
}

function writtenFaults({ flow, places }: Walk, language: Language): readonly Fault[] {
  return textsIn(flow.words[language]).flatMap(({ name, state, text }) => {
    const what = oddity(name, text);
    const there = places.find(
      ({ turn, view }) => turn.position.state === state && view.language === language,
    );
    return what ? [{ flow: flow.name, state, language, what, way: there?.way ?? null }] : [];
  });
}

type WrittenText = { readonly name: string; readonly state: string | null; readonly text: string };

/** Every text of a flow's words, by where it stands there. */
function textsIn(words: AnyWords): readonly WrittenText[] {
  const named = (kind: string, texts: Readonly<Record<string, string>> = {}) =>
    Object.entries(texts).map(([name, text]) => ({ name: `${kind}.${name}`, state: null, text }));
  const screens = Object.entries(words.screens).flatMap(([state, screen = '']) => {
    const at = (name: string, text: string) => ({ name: `screens.${state}${name}`, state, text });
    if (typeof screen !== 'object') return [at('', screen)];
    const { says: said, each, options = {} } = screen;
    return [
      at('.says', said),
      ...(each === undefined ? [] : [at('.each', each)]),
      ...Object.entries(options).map(([option, text]) => at(`.options.${option}`, text)),
    ];
  });
  return [
    { name: 'title', state: null, text: words.title },
    ...screens,
    ...named('notes', words.notes),
    ...named('messages', words.messages),
    ...named('phrases', words.phrases),
  ];
}

function spokenFaults({ dialogue, flow }: Walk, place: Place): readonly Fault[] {
  const { position } = place.turn;
  if (position.flow !== flow.name) return [];
  const { language } = place.view;
  const { state, context } = position;
  const voice = voiceOf(dialogue, flow, place.view, language);
  const spoken: readonly (readonly [name: string, text: string])[] = [
    ['the screen', speak(voice, says(voice, state), context)],
    ...choicesAt(dialogue, flow, position).map(
      ({ picked, label }) => [`the option ${picked}`, label(voice)] as const,
    ),
    // What has nothing to remark is left out.
    ...(position.remark ? [['the line above it', position.remark] as const] : []),
  ];
  return spoken.flatMap(([name, text]) => {
    const what = oddity(name, text);
    return what ? [{ flow: flow.name, state, language, what, way: place.way }] : [];
  });
}

function oddity(name: string, text: string): string | null {
  if (text.trim() === '') return `${name} is empty`;
  if (!isGsm(text)) {
    const outside = [...new Set(text)].filter((character) => !isGsm(character));
    return `${name} has what GSM 03.38 has not: ${outside.join(' ')}`;
  }
  return saysNothing(text)
    ? `${name} is made from something that is not there: ${JSON.stringify(text)}`
    : null;
}
