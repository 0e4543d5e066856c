import { parseArgs } from 'node:util';
import { explained, PlainError } from '../explained.js';
import { type Phone, readPhone } from '../phone-number.js';
import type { WithTools } from './environment.js';

/** What a command is run with. */
export type Run = {
  /** What follows its name. */
  readonly args: readonly string[];
  /** Opens what the command works on, for as long as it works on it. */
  readonly withTools: WithTools;
  readonly now: () => Date;
  /** Who runs it, for the record of what was decided. */
  readonly operator: string;
  /** Writes a line to standard output. */
  readonly print: (line: string) => void;
};

/** A command of the operator, `npm run <name> -- <arguments>`. */
export type Command = {
  /** How it is called: the one line that answers a call that is not understood. */
  readonly usage: string;
  readonly run: (run: Run) => Promise<void>;
};

/** The command was not called as it has to be. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** It was, and cannot do it. */
export class Refusal extends PlainError {
  override readonly name = 'Refusal';
}

/**
 * Splits arguments into what is plain, which of the flags are there and what the options say.
 *
 * @throws UsageError where there is a flag that is not among them, or an option without its value.
 */
export function readArguments<Flag extends string = never, Option extends string = never>(
  args: readonly string[],
  flags: readonly Flag[] = [],
  options: readonly Option[] = [],
): {
  readonly words: readonly string[];
  readonly flags: ReadonlySet<Flag>;
  readonly options: { readonly [Name in Option]?: string };
} {
  const asked: Record<string, { type: 'boolean' | 'string' }> = {};
  for (const flag of flags) asked[flag] = { type: 'boolean' };
  for (const option of options) asked[option] = { type: 'string' };
  try {
    const { positionals, values } = parseArgs({
      args: [...args],
      options: asked,
      allowPositionals: true,
    });
    return {
      words: positionals,
      flags: new Set(flags.filter((flag) => values[flag] === true)),
      // The options asked for are those of this type.
      options: values as { [Name in Option]?: string },
    };
  } catch {
    throw new UsageError();
  }
}

/** The one phone number that a command is about. */
export function onlyPhone(words: readonly string[]): Phone {
  const phone = words.length === 1 ? readPhone(words[0] ?? '') : null;
  if (phone === null) throw new UsageError();
  return phone;
}

/** Runs a command, says on standard error what is wrong, and returns the exit code: 2 for a wrong call. */
export async function exitCodeOf(
  command: Command,
  run: Run,
  complain: (line: string) => void,
): Promise<0 | 1 | 2> {
  try {
    await command.run(run);
    return 0;
  } catch (error) {
    if (error instanceof UsageError) {
      complain(`Usage: ${command.usage}`);
      return 2;
    }
    complain(explained(error));
    return 1;
  }
}
