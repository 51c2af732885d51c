import { truthful, untruthful } from '@mechane/core';
import { expect, test } from 'vitest';

test('truth that is dominant is also the best reply and the best in expectation', () => {
  const claims = truthful('Vickrey 1961');
  expect(claims.map(({ law, holds }) => [law, holds])).toEqual([
    ['strategy-proof', true],
    ['ex-post-incentive-compatible', true],
    ['bayesian-incentive-compatible', true],
  ]);
  for (const claim of claims) {
    expect(claim.because).toContain('Vickrey 1961');
    expect('domain' in claim).toBe(false);
  }
  expect(truthful('Moulin 1980', 'single-peaked').map(({ domain }) => domain)).toEqual(Array(3).fill('single-peaked'));
});

test('one misreport refutes every stronger kind of truthfulness too, by the same witness', () => {
  const witness = { reports: { ann: { bid: 9 } }, deviation: { ann: { bid: 0 } }, agent: 'ann' };
  const claims = untruthful('a winner pays its bid', witness);
  expect(claims.map(({ law, holds }) => [law, holds])).toEqual([
    ['strategy-proof', false],
    ['ex-post-incentive-compatible', false],
    ['obviously-strategy-proof', false],
    ['group-strategy-proof', false],
    ['false-name-proof', false],
  ]);
  for (const claim of claims) {
    expect(claim.witness).toBe(witness);
    expect(claim.because).toContain('a winner pays its bid');
  }
});
