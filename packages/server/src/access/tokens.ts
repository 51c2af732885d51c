import {
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  randomBytes,
  sign,
  timingSafeEqual,
} from 'node:crypto';
import type { AgentId, SignReceipt } from '@mechane/core';
import { canonicalJson } from '@mechane/core/host';

/** Whose token it is. */
export type Caller =
  | { readonly kind: 'admin' }
  | { readonly kind: 'agent'; readonly session: string; readonly agent: AgentId }
  | { readonly kind: 'join'; readonly session: string };

/** What stands before the 32 bytes of a private key (RFC 8410). */
const ed25519Prefix: Buffer = Buffer.from('302e020100300506032b657004220420', 'hex');
/** Bytes of a token that was made, of a session's random name, and of a token's proof. */
const secretBytes = 32;
const nameBytes = 16;

/**
 * Makes a token for an admin: 256 random bits.
 *
 * @category Services
 */
export function randomToken(): string {
  return randomBytes(secretBytes).toString('base64url');
}

/**
 * Tokens, and whatever else follows from the admin's. An agent's token says which session and agent it is for, and proves it by an HMAC (RFC 2104)
 * of the admin's token over both: nothing has to be kept to know it again.
 */
export class Tokens {
  readonly #key: Buffer;
  readonly #adminHash: Buffer;

  constructor(adminToken: string) {
    // The token itself is kept nowhere: what is derived from it does not lead back.
    this.#key = createHmac('sha256', adminToken).update('mechane/tokens').digest();
    this.#adminHash = hashOf(adminToken);
  }

  forAgent(session: string, agent: AgentId): string {
    return this.#token(['agent', session, agent]);
  }

  forJoining(session: string): string {
    return this.#token(['join', session]);
  }

  /** Who has this token; `undefined` where it is none of ours. */
  callerWith(token: string): Caller | undefined {
    if (timingSafeEqual(hashOf(token), this.#adminHash)) return { kind: 'admin' };
    const [said = '', proof = ''] = token.split('.');
    const text = Buffer.from(said, 'base64url');
    const given = Buffer.from(proof, 'base64url');
    const expected = this.#proofOf(text);
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
    const [kind, session = '', agent = ''] = JSON.parse(text.toString()) as [Caller['kind'], string?, string?];
    return kind === 'agent' ? { kind, session, agent } : { kind: 'join', session };
  }

  /** A session's name: by the key of whoever made it, so that the same request comes to the same session; else random. */
  sessionNamed(idempotencyKey: string | undefined): string {
    if (idempotencyKey === undefined) return randomBytes(nameBytes).toString('base64url');
    return this.#proofOf(JSON.stringify(['session', idempotencyKey]))
      .subarray(0, nameBytes)
      .toString('base64url');
  }

  /** The key under which somebody has come in, as the journal may show it: it does not lead back to what was sent. */
  entranceUnder(idempotencyKey: string, session: string): string {
    return this.#proofOf(JSON.stringify(['entrance', session, idempotencyKey])).toString('base64url');
  }

  /** The session that was made under a code: the code, in capitals, is a part of the key of the request that made it. */
  sessionCoded(code: string): string {
    return this.sessionNamed(`code ${code.toUpperCase()}`);
  }

  /** The key with which receipts are signed, Ed25519 (RFC 8032); the same as long as the admin's token is. */
  receiptKey(): ReceiptKey {
    const seed = this.#proofOf(JSON.stringify(['receipts']));
    const key = createPrivateKey({ key: Buffer.concat([ed25519Prefix, seed]), format: 'der', type: 'pkcs8' });
    return {
      // At once: to hand it to another thread takes longer than to sign.
      sign: async ({ session, seq, at, hash }) =>
        sign(null, Buffer.from(canonicalJson({ session, seq, at, hash })), key).toString('hex'),
      publicKey: createPublicKey(key).export({ format: 'jwk' }),
    };
  }

  #token(said: readonly string[]): string {
    const text = JSON.stringify(said);
    return `${Buffer.from(text).toString('base64url')}.${this.#proofOf(text).toString('base64url')}`;
  }

  #proofOf(text: string | Buffer): Buffer {
    return createHmac('sha256', this.#key).update(text).digest();
  }
}

/**
 * The session that a token says it is for, whoever has made it; `undefined` where it says none.
 *
 * @category Services
 */
export function sessionIn(token: string): string | undefined {
  try {
    const said: unknown = JSON.parse(Buffer.from(token.replace(/\..*$/s, ''), 'base64url').toString());
    return Array.isArray(said) && typeof said[1] === 'string' ? said[1] : undefined;
  } catch {
    return undefined;
  }
}

/** What receipts are signed with, and what whoever has one checks it with. */
export interface ReceiptKey {
  readonly sign: SignReceipt;
  /** A JSON Web Key (RFC 8037). */
  readonly publicKey: object;
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
