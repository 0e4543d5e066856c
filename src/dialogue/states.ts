/**
 * The transitions and states that every flow is made of. They are plain XState configuration: the
 * engine reads the options of a screen off them, so a screen cannot offer what leads nowhere.
 */

/** A numbered option of a screen: whoever picks it goes to `target`. Options are numbered in their order. */
export function option<const Option extends string>(name: Option, target: string) {
  return { guard: { type: 'picks', params: { option: name } }, target } as const;
}

/** `0 Back`. Every screen has it but home's first. */
export function back(target: string) {
  return option('back', target);
}

/** Numbered options from a list of keys in the context, `context[list]`; the reply's `picked` is the key. */
export function optionsFrom<const List extends string>(list: List) {
  return { type: 'picksFrom', params: { list } } as const;
}

/** Any other answer: one line on what is wrong, and the same question. */
export function slip<const Note extends string>(says: Note) {
  return { actions: { type: 'note', params: { says } } } as const;
}

/** A final state without a screen, which hands over to another flow. */
export function enter<const Flow extends string>(flow: Flow, { asked = false } = {}) {
  return { type: 'final', meta: { enter: flow, asked } } as const;
}

/** A final state without a screen, which hands over to the flow that `context[key]` names. */
export function enterFrom<const Key extends string>(key: Key) {
  return { type: 'final', meta: { enterFrom: key, asked: false } } as const;
}
