import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type ListName, listNames } from '../profile/detail.js';
import { BadListError, loadCsv } from '../reference/load.js';
import { seedReference } from '../reference/seed.js';
import { writeCsv } from '../reference/write-csv.js';
import { type Command, Refusal, type Run, readArguments, UsageError } from './command.js';

/**
 * Shows a list of the reference data as CSV, or loads one: what is new is added, what is different
 * is changed, and with `--replace` what the file does not have is retired.
 */
export const reference: Command = {
  usage: `npm run reference -- list LIST | load LIST FILE [--replace], where LIST is one of ${listNames.join(', ')}`,
  async run(run) {
    const { words, flags } = readArguments(run.args, ['replace']);
    const [verb, list, file, ...rest] = words;
    if (!isListName(list) || rest.length > 0) throw new UsageError();
    if (verb === 'list' && file === undefined && !flags.has('replace')) return show(run, list);
    if (verb === 'load' && file !== undefined) {
      return load(run, { list, file, replace: flags.has('replace') });
    }
    throw new UsageError();
  },
};

async function show({ withTools, print }: Run, list: ListName): Promise<void> {
  const text = await withTools(async ({ db }) => {
    await seedReference(db);
    return writeCsv(db, list);
  });
  print(text.trimEnd());
}

async function load(
  { withTools, print }: Run,
  what: { list: ListName; file: string; replace: boolean },
): Promise<void> {
  const { list, replace } = what;
  const text = await readText(resolve(what.file));
  const loaded = await withTools(async ({ db }) => {
    // A list that belongs to another needs its parents, also where the service has never run.
    await seedReference(db);
    return loadCsv(db, list, text, { replace });
  }).catch((error: unknown) => {
    throw error instanceof BadListError ? new Refusal(error.message) : error;
  });
  const { added, changed, retired, unchanged } = loaded;
  print(`${list}: ${added} added, ${changed} changed, ${retired} retired, ${unchanged} unchanged`);
}

async function readText(file: string): Promise<string> {
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw new Refusal(`${file} cannot be read (${error.code ?? error.message})`);
  });
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Refusal(`${file} is not in UTF-8: save it as "CSV UTF-8"`);
  }
}

function isListName(name: string | undefined): name is ListName {
  return listNames.some((one) => one === name);
}
