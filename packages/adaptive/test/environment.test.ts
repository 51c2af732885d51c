import { sealedAuctions } from '@mechane/auction-sealed';
import { createMechane } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import { repeated } from '../src/index.ts';
import { messaged, uniform } from './population.ts';

const mechane = createMechane().use(sealedAuctions);
const secondPrice = mechane.mechanism('auction-sealed/second-price');
const values = { ann: uniform, bob: uniform, cat: { kind: 'exponential' as const, mean: 1 } };

/** Everything that happens when all bid half of their values. */
function trace(seed: number, settings: object = {}): unknown[] {
  const game = repeated(secondPrice, { values, rounds: 50, settings });
  let observations = game.reset(seed);
  const steps: unknown[] = [observations];
  for (let done = false; !done; ) {
    const bids = Object.fromEntries(game.agents.map((agent) => [agent, (observations[agent]?.value ?? 0) / 2]));
    const step = game.step(bids);
    steps.push(step);
    ({ observations, done } = step);
  }
  return steps;
}

describe('a mechanism as an environment of many agents', () => {
  test('the same seed gives an identical trace, another seed another', () => {
    expect(trace(7)).toEqual(trace(7));
    expect(trace(7)).not.toEqual(trace(8));
    // Also where ties are broken by lot.
    expect(trace(7, { breakTie: 'lot' })).toEqual(trace(7, { breakTie: 'lot' }));
  });
  test('reset begins anew on the same environment', () => {
    const game = repeated(secondPrice, { values, rounds: 3 });
    const first = game.reset(1);
    game.step({ ann: 1 });
    expect(game.reset(1)).toEqual(first);
  });
  test('rewards are utilities at the values drawn, and everybody sees the price', () => {
    const game = repeated(secondPrice, {
      values: { ann: { kind: 'constant', value: 10 }, bob: { kind: 'constant', value: 7 } },
      rounds: 2,
    });
    expect(game.reset(1)).toEqual({
      ann: { round: 0, value: 10, last: undefined },
      bob: { round: 0, value: 7, last: undefined },
    });
    const { observations, rewards, done, info } = game.step({ ann: 9, bob: 9.5 });
    expect(rewards).toEqual({ ann: 0, bob: -2 });
    expect(done).toBe(false);
    expect(info).toMatchObject({ welfare: 7, revenue: 9, efficiency: 0.7, outcome: { winner: 'bob', payment: 9 } });
    expect(observations.ann).toEqual({ round: 1, value: 10, last: { price: 9, utility: 0 } });
    expect(game.step({ ann: 9 }).done).toBe(true);
    expect(() => game.step({})).toThrow(/the game is over/);
  });
  test('whoever gives no bid, or none that can be one, stays away', () => {
    const game = repeated(secondPrice, { values, rounds: 4 });
    expect(() => game.step({})).toThrow(/reset the environment first/);
    game.reset(1);
    expect(game.step({}).info.outcome).toMatchObject({ winner: null });
    expect(game.step({ ann: Number.NaN, bob: -1, cat: 2 }).info.outcome).toMatchObject({ winner: 'cat' });
    expect(game.step({ ann: Number.POSITIVE_INFINITY, bob: 1 }).info.outcome).toMatchObject({ winner: 'bob' });
  });
  test('lists of one number, and keys that are given, are reports too', () => {
    const vickrey = mechane.mechanism('auction-sealed/vickrey');
    const game = repeated(vickrey, { values: { ann: uniform, bob: uniform }, rounds: 1, settings: { units: 1 } });
    game.reset(1);
    expect(game.step({ ann: 3, bob: 2 }).info.outcome).toMatchObject({ payments: { ann: 2, bob: 0 } });
    const named = repeated(secondPrice, {
      values: { ann: uniform },
      rounds: 1,
      report: 'bid',
      with: { ann: { value: 'x' } },
    });
    named.reset(1);
    expect(named.step({ ann: 3 }).info.outcome).toMatchObject({ winningValue: 'x' });
  });
  test('where nothing says where bids go, it says what to do', () => {
    expect(() => repeated(messaged, { values, rounds: 1 })).toThrow(
      expect.objectContaining({ code: 'unknown-report' }),
    );
    expect(() => repeated(secondPrice, { values, rounds: 1, report: 'bud' })).toThrow(
      expect.objectContaining({ code: 'unknown-key', path: ['report', 'bud'], fix: 'did you mean "bid"?' }),
    );
  });
});
