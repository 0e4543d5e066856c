import pg from 'pg';
import type UssdMenu from 'ussd-menu-builder';

/** The same four functions on a table: a statement each, as its README's example suggests. */
export async function postgresqlSessions(
  connectionString: string,
): Promise<UssdMenu.SessionConfig> {
  const pool = new pg.Pool({ connectionString });
  await pool.query(
    `create table if not exists ussd_sessions (id text primary key, data jsonb not null default '{}')`,
  );
  return {
    start: (id) =>
      pool.query('insert into ussd_sessions (id) values ($1) on conflict do nothing', [id]),
    end: (id) => pool.query('delete from ussd_sessions where id = $1', [id]),
    set: (id, key, value) =>
      pool.query(
        'update ussd_sessions set data = data || jsonb_build_object($2::text, $3::text) where id = $1',
        [id, key, value],
      ),
    async get(id, key) {
      const { rows } = await pool.query(
        'select data ->> $2 as value from ussd_sessions where id = $1',
        [id, key],
      );
      return rows[0]?.value;
    },
  };
}
