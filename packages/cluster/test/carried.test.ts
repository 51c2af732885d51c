import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { requestIn, textOfRequest, waitIn } from '../src/carried.ts';

const { signal } = new AbortController();

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

test('whoever is asked instead of a node that is gone waits for what is left of the time, and no longer', async () => {
  const text = await textOfRequest(new Request('http://house.test/sessions/s/ask?wait=10'));
  const waits = [0, 4_000, 20_000].map((milliseconds) => {
    vi.setSystemTime(Date.now() + milliseconds);
    return new URL(requestIn(text, signal).url).searchParams.get('wait');
  });
  expect(waits).toEqual(['10', '6', '0']);
});

test.each([
  ['/ask', 0],
  ['/ask?wait=', 0],
  ['/ask?wait=2.5', 2_500],
  ['/places?after=a&wait=20', 20_000],
  ['/ask?wait=1e99', 3_600_000],
  ['/ask?await=20', 0],
])('%s waits for %d ms', (path, milliseconds) => {
  expect(waitIn(`http://house.test/sessions/s${path}`)).toBe(milliseconds);
});

test.each(['soon', '-5', '10s'])('a wait of %s is handed on as it stands, to be refused', async (wait) => {
  const url = `http://house.test/sessions/s/ask?wait=${wait}`;
  expect(requestIn(await textOfRequest(new Request(url)), signal).url).toBe(url);
});
