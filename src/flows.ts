import { readdir } from 'node:fs/promises';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Flow } from './dialogue/flow.js';

const FOLDER = new URL('../flows/', import.meta.url);

/**
 * Loads every flow there is: each folder in `flows/` that has a `flow.ts` (compiled, `flow.js`).
 * That is all it takes to add one.
 */
export async function loadFlows(): Promise<readonly Flow[]> {
  const extension = extname(fileURLToPath(import.meta.url));
  const folders = (await readdir(FOLDER, { withFileTypes: true }))
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
  return Promise.all(
    folders.map(async (name) => {
      const module: { flow?: Flow } = await import(
        new URL(`${name}/flow${extension}`, FOLDER).href
      );
      if (module.flow?.name !== name) {
        throw new Error(`flows/${name}/flow${extension} must export a flow named ${name}`);
      }
      return module.flow;
    }),
  );
}
