import type { Progress } from '@mechane/conformance';
import { verifyModule } from '@mechane/conformance/thread';
import { expect, test } from 'vitest';

const at = (name: string): URL => new URL(`./modules/${name}.mjs`, import.meta.url);
const laws = ['strategy-proof'] as const;

test('the subjects of a module are examined in a thread, which tells how far it is', async () => {
  const seen: Progress[] = [];
  const told: string[] = [];
  const reports = await verifyModule(at('pays'), {
    laws,
    runs: 5,
    seed: 3,
    onProgress: (step) => seen.push(step),
    onVerdict: ({ law, verdict }) => told.push(`${law} ${verdict}`),
  });
  expect(reports).toMatchObject([
    {
      mechanism: 'test/pays-its-bid',
      seed: 3,
      laws: [{ verdict: 'refuted', counterexample: { types: { ann: { bid: 1 } } } }],
    },
  ]);
  expect(seen).toEqual([{ mechanism: 'test/pays-its-bid', law: 'strategy-proof', claim: true, done: 0, total: 1 }]);
  expect(told).toEqual(['strategy-proof refuted']);
});

test('a mechanism that does not end is ended by the engine, with the scenario', { tags: ['long'] }, async () => {
  const [report] = await verifyModule(at('ends-by-the-engine'), { laws, runs: 5 });
  expect(report?.laws).toMatchObject([{ verdict: 'does-not-end' }]);
  expect(Object.keys(report?.laws[0]?.counterexample?.types ?? {})).toHaveLength(3);
});

test('where no engine ends it, its thread is ended, and what was found before stays', { tags: ['long'] }, async () => {
  const reports = await verifyModule(at('hangs'), { laws, runs: 5, silence: 6 });
  expect(reports).toMatchObject([
    { mechanism: 'test/pays-its-bid', laws: [{ verdict: 'refuted' }] },
    { mechanism: 'test/hangs', laws: [{ claim: true, verdict: 'does-not-end' }] },
  ]);
});

test('an examination that is called off says what it has not', async () => {
  const stop = new AbortController();
  stop.abort();
  const [report] = await verifyModule(at('pays'), { laws, signal: stop.signal });
  expect(report?.laws).toMatchObject([{ law: 'strategy-proof', verdict: 'undecided' }]);
});

test.each([
  ['nothing', 30, /exports answer, and no subjects/],
  ['missing', 30, /cannot be loaded/],
  ['never-loads', 1, /does not come to an end while it is loaded/],
])('a module that cannot be examined is refused: %s', async (name, silence, problem) => {
  const refused = verifyModule(at(name), { silence });
  await expect(refused).rejects.toMatchObject({
    code: 'module-unusable',
    path: ['module'],
    message: expect.stringMatching(problem),
  });
});
