import type { Knex } from 'knex';

/** Calls that one statement deletes, each with its turns. */
export const CALLS_AT_ONCE = 250;

/**
 * Deletes the oldest calls that began before an instant, with their turns, and tells how many. Those
 * that have not been counted yet stay; see `src/funnel`.
 */
export async function dropOldCalls(db: Knex, before: Date): Promise<number> {
  const { rows } = await db.raw<{ rows: { calls: number }[] }>(
    `with old as (
       select s.ctid as place, s.id, s.phone from sessions s
       where s.started_at < ? and not s.open and s.started_at <=
         (select counted_until from funnel_watermarks w where w.channel = s.channel)
       order by s.started_at limit ?
       for update skip locked
     ), their_turns as (
       delete from turns where ctid = any (array(
         select t.ctid from old
         join lateral (select ctid from turns where phone = old.phone and session_id = old.id offset 0) t on true
       ))
     ), calls as (
       delete from sessions where ctid = any (array(select place from old)) returning 1
     )
     select count(*) as calls from calls`,
    [before, CALLS_AT_ONCE],
  );
  return rows[0]?.calls ?? 0;
}

/**
 * Closes dialogues in which nothing was said since an instant: they cannot be gone on with. Tells how many. None of
 * them has begun since, so that they are found by their start.
 */
export async function closeOldDialogues(db: Knex, since: Date): Promise<number> {
  const { rows } = await db.raw<{ rows: { closed: number }[] }>(
    `with closed as (
       update sessions set open = false where ctid = any (array(
         select ctid from sessions where open and started_at < :since and turned_at < :since
         order by started_at limit :most for update skip locked
       ))
       returning 1
     )
     select count(*) as closed from closed`,
    { since, most: CALLS_AT_ONCE },
  );
  return rows[0]?.closed ?? 0;
}
