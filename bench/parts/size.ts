import { execFileSync } from 'node:child_process';
import { cpSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { scratchFolder } from './databases.js';

/** In MB. */
export type Size = { readonly packages: number; readonly built: number };

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** What a production install takes: its packages without those for development, and what is built. */
export function installSize(): Size {
  const folder = scratchFolder();
  for (const file of ['package.json', 'package-lock.json']) {
    cpSync(join(root, file), join(folder, file));
  }
  const options = { cwd: folder, stdio: 'ignore' } as const;
  execFileSync('npm', ['ci', '--omit=dev', '--no-audit', '--no-fund'], options);
  return {
    packages: megabytes(join(folder, 'node_modules')),
    built: megabytes(join(root, 'dist')),
  };
}

function megabytes(folder: string): number {
  let bytes = 0;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) bytes += statSync(join(entry.parentPath, entry.name)).size;
  }
  return bytes / 1e6;
}
