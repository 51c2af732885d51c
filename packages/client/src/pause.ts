/**
 * Waits.
 *
 * @throws the signal's reason as soon as it aborts.
 */
export function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, milliseconds);
    if (signal?.aborted) stop();
    else signal?.addEventListener('abort', stop, { once: true });
  });
}

/** The moments at which something is tried again: each time later, and never all at once with others. */
export function growing(first: number, most: number, tries: number): number {
  return Math.min(most, first * 2 ** tries) * (1 + Math.random()) * 0.5;
}

/** A name that nobody else gives. */
export function randomName(): string {
  // crypto.randomUUID is only on pages from https.
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
