import type { Knex } from 'knex';
import { deleteOldest } from '../database/delete-oldest.js';

/** Deletes the oldest SMS from before an instant, but those that still wait to be sent. Returns how many, a batch at most. */
export function dropOldMessages(db: Knex, before: Date): Promise<number> {
  return deleteOldest(db, 'messages', 'created_at', (messages) =>
    messages.where('created_at', '<', before).whereNotIn('state', ['queued', 'sending']),
  );
}
