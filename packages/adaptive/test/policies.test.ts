import { type Random, seededRandom } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import { exp3, fixed, linUcb, type Policy, slidingWindowUcb, thompson, ucb1 } from '../src/index.ts';
import { drawBeta } from '../src/policies/beta-draw.ts';

const seeds = Array.from({ length: 20 }, (_, seed) => seed);

/** Pulls arms that pay 1 with these probabilities, which may change; gives the expected regret after each pull, added up. */
function regretsOf(
  policy: Policy,
  means: (pull: number) => readonly number[],
  rounds: number,
  random: Random,
): Float64Array {
  const regrets = new Float64Array(rounds);
  let regret = 0;
  for (let pull = 0; pull < rounds; pull++) {
    const now = means(pull);
    const arm = policy.choose();
    policy.learn(arm, random.next() < (now[arm] as number) ? 1 : 0);
    regret += Math.max(...now) - (now[arm] as number);
    regrets[pull] = regret;
  }
  return regrets;
}

const means = [0.3, 0.5, 0.45, 0.7];
const rounds = 10_000;
const gaps = means.map((mean) => 0.7 - mean).filter((gap) => gap > 0);
const total = gaps.reduce((sum, gap) => sum + gap, 0);
/** Auer, Cesa-Bianchi and Fischer 2002, theorem 1. */
const ucbBound = 8 * gaps.reduce((sum, gap) => sum + Math.log(rounds) / gap, 0) + (1 + Math.PI ** 2 / 3) * total;
/** Auer, Cesa-Bianchi, Freund and Schapire 2002, corollary 3.2. */
const exp3Bound = 2 * Math.sqrt((Math.E - 1) * rounds * means.length * Math.log(means.length));
/** Agrawal and Goyal 2013, theorem 2, with epsilon 1/2: (1 + 1/2)² Σ ln(T)·Δ/KL + a constant that does not grow, here left out. */
const divergence = (p: number, q: number) => p * Math.log(p / q) + (1 - p) * Math.log((1 - p) / (1 - q));
const thompsonBound =
  2.25 *
  means
    .filter((mean) => mean < 0.7)
    .reduce((sum, mean) => sum + (Math.log(rounds) * (0.7 - mean)) / divergence(mean, 0.7), 0);

type Made = (random: Random) => Policy;
const policies: readonly (readonly [string, Made, number])[] = [
  ['UCB1', () => ucb1(4), ucbBound],
  ['Thompson sampling', (random) => thompson(4, random), thompsonBound],
  ['Exp3', (random) => exp3(4, random, { rounds }), exp3Bound],
  // With a window as long as the run it is UCB with narrower bounds (Garivier and Moulines 2011, section 3).
  ['sliding-window UCB', () => slidingWindowUcb(4, { window: rounds }), ucbBound],
];
const finalRegret = (make: Made, seed: number) =>
  regretsOf(make(seededRandom(seed)), () => means, rounds, seededRandom(1_000 + seed)).at(-1) as number;

describe('regret', () => {
  test.each(policies)('of %s stays under its published bound', (_name, make, bound) => {
    const regrets = seeds.map((seed) => finalRegret(make, seed));
    expect(Math.max(...regrets)).toBeLessThan(bound);
    // And of a policy that takes no note of rewards it does not.
    const deaf = seeds.map((seed) => finalRegret((random) => ({ ...make(random), learn: () => undefined }), seed));
    expect(Math.min(...deaf)).toBeGreaterThan(bound);
  });
  test('of a fixed arm grows with its gap', () => {
    expect(finalRegret(() => fixed(4, 1), 1)).toBeCloseTo(0.2 * rounds, 6);
    expect(finalRegret(() => fixed(4, 3), 1)).toBe(0);
  });
});

test('after a change, sliding-window UCB recovers and UCB1 does not', () => {
  const change = 10_000;
  const changing = (pull: number) => (pull < change ? [0.9, 0.5] : [0.1, 0.5]);
  const after = (policy: Policy, seed: number) => {
    const regrets = regretsOf(policy, changing, 11_000, seededRandom(seed));
    return (regrets.at(-1) as number) - (regrets[change - 1] as number);
  };
  for (const seed of seeds) {
    const own = after(slidingWindowUcb(2, { window: 400 }), seed);
    // 1,000 pulls after the change, a gap of 0.4: learning nothing costs 400.
    expect(own).toBeLessThan(150);
    expect(after(ucb1(2), seed)).toBeGreaterThan(300);
  }
});

test('LinUCB finds which arm is good when', () => {
  const random = seededRandom(3);
  const policy = linUcb(2, { features: 2 });
  let late = 0;
  for (let pull = 0; pull < 2_000; pull++) {
    const context = Float64Array.of(1, random.next() < 0.5 ? 0 : 1);
    const chance = [0.2 + 0.6 * (context[1] as number), 0.7 - 0.4 * (context[1] as number)];
    const arm = policy.choose(context);
    policy.learn(arm, random.next() < (chance[arm] as number) ? 1 : 0, context);
    if (pull >= 1_000) late += Math.max(...chance) - (chance[arm] as number);
  }
  // Either arm alone would lose about 225.
  expect(late).toBeLessThan(60);
  expect(() => policy.choose()).toThrow(/a context of 0 numbers was given, and there are 2 features/);
  expect(() => policy.learn(0, 1, Float64Array.of(1))).toThrow(RangeError);
});

test('Exp3 keeps up with rewards that change against it', () => {
  // The adversary pays whichever arm was pulled less so far.
  for (const seed of seeds.slice(0, 5)) {
    const policy = exp3(2, seededRandom(seed), { rounds: 5_000 });
    const pulls = [0, 0];
    const couldHave = [0, 0];
    let earned = 0;
    for (let pull = 0; pull < 5_000; pull++) {
      const paying = (pulls[0] as number) <= (pulls[1] as number) ? 0 : 1;
      const arm = policy.choose();
      policy.learn(arm, arm === paying ? 1 : 0);
      earned += arm === paying ? 1 : 0;
      couldHave[paying] = (couldHave[paying] as number) + 1;
      pulls[arm] = (pulls[arm] as number) + 1;
    }
    expect(Math.max(...couldHave) - earned).toBeLessThan(2 * Math.sqrt((Math.E - 1) * 5_000 * 2 * Math.log(2)));
  }
});

test('draws of the beta distribution have its mean and variance', () => {
  const random = seededRandom(5);
  for (const [one, other] of [
    [1, 1],
    [2, 5],
    [30, 10],
  ] as const) {
    const drawn = Array.from({ length: 20_000 }, () => drawBeta(random, one, other));
    const mean = drawn.reduce((sum, value) => sum + value, 0) / drawn.length;
    const variance = drawn.reduce((sum, value) => sum + (value - mean) ** 2, 0) / drawn.length;
    const expected = one / (one + other);
    const spread = (expected * (1 - expected)) / (one + other + 1);
    // Five standard errors.
    expect(Math.abs(mean - expected)).toBeLessThan(5 * Math.sqrt(spread / drawn.length));
    expect(variance / spread).toBeCloseTo(1, 1);
  }
});

describe('rewards', () => {
  const random = seededRandom(3);
  const made: readonly (readonly [name: string, policy: Policy])[] = [
    ['UCB1', ucb1(2)],
    ['Thompson sampling', thompson(2, random)],
    ['Exp3', exp3(2, random, { rounds: 100 })],
    ['sliding-window UCB', slidingWindowUcb(2)],
  ];
  test.each(made)('that are not between 0 and 1 are refused by %s, and spoil nothing', (_, policy) => {
    for (const reward of [Number.NaN, Number.POSITIVE_INFINITY, -1e-9, 1.000001, 4]) {
      expect(() => policy.learn(0, reward)).toThrow(expect.objectContaining({ code: 'invalid-value' }));
    }
    const pulls = [0, 0];
    for (let pull = 0; pull < 2_000; pull++) {
      const arm = policy.choose();
      policy.learn(arm, arm);
      pulls[arm] = (pulls[arm] as number) + 1;
    }
    expect(pulls[1]).toBeGreaterThan(1_500);
  });
  test('of LinUCB may be any finite numbers', () => {
    const policy = linUcb(2, { features: 1 });
    const context = Float64Array.of(1);
    expect(() => policy.learn(0, Number.NaN, context)).toThrow(expect.objectContaining({ code: 'invalid-value' }));
    policy.learn(0, -40, context);
    policy.learn(1, 40, context);
    expect(policy.choose(context)).toBe(1);
  });
});
