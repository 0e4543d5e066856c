import { execFileSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The service as `npm start` runs it, in a folder of its own. */
export type Build = { readonly main: string; remove(): Promise<void> };

const root = fileURLToPath(new URL('../../', import.meta.url));

/**
 * Builds as `npm run build` does, less the types, which `npm run check` looks at, and the phone in
 * the browser. Not into dist/, from which somebody may be running the service; and within
 * node_modules/, for there Node finds the packages.
 */
export async function buildService(): Promise<Build> {
  const cache = join(root, 'node_modules/.cache/cp2-test');
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, 'build-'));
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const options = ['-p', 'tsconfig.build.json', '--noCheck', '--outDir', folder];
  execFileSync(process.execPath, [tsc, ...options], { cwd: root });
  cpSync(join(root, 'src'), join(folder, 'src'), {
    recursive: true,
    filter: (path) => !/\.tsx?$|tsconfig\.json$/.test(path),
  });
  // What is not JavaScript by the nearest package.json would be taken for CommonJS.
  cpSync(join(root, 'package.json'), join(folder, 'package.json'));
  return {
    main: join(folder, 'src/main.js'),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
