/** A name that nobody else gives. */
export function randomName(): string {
  // crypto.randomUUID is only on pages from https.
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
