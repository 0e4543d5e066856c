/*
 * What XState's types do not say of the event of a state that asks the world: it may be the start of the
 * machine, with the entry, or the caller's reply.
 */

/** What followed the keyword with which the flow was entered. */
export function textedIn(event: unknown): string {
  return (event as { input?: { value?: string } }).input?.value ?? '';
}

/** What the flow was told before another one had to go first, sealed. */
export function heldIn(event: unknown): string {
  return (event as { input?: { held?: string } }).input?.held ?? '';
}

/** What the caller answered. */
export function saidIn(event: unknown): string {
  return (event as { said?: string }).said ?? '';
}
