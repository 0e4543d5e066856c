import { execFileSync } from 'node:child_process';
import { cpSync, readdirSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** In MB. */
export type Size = { readonly packages: number; readonly built: number };

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** What a production install takes: its packages without those for development, and what is built. */
export async function installSize(): Promise<Size> {
  const folder = await mkdtemp(join(tmpdir(), 'cp2-bench-install-'));
  try {
    for (const file of ['package.json', 'package-lock.json']) {
      cpSync(join(root, file), join(folder, file));
    }
    execFileSync('npm', ['ci', '--omit=dev', '--no-audit', '--no-fund'], {
      cwd: folder,
      stdio: 'ignore',
    });
    return {
      packages: megabytes(join(folder, 'node_modules')),
      built: megabytes(join(root, 'dist')),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function megabytes(folder: string): number {
  let bytes = 0;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) bytes += statSync(join(entry.parentPath, entry.name)).size;
  }
  return bytes / 1e6;
}
