import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { patienceUntil } from '../src/http/patience.ts';

/** Collects whatever nobody holds. */
function collect(): void {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
}

const ended = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));

test('patience ends after its time, though nobody but those who listen holds it', async () => {
  const waits = Array.from({ length: 20 }, () => ended(patienceUntil(50, [new AbortController().signal])));
  const listening = Promise.all(waits);
  collect();
  expect(await listening).toHaveLength(20);
});

test('patience ends with any of its signals, and has ended where one has', async () => {
  const [first, second] = [new AbortController(), new AbortController()];
  const patience = patienceUntil(60_000, [first.signal, second.signal]);
  expect(patience.aborted).toBe(false);
  const over = ended(patience);
  second.abort();
  await over;
  expect(patienceUntil(60_000, [first.signal, AbortSignal.abort()]).aborted).toBe(true);
});
