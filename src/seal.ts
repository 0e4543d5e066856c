import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';

/** Keeps things out of sight in the database, under keys that are all derived from a data key. */
export type Seal = {
  /**
   * Encrypts. The context says whose and which this is, such as `messages.text:<id>`: it is not kept,
   * and a sealed thing that has been moved to another row does not open there.
   */
  seal(plain: string, context: string): Buffer;
  /**
   * Decrypts, whichever of the keys has sealed it. Throws where the thing was changed or has another
   * context, and an {@link UnknownKeyError} where none of the keys has sealed it.
   */
  open(sealed: Uint8Array, context: string): string;
  /** Whether a previous key has sealed the thing, or one that is not known here. */
  needsResealing(sealed: Uint8Array): boolean;
  /**
   * A keyed digest (HMAC-SHA256, 32 bytes), to look up or compare what must not lie in the clear.
   * The same text has another digest for another purpose.
   */
  digest(purpose: string, text: string): Buffer;
  /** The digest under each of the keys, the present one first: what is stored may be any of them. */
  digests(purpose: string, text: string): readonly Buffer[];
};

/** None of the data keys at hand has sealed a thing. */
export class UnknownKeyError extends Error {
  override readonly name = 'UnknownKeyError';

  constructor() {
    super('This was sealed with another DATA_KEY.');
  }
}

/** Random bytes are cheap by the thousand only. */
const NONCES_AT_ONCE = 256;

const CIPHER = 'aes-256-gcm';
const VERSION = 1;
const HEADER_BYTES = 1 + 4;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Sealed form: version (1 byte), the key's id (4), nonce (12), cipher text, tag (16). The id tells
 * which key to open a thing with, so that keys can be replaced: see `rotation.ts`.
 *
 * @param dataKey 32 bytes; seals, opens and makes the digests.
 * @param previousKeys open what they have sealed.
 */
export function createSeal(dataKey: Uint8Array, previousKeys: readonly Uint8Array[] = []): Seal {
  const present = sealingKeyOf(dataKey);
  const nextNonce = createNonces();
  const keys = [present, ...previousKeys.map(sealingKeyOf)];
  const digesters = [dataKey, ...previousKeys].map(createDigester);
  const [digest = createDigester(dataKey)] = digesters;

  return {
    seal(plain, context) {
      const nonce = nextNonce();
      const cipher = createCipheriv(CIPHER, present.key, nonce, { authTagLength: TAG_BYTES });
      cipher.setAAD(authenticated(present.header, context));
      // GCM is a stream: `final` has nothing left to give.
      const text = cipher.update(plain, 'utf8');
      cipher.final();
      return Buffer.concat([present.header, nonce, text, cipher.getAuthTag()]);
    },

    open(sealed, context) {
      const bytes = Buffer.from(sealed);
      if (bytes.length < HEADER_BYTES + NONCE_BYTES + TAG_BYTES || bytes[0] !== VERSION) {
        throw new Error('This is not a sealed thing, or a later version has sealed it.');
      }
      const by = keys.find(({ header }) => isUnder(header, bytes));
      if (!by) throw new UnknownKeyError();
      const textStart = HEADER_BYTES + NONCE_BYTES;
      const nonce = bytes.subarray(HEADER_BYTES, textStart);
      const decipher = createDecipheriv(CIPHER, by.key, nonce, { authTagLength: TAG_BYTES });
      decipher.setAAD(authenticated(by.header, context));
      decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
      const text = decipher.update(bytes.subarray(textStart, -TAG_BYTES));
      return Buffer.concat([text, decipher.final()]).toString('utf8');
    },

    needsResealing: (sealed) => !isUnder(present.header, sealed),

    digest,

    digests: (purpose, text) => digesters.map((one) => one(purpose, text)),
  };
}

function createNonces(): () => Buffer {
  let nonces = Buffer.alloc(0);
  let next = 0;
  return () => {
    if (next >= nonces.length) {
      nonces = randomBytes(NONCE_BYTES * NONCES_AT_ONCE);
      next = 0;
    }
    next += NONCE_BYTES;
    return nonces.subarray(next - NONCE_BYTES, next);
  };
}

type SealingKey = { readonly key: KeyObject; readonly header: Buffer };

function sealingKeyOf(dataKey: Uint8Array): SealingKey {
  const key = derive(dataKey, 'seal');
  const id = createHash('sha256').update(key).digest().subarray(0, 4);
  return { key: createSecretKey(key), header: Buffer.concat([Buffer.of(VERSION), id]) };
}

function isUnder(header: Buffer, sealed: Uint8Array): boolean {
  return header.equals(sealed.subarray(0, HEADER_BYTES));
}

function createDigester(dataKey: Uint8Array): Seal['digest'] {
  // Deriving a key takes longer than the digest itself, and there are few purposes.
  const keys = new Map<string, KeyObject>();
  const keyFor = (purpose: string) => {
    const known = keys.get(purpose);
    if (known) return known;
    const key = createSecretKey(derive(dataKey, `digest ${purpose}`));
    keys.set(purpose, key);
    return key;
  };
  return (purpose, text) => createHmac('sha256', keyFor(purpose)).update(text).digest();
}

function derive(dataKey: Uint8Array, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', dataKey, '', `cp2-gateway ${purpose}`, 32));
}

function authenticated(header: Buffer, context: string): Buffer {
  return Buffer.concat([header, Buffer.from(context)]);
}
