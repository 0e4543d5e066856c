import { writeFileSync } from 'node:fs';
import { serialize } from 'node:v8';
import { recordQueries } from './queries.js';

/** Loaded before a process of the service: leaves its queries in a file when it ends. */
const { queries } = recordQueries();
const file = process.env['BENCH_QUERIES_FILE'];
if (file) process.on('exit', () => writeFileSync(file, serialize(queries())));
