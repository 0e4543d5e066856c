const UNIQUE_VIOLATION = '23505';
const SERIALIZATION_FAILURE = '40001';
const DEADLOCK_DETECTED = '40P01';
const FOREIGN_KEY_VIOLATION = '23503';
const LOCK_NOT_AVAILABLE = '55P03';

/** The name of the unique constraint or index that a statement ran into, or null for any other error. */
export function violatedUniqueConstraint(error: unknown): string | null {
  if (codeOf(error) !== UNIQUE_VIOLATION) return null;
  const { constraint } = error as { constraint?: unknown };
  return typeof constraint === 'string' ? constraint : null;
}

/**
 * Whether two transactions got in each other's way, so that the same one may pass when run again: the
 * other may have removed what this one refers to, or held on to it for too long.
 */
export function isConflict(error: unknown): boolean {
  const code = codeOf(error);
  return (
    code === SERIALIZATION_FAILURE ||
    code === DEADLOCK_DETECTED ||
    code === FOREIGN_KEY_VIOLATION ||
    code === LOCK_NOT_AVAILABLE
  );
}

/** PostgreSQL's five-character SQLSTATE, where the error is one of the database's. */
export function codeOf(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}
