/*
 * node run-typescript.js FILE.ts [ARGUMENT…]: runs a TypeScript file in a process of its own, as the
 * tests run it in theirs: for tests that kill a process. The file's arguments follow it in process.argv.
 */
import { resolve } from 'node:path';
import { createViteServer } from 'vitest/node';

const [, , file] = process.argv;
const vite = await createViteServer({
  configFile: false,
  appType: 'custom',
  logLevel: 'error',
  server: { middlewareMode: true, ws: false, hmr: false, watch: null },
});
await vite.ssrLoadModule(resolve(file));
