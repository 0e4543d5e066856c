import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
} from 'node:crypto';

/** Keeps things out of sight in the database, under keys that are all derived from the data key. */
export type Seal = {
  /**
   * Encrypts. The context says whose and which this is, such as `messages.text:<id>`: it is not kept,
   * and a sealed thing that has been moved to another row does not open there.
   */
  seal(plain: string, context: string): Buffer;
  /** Decrypts. Throws where the thing was changed, has another context, or another key sealed it. */
  open(sealed: Uint8Array, context: string): string;
  /**
   * A keyed digest (HMAC-SHA256, 32 bytes), to look up or compare what must not lie in the clear.
   * The same text has another digest for another purpose.
   */
  digest(purpose: string, text: string): Buffer;
};

const CIPHER = 'aes-256-gcm';
const VERSION = 1;
const HEADER_BYTES = 1 + 4;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Sealed form: version (1 byte), the key's id (4), nonce (12), cipher text, tag (16). The id is there
 * so that keys can be replaced one day: it tells which one to open a thing with.
 *
 * @param dataKey 32 bytes.
 */
export function createSeal(dataKey: Uint8Array): Seal {
  const sealingKey = derive(dataKey, 'seal');
  const keyId = createHash('sha256').update(sealingKey).digest().subarray(0, 4);
  const header = Buffer.concat([Buffer.of(VERSION), keyId]);

  return {
    seal(plain, context) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(CIPHER, sealingKey, nonce, { authTagLength: TAG_BYTES });
      cipher.setAAD(authenticated(header, context));
      const text = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return Buffer.concat([header, nonce, text, cipher.getAuthTag()]);
    },

    open(sealed, context) {
      const bytes = Buffer.from(sealed);
      if (bytes.length < HEADER_BYTES + NONCE_BYTES + TAG_BYTES || bytes[0] !== VERSION) {
        throw new Error('This is not a sealed thing, or a later version has sealed it.');
      }
      if (!bytes.subarray(0, HEADER_BYTES).equals(header)) {
        throw new Error('This was sealed with another DATA_KEY.');
      }
      const textStart = HEADER_BYTES + NONCE_BYTES;
      const nonce = bytes.subarray(HEADER_BYTES, textStart);
      const decipher = createDecipheriv(CIPHER, sealingKey, nonce, { authTagLength: TAG_BYTES });
      decipher.setAAD(authenticated(header, context));
      decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
      const text = decipher.update(bytes.subarray(textStart, -TAG_BYTES));
      return Buffer.concat([text, decipher.final()]).toString('utf8');
    },

    digest(purpose, text) {
      return createHmac('sha256', derive(dataKey, `digest ${purpose}`))
        .update(text)
        .digest();
    },
  };
}

function derive(dataKey: Uint8Array, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', dataKey, '', `cp2-gateway ${purpose}`, 32));
}

function authenticated(header: Buffer, context: string): Buffer {
  return Buffer.concat([header, Buffer.from(context)]);
}
