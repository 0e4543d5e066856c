import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { type DeclaredWire, wireDeclaration } from './declaration.js';

/** The wires of a file, or what is wrong with it: every fault as where it is and what is expected there. */
export type WireFile = { readonly wires: readonly DeclaredWire[] } | { readonly faults: string[] };

const declarations = z.array(wireDeclaration, { error: 'a list of wires' });

/**
 * Reads an operator's file of declarations: JSON, a list.
 *
 * @param taken the names that are not free.
 */
export function readWireFile(path: string, taken: readonly string[]): WireFile {
  let written: unknown;
  try {
    written = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    const unread = error instanceof Error && 'syscall' in error;
    return { faults: [unread ? 'a file that can be read' : 'a file of JSON'] };
  }
  const read = declarations.safeParse(written);
  if (!read.success) return { faults: read.error.issues.map(faultOf) };
  const names = read.data.map(({ name }) => name);
  const faults = names.flatMap((name, at) =>
    taken.includes(name) || names.indexOf(name) < at
      ? [`in [${at}].name a name that is not taken`]
      : [],
  );
  return faults.length > 0 ? { faults } : { wires: read.data };
}

function faultOf(issue: z.core.$ZodIssue): string {
  const expected =
    issue.code === 'unrecognized_keys' ? `nothing named ${issue.keys.join(', ')}` : issue.message;
  if (issue.path.length === 0) return expected;
  const [at, ...names] = issue.path;
  return `in [${String(at)}]${names.map((name) => `.${String(name)}`).join('')} ${expected}`;
}
