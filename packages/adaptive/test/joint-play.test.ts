import { seededRandom } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import { type JointPlay, simulate } from '../src/index.ts';
import { run, source, uniform } from './population.ts';

/** What was heard of the play at each arm. */
async function heard(experiment: Parameters<typeof run>[0]): Promise<Map<number, JointPlay | undefined>> {
  const plays = new Map<number, JointPlay | undefined>();
  await run(experiment, { onPlay: (arm, play) => plays.set(arm, play) });
  return plays;
}

const constant = (value: number) => ({ kind: 'constant' as const, value });

describe('joint play', () => {
  test('counts how often everybody bid what, by class of values', async () => {
    const plays = await heard({
      population: {
        bidders: [
          { kind: 'truthful', values: constant(4) },
          { kind: 'shading', share: 0.5, values: constant(2) },
        ],
        bids: 5,
      },
      rounds: 30,
    });
    const play = plays.get(0) as JointPlay;
    expect(play).toMatchObject({ agents: ['truthful1', 'shading1'], rounds: 30, range: 4 });
    expect(play.reports[0]).toEqual([{ bid: 0 }, { bid: 1 }, { bid: 2 }, { bid: 3 }, { bid: 4 }]);
    expect(play.types).toEqual([[{ bid: 4 }], [{ bid: 2 }]]);
    // The last agent's bid runs fastest: 4 and 1 stand at 4 · 5 + 1.
    for (const [own] of play.counts) {
      expect(own?.[21]).toBe(30);
      expect(own?.reduce((sum, count) => sum + count, 0)).toBe(30);
    }
  });

  test('bids among no learner’s are taken at the nearest, and types are what a class was worth on average', async () => {
    const plays = await heard({
      population: {
        bidders: [
          { kind: 'truthful', values: { kind: 'empirical', samples: [0.2, 1.6] } },
          { kind: 'truthful', values: { kind: 'empirical', samples: [0.9, 4] } },
        ],
        bids: 5,
        classes: 2,
      },
      rounds: 200,
    });
    const { types, counts } = plays.get(0) as JointPlay;
    expect(types).toEqual([
      [{ bid: expect.closeTo(0.2, 12) }, { bid: expect.closeTo(1.6, 12) }],
      [{ bid: expect.closeTo(0.9, 12) }, { bid: 4 }],
    ]);
    // 0.2 and 1.6 are nearest to 0 and 2, 0.9 to 1.
    const met = new Set(
      counts
        .flatMap((own) => own.flatMap((class_) => [...class_.entries()].filter(([, n]) => n > 0)))
        .map(([at]) => at),
    );
    expect([...met].sort((a, b) => a - b)).toEqual([1, 4, 11, 14]);
  });

  test('is heard of every arm that was played, of none where there are lots or too many profiles', async () => {
    const arms = [
      { mechanism: 'auction-sealed/first-price' },
      { mechanism: 'auction-sealed/random-sampling' },
      { mechanism: 'auction-sealed/second-price' },
    ];
    const plays = await heard({ arms, policy: { kind: 'ucb1' }, rounds: 300 });
    expect([0, 1, 2].map((arm) => plays.get(arm)?.rounds !== undefined)).toEqual([true, false, true]);
    const crowd = { bidders: [{ kind: 'truthful', count: 4, values: uniform }] };
    expect([...(await heard({ population: crowd, rounds: 5 }))]).toEqual([[0, undefined]]);
    const fixed = await heard({ arms, policy: { kind: 'fixed', arm: 2 }, rounds: 5 });
    expect([...fixed.keys()]).toEqual([2]);
  });

  test('leaves out rounds in which somebody failed to bid, and classes that never came', async () => {
    const plays: (JointPlay | undefined)[] = [];
    const random = seededRandom(1);
    const bidders = [
      { kind: 'moody', values: uniform },
      { kind: 'truthful', values: uniform },
    ];
    await simulate(
      { arms: [{ mechanism: 'auction-sealed/first-price' }], population: { bidders, bids: 3 }, rounds: 4, seed: 1 },
      {
        mechane: source(),
        bidders: { moody: () => ({ bid: (value) => (random.next() < 0.5 ? Number.NaN : value) }) },
        onPlay: (_, play) => plays.push(play),
      },
    );
    const [play] = plays;
    expect(play?.rounds).toBeLessThan(4);
    // Ten classes, four rounds: some never came, and stand at the lowest value.
    expect(play?.types[0]?.filter((type) => 'bid' in type && type.bid === 0).length).toBeGreaterThanOrEqual(6);
  });
});
