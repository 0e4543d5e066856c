import { execFileSync } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Compiles the service and the browser's phone into dist/, and puts the files beside them that are not code. */

const root = fileURLToPath(new URL('.', import.meta.url));
const tsc = fileURLToPath(new URL('node_modules/typescript/bin/tsc', import.meta.url));
const compile = (...options) =>
  execFileSync(process.execPath, [tsc, ...options], { cwd: root, stdio: 'inherit' });

rmSync(new URL('dist', import.meta.url), { recursive: true, force: true });
compile('-p', 'tsconfig.build.json');
compile(
  ...['-p', 'src/simulator/browser/tsconfig.json'],
  ...['--noEmit', 'false', '--outDir', 'dist/src/simulator/browser'],
);
cpSync(new URL('src', import.meta.url), new URL('dist/src', import.meta.url), {
  recursive: true,
  filter: (path) => !/\.tsx?$|tsconfig\.json$/.test(path),
});
