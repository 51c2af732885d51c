import { publicKeyIn } from '@mechane/core';
import { notAKey } from './errors.ts';
import type { Host } from './host.ts';
import { readText } from './read-input.ts';

/**
 * Reads a public key of Ed25519: a JSON Web Key, or a PEM block (SPKI).
 *
 * @throws CliError `cannot-read`, or `invalid-key`.
 */
export async function readPublicKey(file: string, from: Pick<Host, 'stdin' | 'cwd'>): Promise<CryptoKey> {
  const text = await readText(file, from);
  try {
    return await publicKeyIn(text);
  } catch (cause) {
    throw notAKey(file, cause);
  }
}
