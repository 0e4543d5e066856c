import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Compiles the service and the browser's phone, puts the files beside them that are not code, and only
 * then puts all of it in the place of dist/: a service that runs from there loads some of it later.
 */

const root = fileURLToPath(new URL('.', import.meta.url));
const dist = join(root, 'dist');
// As deep as dist/, or the source maps would lead astray.
const built = join(root, `.build-${process.pid}`);
const replaced = `${built}-replaced`;
const tsc = join(root, 'node_modules/typescript/bin/tsc');
const compile = (...options) =>
  execFileSync(process.execPath, [tsc, ...options], { cwd: root, stdio: 'inherit' });

try {
  compile('-p', 'tsconfig.build.json', '--outDir', built);
  compile(
    ...['-p', 'src/simulator/browser/tsconfig.json'],
    ...['--noEmit', 'false', '--outDir', join(built, 'src/simulator/browser')],
  );
  cpSync(join(root, 'src'), join(built, 'src'), {
    recursive: true,
    filter: (path) => !/\.tsx?$|tsconfig\.json$/.test(path),
  });
  if (existsSync(dist)) renameSync(dist, replaced);
  renameSync(built, dist);
} finally {
  for (const folder of [built, replaced]) rmSync(folder, { recursive: true, force: true });
}
