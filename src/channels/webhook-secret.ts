import { hash, timingSafeEqual } from 'node:crypto';

/**
 * Makes the check of the secret in a webhook's path against all that are accepted (two while one is
 * being rotated). It takes the same time whatever is offered and whichever matches: digests of one
 * length are compared, every one of them. With no accepted secret, nothing passes.
 */
export function createSecretCheck(accepted: readonly string[]): (offered: string) => boolean {
  const digests = accepted.map(sha256);
  return (offered) => {
    const digest = sha256(offered);
    return digests.map((known) => timingSafeEqual(known, digest)).includes(true);
  };
}

function sha256(text: string): Buffer {
  return hash('sha256', text, 'buffer');
}
