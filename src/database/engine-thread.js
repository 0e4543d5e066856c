import { readFile } from 'node:fs/promises';
import { setFlagsFromString } from 'node:v8';
import { parentPort } from 'node:worker_threads';
import { PGlite, parse, protocol } from '@electric-sql/pglite';

// What runs the embedded database for the service, started by engine.ts. JavaScript, for it
// runs as it stands in the tests as well, which compile what they import and nothing else.

/** What an error of the database says in fields, less what quotes a statement and its values. */
const ERROR_FIELDS = ['code', 'severity', 'schema', 'table', 'column', 'constraint', 'position'];

// What has run for a while is compiled again, better: V8 by itself begins with that so early that its
// compilers take the processors from the start. What is hot gets there within seconds all the same.
setFlagsFromString('--wasm-tiering-budget=50000000');

/** @type {Promise<PGlite>} */
let opening;

/** PGlite would compile its program for each thread anew. */
const compile = async () =>
  WebAssembly.compile(
    await readFile(new URL(import.meta.resolve('@electric-sql/pglite/pglite.wasm'))),
  );

const create = (compiled, { folder, parameters, unreadTypes }) =>
  PGlite.create({
    pgliteWasmModule: compiled,
    dataDir: folder,
    startParams: [...PGlite.defaultStartParams, ...parameters],
    parsers: Object.fromEntries(unreadTypes.map((type) => [type, (text) => text])),
  });

const does = {
  async open({ compiled, ...place }) {
    const program = compiled ? Promise.resolve(compiled) : compile();
    opening = program.then((one) => create(one, place));
    await opening;
    return program;
  },
  run: async (statement) => run(await opening, statement),
  async close() {
    await opening?.then(
      (database) => database.close(),
      () => {},
    );
    parentPort.close();
  },
};

// What keeps the thread awake is its port: with nothing to wait for, Node would wait for the compiler.
parentPort.on('message', async ({ id, what, given }) => {
  try {
    parentPort.postMessage({ id, answer: await does[what](given) });
  } catch (error) {
    parentPort.postMessage({ id, failure: told(error) });
  }
});

async function run(database, statement) {
  const messages = await database.runExclusive(() =>
    statement.name === undefined ? runOnce(database, statement) : runPrepared(database, statement),
  );
  const { rows, fields, affectedRows } = parse.parseResults(messages, database.parsers)[0];
  return { rows, fields, affectedRows };
}

const { serialize } = protocol;
const prepared = new Set();

/** All at once: PGlite's own way takes six steps, each through all of the engine, to learn the types of values that are text already. */
const runOnce = (database, { sql, values }) =>
  exchange(database, [serialize.parse({ text: sql }), ...executing({ values })]);

/** A statement under a name is parsed and planned once: for a long one that is most of its time. */
async function runPrepared(database, { name, sql, values }) {
  if (!prepared.has(name)) {
    await exchange(database, [serialize.parse({ name, text: sql }), serialize.sync()]);
    prepared.add(name);
  }
  return exchange(database, executing({ statement: name, values }));
}

const executing = (what) => [
  serialize.bind(what),
  serialize.describe({ type: 'P' }),
  serialize.execute({}),
  serialize.sync(),
];

async function exchange(database, messages) {
  return (await database.execProtocol(Buffer.concat(messages))).messages;
}

/** Of an error that is cloned little more than its message would come over. */
function told(error) {
  const fields = ERROR_FIELDS.filter((name) => error[name] !== undefined);
  return {
    message: error.message,
    fields: Object.fromEntries(fields.map((name) => [name, error[name]])),
  };
}
