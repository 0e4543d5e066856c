import { timingSafeEqual } from 'node:crypto';

/**
 * Makes the check of the secret in a webhook's path against all that are accepted (two while one is
 * being rotated). What is offered is compared with every one of its length, in a time that tells neither
 * how much of it is right nor which it is. With no accepted secret, nothing passes.
 */
export function createSecretCheck(accepted: readonly string[]): (offered: string) => boolean {
  const secrets = accepted.map((secret) => Buffer.from(secret));
  return (offered) => {
    const bytes = Buffer.from(offered);
    return secrets
      .map((known) => known.length === bytes.length && timingSafeEqual(known, bytes))
      .includes(true);
  };
}
