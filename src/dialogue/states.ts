import type { YesOrNo } from './yes-and-no.js';

/**
 * The transitions and states that every flow is made of. They are plain XState configuration: the
 * engine reads the options of a screen off them, so a screen cannot offer what leads nowhere.
 */

/**
 * A numbered option of a screen: whoever picks it goes to `target`. Options are numbered in their
 * order, but for one that has digits of its own.
 */
export function option<const Option extends string>(
  name: Option,
  target: string,
  digits: string | null = null,
) {
  return { guard: { type: 'picks', params: { option: name, digits } }, target } as const;
}

/** The option of a question that is its yes: also whoever answers `yes` in any language picks it. */
export function yes<const Option extends string>(name: Option, target: string) {
  return meaning(name, target, 'yes');
}

/** The option of a question that is its no. */
export function no<const Option extends string>(name: Option, target: string) {
  return meaning(name, target, 'no');
}

function meaning<const Option extends string>(option: Option, target: string, means: YesOrNo) {
  return { guard: { type: 'picks', params: { option, digits: null, means } }, target } as const;
}

/** `99 Skip`, on questions that can be left for later. */
export function skip(target: string) {
  return option('skip', target, '99');
}

/** `0 Back`. Every screen has it but home's first. */
export function back(target: string) {
  return option('back', target);
}

/** Numbered options from a list of keys in the context, `context[list]`; the reply's `picked` is the key. */
export function optionsFrom<const List extends string>(list: List) {
  return { type: 'picksFrom', params: { list } } as const;
}

/** Lines from a list of items in the context, `{ number, label }`, each with its own number for ever. */
export function itemsFrom<const List extends string>(list: List) {
  return { type: 'picksItem', params: { list } } as const;
}

/** Any other answer: one line on what is wrong, and the same question. */
export function slip<const Note extends string>(says: Note) {
  return { actions: { type: 'note', params: { says } } } as const;
}

/**
 * A final state without a screen, which hands over to another flow; `next` names the flow that is to
 * go on after that one, and `holding` what in the context it is to be given again.
 */
export function enter<const Flow extends string>(
  flow: Flow,
  { asked = false, next = '', holding = '' } = {},
) {
  return { type: 'final', meta: { enter: flow, asked, next, holding } } as const;
}

/** A final state without a screen, which goes on where an earlier call was left: at the position `context[key]`. */
export function resumeFrom<const Key extends string>(key: Key) {
  return { type: 'final', meta: { resumeFrom: key } } as const;
}

/** A final state without a screen, which hands over to the flow that `context[key]` names. */
export function enterFrom<const Key extends string>(
  key: Key,
  { asked = false, holding = '' } = {},
) {
  return { type: 'final', meta: { enterFrom: key, asked, holding } } as const;
}
