import { notAPublicKey } from '../errors.ts';
import { canonicalJson } from './canonical-json.ts';
import { fromHex, toHex } from './sha256.ts';

/**
 * What whoever keeps a journal vouches for: that the chain of this run stood at this hash after the entry of this number.
 *
 * @category Journals
 */
export interface SignedStatement {
  readonly session: string;
  readonly seq: number;
  readonly at: number;
  readonly hash: string;
}

/**
 * Gives the signature of a statement, in hexadecimal.
 *
 * @category Journals
 */
export type SignReceipt = (statement: SignedStatement) => Promise<string>;

const algorithm = { name: 'Ed25519' } as const;

/**
 * Signs receipts with a private key of Ed25519 (RFC 8032), by WebCrypto.
 *
 * @category Journals
 * @example
 * ```ts
 * import { isSignedBy, signingWith } from '@mechane/core';
 *
 * const { privateKey, publicKey } = await crypto.subtle.generateKey({ name: 'Ed25519' }, false, ['sign', 'verify']);
 * const statement = { session: 'auction 7', seq: 3, at: 1_000, hash: 'ab'.repeat(32) };
 * const signature = await signingWith(privateKey)(statement);
 * await isSignedBy(publicKey, { ...statement, signature }); // => true
 * await isSignedBy(publicKey, { ...statement, at: 999, signature }); // => false
 * ```
 */
export function signingWith(privateKey: CryptoKey): SignReceipt {
  return async (statement) => toHex(new Uint8Array(await crypto.subtle.sign(algorithm, privateKey, textOf(statement))));
}

/**
 * Whether a receipt was signed by the holder of the key.
 *
 * @category Journals
 */
export function isSignedBy(
  publicKey: CryptoKey,
  { signature, ...statement }: SignedStatement & { readonly signature: string },
): Promise<boolean> {
  return crypto.subtle.verify(algorithm, publicKey, fromHex(signature), textOf(statement));
}

/**
 * The key that shows who signed, as whoever signs publishes it: a JSON Web Key (RFC 8037) or a PEM block (RFC 8410).
 *
 * @throws MechaneError `invalid-key`.
 * @category Journals
 * @example
 * ```ts
 * import { publicKeyIn } from '@mechane/core';
 *
 * const key = await publicKeyIn('{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}');
 * key.usages; // => ['verify']
 * ```
 */
export async function publicKeyIn(text: string): Promise<CryptoKey> {
  try {
    if (text.trim().startsWith('{')) {
      const { kty, crv, x } = JSON.parse(text) as Required<JsonWebKey>;
      return await crypto.subtle.importKey('jwk', { kty, crv, x }, algorithm, true, ['verify']);
    }
    const base64 = text.replace(/-----(BEGIN|END) PUBLIC KEY-----/g, '').replace(/\s/g, '');
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    return await crypto.subtle.importKey('spki', bytes, algorithm, true, ['verify']);
  } catch (cause) {
    throw notAPublicKey(cause);
  }
}

function textOf({ session, seq, at, hash }: SignedStatement): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(canonicalJson({ session, seq, at, hash })) as Uint8Array<ArrayBuffer>;
}
