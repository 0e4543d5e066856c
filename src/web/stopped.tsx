import { timeInKenya } from './nairobi-time.js';
import type { View } from './view.js';

/** How long a stopped number has to wait, and till when. */
export type Wait = { readonly until: Date; readonly seconds: number };

export function waitUntil(until: Date, now: Date): Wait {
  return { until, seconds: Math.ceil((until.getTime() - now.getTime()) / 1000) };
}

/** What to say to somebody whose number is stopped. */
export function Stopped({ view: { words, language }, wait }: { view: View; wait: Wait }) {
  const minutes = Math.ceil(wait.seconds / 60);
  // To the minute, so never too early.
  const after = new Date(Math.ceil(wait.until.getTime() / 60_000) * 60_000);
  return (
    <div class="summary" role="alert" tabIndex={-1} autofocus>
      <h2>{words.loginPage.stopped}</h2>
      <p>{words.loginPage.stoppedHow(minutes, timeInKenya(after, language))}</p>
    </div>
  );
}
