import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

/**
 * Which way imports may point. A file belongs to the first rule whose folder it is in; it may import
 * its own folder and what the rule lists. The table in ARCHITECTURE.md says the same in words.
 */
const rules: readonly { readonly in: string; readonly may: readonly string[] }[] = [
  { in: 'flows/', may: ['src/dialogue/', 'src/profile/detail', 'xstate', 'zod'] },
  { in: 'languages/', may: ['src/dialogue/pack'] },
  { in: 'src/charts/', may: ['src/dialogue/', '@dagrejs/dagre'] },
  { in: 'src/dialogue/', may: ['languages/', 'xstate', 'zod'] },
  {
    in: 'src/profile/detail',
    may: [
      'src/profile/rules',
      'src/dialogue/languages',
      'src/dialogue/named',
      'src/dialogue/pack',
      'src/phone-number',
    ],
  },
  {
    in: 'src/profile/rules',
    may: [
      'src/profile/detail',
      'src/dialogue/named',
      'src/dialogue/yes-and-no',
      'src/phone-number',
    ],
  },
  {
    in: 'src/channels/',
    may: [
      'src/phone-number',
      '@koa/router',
      'koa',
      'koa-bodyparser',
      'zod',
      'africastalking',
      'smpp',
      'node:',
    ],
  },
  {
    in: 'src/simulator/browser/',
    may: [],
  },
  {
    in: 'src/database/',
    may: ['src/explained', 'knex', 'knex-pglite', 'pg', '@electric-sql/pglite', 'node:'],
  },
];

const root = fileURLToPath(new URL('..', import.meta.url));
const files = await sources(['flows', 'languages', 'src', 'migrations', 'proof']);

const ruled = files.flatMap((file) => {
  const rule = rules.find((one) => file.path.startsWith(one.in));
  return rule ? [{ ...file, allowed: [rule.in, ...rule.may] }] : [];
});

describe.each(ruled)('$path', ({ imports, allowed }) => {
  test('imports what its place allows', () => {
    for (const imported of imports) {
      expect(
        allowed.some((prefix) => imported.startsWith(prefix)),
        `imports ${imported}`,
      ).toBe(true);
    }
  });
});

test('nothing imports the gateway or the process', () => {
  const composition = /^src\/(gateway|main|service)$/;
  for (const { path, imports } of files) {
    // The phone in the terminal starts the service itself where none is running.
    if (/^src\/(gateway|main|service)\.ts$|^src\/simulator\/terminal\//.test(path)) continue;
    for (const imported of imports) expect(imported, path).not.toMatch(composition);
  }
});

test('no source imports a test, and what is proven of the flows is no part of the service', () => {
  for (const { path, imports } of files) {
    const never = path.startsWith('proof/') ? /^(test|bench|dist)\// : /^(test|bench|dist|proof)\//;
    for (const imported of imports) expect(imported, path).not.toMatch(never);
  }
});

test('another flow is never imported', () => {
  for (const { path, imports } of files.filter((file) => file.path.startsWith('flows/'))) {
    const own = path.split('/').slice(0, 2).join('/');
    for (const imported of imports.filter((one) => one.startsWith('flows/'))) {
      expect(`${dirname(imported)}`, path).toBe(own);
    }
  }
});

type Source = { readonly path: string; readonly imports: readonly string[] };

/** Every source file with what it imports: paths from the root, or names of packages. */
async function sources(folders: readonly string[]): Promise<Source[]> {
  const found: Source[] = [];
  for (const folder of folders) {
    for (const entry of await readdir(join(root, folder), { recursive: true })) {
      const path = join(folder, entry);
      if (!/\.tsx?$/.test(path) || /\.(test|d)\.ts$/.test(path)) continue;
      const text = await readFile(join(root, path), 'utf8');
      found.push({ path, imports: importsIn(text, path) });
    }
  }
  return found;
}

function importsIn(text: string, path: string): string[] {
  const specifiers = text.matchAll(/\b(?:from|import)\s*\(?\s*'([^']+)'/g);
  return [...specifiers].map(([, specifier = '']) =>
    specifier.startsWith('.')
      ? normalize(join(dirname(path), specifier)).replace(/\.js$/, '')
      : specifier,
  );
}
