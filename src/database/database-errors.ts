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
 * Whether the database has broken a transaction off for another that it waited for: the two waited for
 * each other, or the other held on for too long.
 */
export function isInTheWay(error: unknown): boolean {
  const code = codeOf(error);
  return (
    code === DEADLOCK_DETECTED || code === SERIALIZATION_FAILURE || code === LOCK_NOT_AVAILABLE
  );
}

/**
 * Whether two transactions got in each other's way, so that the same one may pass when run again from the
 * start: the other may also have removed what this one refers to.
 */
export function isConflict(error: unknown): boolean {
  return isInTheWay(error) || codeOf(error) === FOREIGN_KEY_VIOLATION;
}

/** PostgreSQL's five-character SQLSTATE, where the error is one of the database's. */
export function codeOf(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}
