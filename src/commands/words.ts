import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Pack } from '../dialogue/pack.js';
import { loadFlows } from '../flows.js';
import { catalogue } from '../words/catalogue.js';
import { emptyPack, packFile } from '../words/pack-file.js';
import { sideBySide } from '../words/side-by-side.js';
import { type Command, Refusal, readArguments, UsageError } from './command.js';

/** Shows all words of the founding languages; or writes the file of another one, with what was translated kept. */
export const words: Command = {
  usage: 'npm run words [-- <code of a language, such as fr>]',
  async run({ args, print }) {
    const [code, ...others] = readArguments(args).words;
    const flows = await loadFlows();
    if (code === undefined) return print(sideBySide(flows));
    if (others.length > 0 || !/^[a-z]{2}$/.test(code)) throw new UsageError();
    if (code === 'en' || code === 'sw')
      throw new Refusal(
        `The words of ${code} stand beside what they are for: flows/*/${code}.ts and others.`,
      );
    const english = catalogue(flows);
    const pack = await readPack(code);
    await writeFile(resolve('languages', `${code}.ts`), packFile(pack, english));
    const left = english.filter(({ place, text }) => {
      const [from, to] = pack.words[place] ?? ['', ''];
      return to === '' || from !== text;
    });
    print(`languages/${code}.ts: ${left.length} of ${english.length} texts to be translated.`);
    print(`It is offered to callers once languages/list.ts names it.`);
  },
};

/** The pack as it was built a moment ago. */
async function readPack(code: string): Promise<Pack> {
  const built = new URL(`../../languages/${code}.js`, import.meta.url);
  if (!existsSync(built)) {
    if (existsSync(resolve('languages', `${code}.ts`)))
      throw new Refusal(`languages/${code}.ts is there and was not built.`);
    return emptyPack(code);
  }
  const module: Record<string, Pack> = await import(built.href);
  const pack = module[code];
  if (!pack) throw new Refusal(`languages/${code}.ts does not export ${code}.`);
  return pack;
}
