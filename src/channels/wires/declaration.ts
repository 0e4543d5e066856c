import { z } from 'zod';
import { faultsIn, isTemplate, type Template } from './template.js';

/*
 * Most carriers' USSD over HTTP is the same dialogue in other words: where the fields stand, what they
 * are called, whether the history is repeated, what a reply looks like. So a wire is declared, not
 * programmed. What a wire does not say is left out of its declaration, and never guessed.
 */

const field = z
  .string({ error: 'the name of a field' })
  .regex(/^[A-Za-z][\w.-]{0,63}$/, { error: 'the name of a field' });

const value = z
  .string({ error: 'a word or a number in quotes' })
  .regex(/^[\w .-]{1,32}$/, { error: 'a word or a number in quotes' })
  .transform((word) => word.toLowerCase());

const template = z.custom<Template>(isTemplate, {
  error: 'a text or an object, with {text} where the screen goes',
});

const outcome = z.enum(['completed', 'abandoned', 'failed'], {
  error: 'completed, abandoned or failed',
});

/** The part of a path that is the carrier's own, and its name in our records. */
export const wireName = z
  .string({ error: 'a name in small letters' })
  .regex(/^[a-z][a-z0-9-]{1,31}$/, { error: 'a name of 2 to 32 small letters, digits and dashes' });

export const wireDeclaration = z
  .strictObject({
    name: wireName,
    /** The method, and where the fields stand. */
    request: z.enum(['GET query', 'POST form', 'POST json'], {
      error: 'GET query, POST form or POST json',
    }),
    /** The field with the carrier's id of the call. */
    session: field,
    phone: field,
    text: z.strictObject({
      field,
      /** All that was answered since the dial, joined by `*`; or the last answer alone. */
      holds: z.enum(['history', 'lastAnswer'], { error: 'history or lastAnswer' }),
    }),
    /** The field with the code that was dialled, where a request without it is none. */
    serviceCode: field.optional(),
    network: field.optional(),
    /** The field that tells which step of the call it is, and its values, in any letter case. */
    step: z
      .strictObject({
        field,
        begins: z.array(value, { error: 'a list of words' }).min(1, { error: 'a word or more' }),
        answers: z.array(value, { error: 'a list of words' }).min(1, { error: 'a word or more' }),
        /** What tells that the call is over, and how it ended. */
        ends: z.record(value, outcome, { error: 'outcomes by value' }).default({}),
      })
      .optional(),
    /** The field that tells a request from the others of its call, such as a sequence number. */
    number: field.optional(),
    /**
     * Where the first step has what was dialled along with the code. With `after`, it holds the whole
     * code that was dialled, and `after` is the field with the part that is ours.
     */
    dialled: z.strictObject({ field, after: field.optional() }).optional(),
    reply: z.strictObject({
      /** More is expected. */
      goesOn: template,
      ends: template,
    }),
  })
  .superRefine((wire, check) => {
    const fault = (path: string[], message: string) =>
      check.addIssue({ code: 'custom', path, message });
    if (wire.dialled && wire.step === undefined) {
      fault(['dialled'], 'nothing, where no step begins a call');
    }
    if (wire.text.holds === 'history' && wire.number !== undefined) {
      fault(['number'], 'nothing, where the history tells one request from another');
    }
    for (const name of ['goesOn', 'ends'] as const) {
      for (const message of faultsIn(wire.reply[name])) fault(['reply', name], message);
    }
  });

/** A carrier's wire for USSD, as it is declared: in a carrier's own folder, or in a file of the operator's. */
export type WireDeclaration = z.input<typeof wireDeclaration>;

/** A declaration that was checked. */
export type DeclaredWire = z.output<typeof wireDeclaration>;
