import { mkdir, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { Refused } from './connection.js';
import { recordedTest, type Step } from './recording.js';

/**
 * Writes a session as `test/recorded/NAME.test.ts` below the given folder and answers with that
 * path. Never writes over a test that exists.
 */
export async function saveSession(
  folder: string,
  name: string,
  steps: readonly Step[],
  ussdCode: string,
): Promise<string> {
  const slug = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  if (slug === '') throw new Refused('A name has letters or digits.');
  const path = join(folder, 'test', 'recorded', `${slug}.test.ts`);
  await mkdir(join(folder, 'test', 'recorded'), { recursive: true });
  try {
    await writeFile(path, recordedTest(name, steps, ussdCode), { flag: 'wx' });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') {
      throw new Refused(`${relative(folder, path)} exists already; take another name.`);
    }
    throw error;
  }
  return relative(folder, path);
}
