import { connect } from '../../src/database/connect.js';

/*
 * Run by itself, with the folder of an embedded database: commits one row, leaves another in an
 * open transaction, says so, and holds the database open until it is killed.
 */
const { db } = await connect({ kind: 'embedded', folder: process.argv.at(-1) ?? '' });
await db.schema.createTable('kept', (table) => {
  table.text('what');
});
await db('kept').insert({ what: 'committed' });
const open = await db.transaction();
await open('kept').insert({ what: 'never committed' });
process.stdout.write('held\n');
setInterval(() => {}, 60_000);
