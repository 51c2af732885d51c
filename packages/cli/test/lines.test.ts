import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type LineBatch, lineBatches } from '../src/lines.ts';

async function batchesOf(chunks: readonly Buffer[], longest?: number): Promise<LineBatch[]> {
  const batches: LineBatch[] = [];
  async function* stream(): AsyncGenerator<Buffer> {
    yield* chunks;
  }
  for await (const batch of lineBatches(stream(), longest)) batches.push(batch);
  return batches;
}

/** Cuts a text where it is told to. */
function cut(text: string, places: readonly number[]): Buffer[] {
  const bytes = Buffer.from(text);
  const ends = [...places.map((place) => place % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
  return ends.map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end));
}

const text = fc.string({ unit: fc.constantFrom('a', 'é', '\n', '😀') });

test('however the input arrives, the lines are the same and none is torn', async () => {
  await fc.assert(
    fc.asyncProperty(text, fc.array(fc.nat()), async (whole, places) => {
      const batches = await batchesOf(cut(whole, places));
      expect(batches.map(String).join('')).toBe(whole);
      for (const batch of batches.slice(0, -1)) expect(String(batch).endsWith('\n')).toBe(true);
    }),
  );
});

test('a line that is too long is thrown away and said so once, and those after it are not', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(200)), async (places) => {
      const batches = await batchesOf(cut(`one\n${'x'.repeat(100)}\ntwo\n${'y'.repeat(100)}`, places), 10);
      const lines = batches.flatMap((batch) => (batch === 'too-long' ? [batch] : String(batch).split('\n')));
      const short = lines.filter((line) => line.length > 0 && line.length <= 10);
      expect(short.filter((line) => line === 'one' || line === 'two')).toEqual(['one', 'two']);
      const long = lines.filter((line) => line === 'too-long' || line.length > 10);
      expect(long).toHaveLength(2);
    }),
  );
});
