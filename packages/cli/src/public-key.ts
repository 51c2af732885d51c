import { notAKey } from './errors.ts';
import type { Host } from './host.ts';
import { readText } from './read-input.ts';

/**
 * Reads a public key of Ed25519: a JSON Web Key, or a PEM block (SPKI).
 *
 * @throws CliError `cannot-read`, or `invalid-key`.
 */
export async function readPublicKey(file: string, from: Pick<Host, 'stdin' | 'cwd'>): Promise<CryptoKey> {
  const text = (await readText(file, from)).trim();
  const algorithm = { name: 'Ed25519' } as const;
  try {
    if (text.startsWith('{')) {
      const { kty = '', crv = '', x = '' } = JSON.parse(text) as { readonly kty?: string; crv?: string; x?: string };
      return await crypto.subtle.importKey('jwk', { kty, crv, x }, algorithm, true, ['verify']);
    }
    const base64 = text.replace(/-----(BEGIN|END) PUBLIC KEY-----/g, '').replace(/\s/g, '');
    return await crypto.subtle.importKey('spki', Buffer.from(base64, 'base64'), algorithm, true, ['verify']);
  } catch (cause) {
    throw notAKey(file, cause);
  }
}
