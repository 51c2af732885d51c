import { canonicalJson } from './canonical-json.ts';
import { cannotVerify, falseProof, falseReceipt } from './errors.ts';
import type { Proof, Receipt } from './wire.ts';

const utf8 = new TextEncoder();

/** The key of receipts, from a JSON Web Key (RFC 8037). */
export async function receiptKey(jwk: JsonWebKey): Promise<CryptoKey> {
  try {
    const { kty = '', crv = '', x = '' } = jwk;
    return await crypto.subtle.importKey('jwk', { kty, crv, x }, { name: 'Ed25519' }, true, ['verify']);
  } catch (cause) {
    throw cannotVerify(cause);
  }
}

/**
 * What a service gives as a receipt, once it is one.
 *
 * @param key whose signature it has to bear; `undefined` where that is not to be checked
 * @throws ServiceError `false-receipt`.
 */
export async function checkedReceipt(given: unknown, session: string, key: CryptoKey | undefined): Promise<Receipt> {
  const { seq, at, hash, signature, ...rest } = (given ?? {}) as Partial<Receipt>;
  if (rest.session !== session) throw falseReceipt('it is for another session');
  if (!Number.isSafeInteger(seq) || typeof at !== 'number' || !isHex(hash, 32)) throw falseReceipt('it says not where');
  const receipt = { session, seq: seq as number, at, hash, signature: signature as string };
  if (key === undefined) return receipt;
  if (!isHex(signature, 64)) throw falseReceipt('it is not signed');
  const text = utf8.encode(canonicalJson({ session, seq, at, hash }));
  if (!(await crypto.subtle.verify('Ed25519', key, bytesOf(signature), text))) {
    throw falseReceipt('the service did not sign it with its key');
  }
  return receipt;
}

/** What the entry of a receipt has to say. */
export interface Said {
  readonly receipt: Receipt;
  readonly agent: string;
  /** The message, where it is known. */
  readonly message?: unknown;
  readonly key?: string | undefined;
}

/**
 * What a service gives as a proof that a message stands in the journal, once it is one.
 *
 * @throws ServiceError `false-proof`.
 */
export async function checkedProof(given: unknown, { receipt, agent, message, key }: Said): Promise<Proof> {
  const proof = (given ?? {}) as Proof;
  const { entry, salt, previous, leaves, head } = proof;
  const isWhole =
    typeof entry === 'object' &&
    entry !== null &&
    isHex(salt, 16) &&
    (previous === '' || isHex(previous, 32)) &&
    Array.isArray(leaves) &&
    leaves.every((leaf) => isHex(leaf, 32));
  if (!isWhole) throw falseProof('a part of it is missing');
  if (entry.kind !== 'message' || entry.agent !== agent) throw falseProof('the entry is not a message of this agent');
  if (entry.seq !== receipt.seq || entry.at !== receipt.at) throw falseProof('the entry is not that of the receipt');
  if (key !== undefined && entry.key !== key) throw falseProof('the entry was made under another key');
  if (message !== undefined && !isIn(message, entry.message)) throw falseProof('the entry says something else');
  let hash = await digest(bytesOf(previous), await digest(bytesOf(salt), utf8.encode(canonicalJson(entry))));
  if (toHex(hash) !== receipt.hash) throw falseProof('the entry does not lead to the hash of the receipt');
  for (const leaf of leaves) hash = await digest(hash, bytesOf(leaf));
  if (toHex(hash) !== head) throw falseProof('the leaves do not lead to the head');
  return proof;
}

/** Whether all that was said stands in an entry. Where a mechanism says what a missing part means, the entry has that besides. */
function isIn(said: unknown, entry: unknown): boolean {
  if (typeof said !== 'object' || said === null) return said === entry;
  if (typeof entry !== 'object' || entry === null || Array.isArray(said) !== Array.isArray(entry)) return false;
  if (Array.isArray(said) && said.length !== (entry as unknown[]).length) return false;
  return Object.entries(said).every(
    ([key, member]) => member === undefined || (Object.hasOwn(entry, key) && isIn(member, entry[key as never])),
  );
}

async function digest(...parts: readonly Uint8Array[]): Promise<Uint8Array> {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return new Uint8Array(await crypto.subtle.digest('SHA-256', all));
}

function isHex(text: unknown, bytes: number): text is string {
  return typeof text === 'string' && text.length === bytes * 2 && /^[0-9a-f]*$/.test(text);
}

function bytesOf(hex: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: hex.length / 2 }, (_, at) => Number.parseInt(hex.slice(2 * at, 2 * at + 2), 16));
}

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
