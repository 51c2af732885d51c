import { firstPrice, secondPrice } from '@mechane/auction-sealed';
import { type Domain, singleItem, subject, verify } from '@mechane/conformance';
import { type Claim, createMechane, definePlugin, directMechanism, type Mechanism } from '@mechane/core';
import { createOptimizer } from '@mechane/optimization';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import {
  type AgentType,
  BayesianGame,
  bayesNash,
  bestInterimManipulation,
  bestManipulation,
  type DesignProblem,
  dominantActions,
  induce,
  type LotteryOutcome,
  optimalMechanism,
  strategicForm,
  truthIsDominant,
} from '../src/index.ts';

const bids = (...values: number[]) => values.map((bid) => ({ bid }));
const coded = (code: string, path: readonly (string | number)[]) => expect.objectContaining({ code, path });

describe('a mechanism as a game', () => {
  const values = bids(1, 2, 3, 4);
  test('has truth for a dominant strategy in the second-price auction, and not in the first-price auction', () => {
    const second = induce(secondPrice, { types: { ann: values, bob: values, cat: values } });
    expect(truthIsDominant(second)).toBe(true);
    expect(bestManipulation(second)).toBeUndefined();
    expect(bestInterimManipulation(second)).toBeUndefined();
    const first = induce(firstPrice, { types: { ann: values, bob: values } });
    expect(truthIsDominant(first)).toBe(false);
    expect(dominantActions(first)[0]?.[3]).toEqual([]);
    expect(first.direct).toBe(true);
    expect(first.outcome([2, 1])).toMatchObject({ winner: 'ann', payment: 3 });
  });
  test('says what the best manipulation gains, and what it costs the others', () => {
    // Worth 4 against 1, ann needs to bid only 1: ties go to ann. The loser bob loses nothing by it.
    const first = induce(firstPrice, { types: { ann: values, bob: values } });
    expect(bestManipulation(first)).toEqual({
      player: 0,
      type: 3,
      action: 3,
      deviation: 0,
      gain: 3,
      harm: 0,
      types: [3, 0],
    });
    // Both are worth 4 and bid 2, and the tie goes to ann. Bob wins with 3 and gains 1; ann loses 2.
    const reports = bids(0, 2, 3);
    const tied = induce(firstPrice, { types: { ann: bids(4), bob: bids(4) }, reports: { ann: reports, bob: reports } });
    expect(bestManipulation(tied, { plans: [[1], [1]] })).toMatchObject({ player: 1, deviation: 2, gain: 1, harm: 2 });
  });
  test('averages over the types of the others', () => {
    const first = induce(firstPrice, {
      types: { ann: bids(2), bob: bids(0, 2) },
      probabilities: { bob: ['1/4', '3/4'] },
      reports: { ann: bids(0, 1, 2), bob: bids(0, 1, 2) },
    });
    // Against truthful bob, ann's bids 0, 1, 2 win with 1/4, 1/4 and 1, and pay 2·1/4, 1·1/4 and 0.
    expect(bestInterimManipulation(first, { plans: [[2], [0, 2]] })).toEqual({
      player: 0,
      type: 0,
      action: 2,
      deviation: 0,
      gain: 0.5,
      harm: 0,
      types: undefined,
    });
  });
  test('has the equilibrium of Vickrey 1961: half of one’s value, for two bidders with evenly drawn values', async () => {
    const game = induce(firstPrice, {
      types: { ann: bids(0, 2), bob: bids(0, 2) },
      reports: { ann: bids(0, 1, 2), bob: bids(0, 1, 2) },
    });
    const { results, complete } = await bayesNash(game).all();
    expect(complete).toBe(true);
    expect(results.map(({ plans }) => plans)).toContainEqual([
      [0, 1],
      [0, 1],
    ]);
    const strategic = strategicForm(game);
    for (const { plans, payoffs } of results) {
      const profile = plans.map(([low = 0, high = 0]) => 3 * low + high);
      expect(payoffs.map(String)).toEqual([0, 1].map((player) => strategic.payoff(player, profile).toString()));
    }
    // Every equilibrium of the strategic form, found from the definition, is one of the list, and no other.
    const plans = [...Array(9).keys()];
    const nash = plans.flatMap((one) =>
      plans
        .filter((other) =>
          plans.every(
            (lie) =>
              strategic.payoff(0, [lie, other]).compare(strategic.payoff(0, [one, other])) <= 0 &&
              strategic.payoff(1, [one, lie]).compare(strategic.payoff(1, [one, other])) <= 0,
          ),
        )
        .map((other) => [one, other]),
    );
    expect(results.map(({ plans: found }) => found.map(([low = 0, high = 0]) => 3 * low + high))).toEqual(nash);
  });
  test('averages over lots', () => {
    const settings = { breakTie: 'lot' } as const;
    const seeds = Array.from({ length: 400 }, (_, seed) => seed);
    const game = induce(secondPrice, { settings, seeds, types: { ann: bids(5), bob: bids(5) } });
    expect(game.payoff(0, [0, 0], [0, 0])).toBe(0);
    const free = induce(firstPrice, {
      settings,
      seeds,
      types: { ann: bids(4), bob: bids(4) },
      reports: { ann: bids(0), bob: bids(0) },
    });
    const share = free.payoff(0, [0, 0], [0, 0]) / 4;
    expect(share + free.payoff(1, [0, 0], [0, 0]) / 4).toBe(1);
    expect(Math.abs(share - 0.5)).toBeLessThan(0.125);
  });
  test('says what is wrong', () => {
    expect(() => induce(firstPrice, { types: { ann: [{ bid: -1 }] } })).toThrow(
      coded('invalid-report', ['types', 'ann', 0, 'bid']),
    );
    expect(() => induce(firstPrice, { types: { ann: bids(1) }, settings: { reserve: -1 } })).toThrow(/reserve/);
    expect(() => induce(firstPrice, { types: { ann: bids(1) }, probabilities: { ann: ['1/2'] } })).toThrow(
      coded('invalid-game', ['probabilities', 0]),
    );
    expect(() => induce(firstPrice, { types: { ann: bids(1) }, seeds: [] })).toThrow(coded('invalid-game', ['seeds']));
    expect(() => induce(firstPrice, { types: { ann: [] } })).toThrow(coded('invalid-game', ['types', 0]));
    const many = bids(...Array.from({ length: 100 }, (_, bid) => bid));
    expect(() => induce(firstPrice, { types: { a: many, b: many, c: many } })).toThrow(coded('too-large', ['reports']));
    const mute = directMechanism({
      id: 'test/mute',
      settings: z.strictObject({}),
      report: z.strictObject({}),
      decide: () => ({}),
    });
    expect(() => induce(mute, { types: { ann: [{}] } })).toThrow(/what its outcomes are worth/);
    const game = induce(firstPrice, { types: { ann: bids(1, 2) }, reports: { ann: bids(1) } });
    expect(() => bestManipulation(game)).toThrow(/give plans/);
    expect(() => bestManipulation(game, { plans: [[0, 1]] })).toThrow(coded('invalid-game', ['plans', 0]));
  });
});

describe('a Bayesian game', () => {
  const parts = {
    players: ['a', 'b'],
    types: [['x'], ['x', 'y']],
    actions: [
      ['l', 'r'],
      ['l', 'r'],
    ],
    payoff: () => 0,
  };
  test('of lemons has no trade in equilibrium but of the worst (Akerlof 1970)', () => {
    const lemons = new BayesianGame({
      players: ['seller', 'buyer'],
      types: [['lemon', 'sound'], ['any']],
      actions: [
        ['keep', 'offer'],
        ['pass', 'buy'],
      ],
      payoff: (player, [sound = 0], [offered, bought]) => {
        if (!offered || !bought) return player === 0 ? 4 * sound : 0;
        return player === 0 ? 3 : 6 * sound - 3;
      },
    });
    // A sound good is worth 4 to its owner and sells for 3: it is never offered to a buyer who buys, and then only lemons are.
    for (const {
      plans: [[, sound] = [], [buys] = []],
    } of bayesNash(lemons).now().results)
      expect(sound === 1 && buys === 1).toBe(false);
  });
  test('counts what it is given', () => {
    const made = (more: object) => () => new BayesianGame({ ...parts, ...more });
    expect(made({ types: [['x']] })).toThrow(coded('invalid-game', ['types']));
    expect(made({ actions: [['l'], []] })).toThrow(coded('invalid-game', ['actions', 1]));
    expect(made({ probabilities: [[1], ['2/3', '2/3']] })).toThrow(/sum to 4\/3/);
    expect(made({ probabilities: [[1], ['-1/3', '4/3']] })).toThrow(coded('invalid-game', ['probabilities', 1, 0]));
    expect(made({ probabilities: [[1], [1]] })).toThrow(coded('invalid-game', ['probabilities', 1]));
    expect(made({ probabilities: [[1], ['1/3', 'x']] })).toThrow(coded('invalid-number', ['probabilities', 1, 1]));
    const many = Array.from({ length: 2_000 }, (_, index) => `${index}`);
    expect(made({ types: [many, many] })).toThrow(coded('too-large', ['types']));
    expect(() => strategicForm(new BayesianGame({ ...parts, types: [many, ['x']] }))).toThrow(
      coded('too-large', ['actions', 0]),
    );
  });
  test('can be called off', async () => {
    const ended = await bayesNash(new BayesianGame(parts), { results: 1 }).all();
    expect(ended).toMatchObject({ complete: false });
    expect(ended.results).toHaveLength(1);
  });
});

/** A buyer whose value for getting the good is one of these. */
const buyer = (agent: string, values: readonly number[], probabilities?: readonly string[]): AgentType[] =>
  values.map((value, index) => ({
    name: `${value}`,
    values: { [agent]: value },
    ...(probabilities === undefined ? {} : { probability: probabilities[index] as string }),
  }));

/** Myerson 1981 for discrete types: what is earned is the expected largest virtual value, if that is above 0. */
function myersonRevenue(values: readonly number[], bidders: number): number {
  const share = 1 / values.length;
  const virtual = values.map((value, index) => {
    const above = 1 - (index + 1) * share;
    return value - (((values[index + 1] ?? value) - value) * above) / share;
  });
  let revenue = 0;
  for (const [index, worth] of virtual.entries()) {
    const highest = ((index + 1) * share) ** bidders - (index * share) ** bidders;
    revenue += highest * Math.max(0, worth);
  }
  return revenue;
}

describe('the best mechanism', async () => {
  const optimizer = await createOptimizer();
  const sale = (more: Partial<DesignProblem>, values = [1, 2, 3]): DesignProblem => ({
    alternatives: ['keep', 'ann', 'bob'],
    types: { ann: buyer('ann', values), bob: buyer('bob', values) },
    objective: 'revenue',
    ...more,
  });
  test.each([
    ['dominant', [1, 2, 3]],
    ['bayesian', [1, 2, 3]],
    ['dominant', [1, 2, 3, 4, 5]],
    ['bayesian', [2, 5, 7, 9]],
  ] as const)('for revenue earns what Myerson’s auction does (%s, %j)', (truthful, values) => {
    const { objective, bound } = optimalMechanism(sale({ truthful }, [...values]), optimizer);
    expect(objective).toBeCloseTo(myersonRevenue(values, 2), 7);
    expect(bound).toBeCloseTo(objective, 6);
  });
  test('for one buyer is a posted price (Riley and Zeckhauser 1983)', () => {
    const problem = {
      alternatives: ['keep', 'ann'],
      types: { ann: buyer('ann', [3, 5, 11]) },
      objective: 'revenue',
    } as const;
    const { mechanism, objective } = optimalMechanism(problem, optimizer);
    // A price of 3 earns 3, of 5 earns 10/3, of 11 earns 11/3.
    expect(objective).toBeCloseTo(11 / 3, 7);
    const mechane = createMechane().use(definePlugin({ name: 'designed', version: '1.0.0', mechanisms: [mechanism] }));
    const sold = (type: string) => mechane.run('game-theory/designed', { reports: { ann: { type } }, seed: 1 }).outcome;
    expect(sold('11')).toMatchObject({ chosen: 'ann', payments: { ann: 11 } });
    expect(sold('5')).toMatchObject({ chosen: 'keep', payments: { ann: 0 } });
    expect(sold('4')).toEqual({ chosen: 'keep', lottery: { keep: 1 }, payments: { ann: 0 } });
    expect(mechane.run('game-theory/designed', { reports: {} }).outcome).toMatchObject({ chosen: 'keep' });
  });
  test('for welfare sells to whom the good is worth most', () => {
    const { objective } = optimalMechanism(sale({ objective: 'welfare' }), optimizer);
    // The larger of two evenly drawn numbers from 1 to 3.
    expect(objective).toBeCloseTo((1 + 2 * 3 + 3 * 5) / 9, 7);
  });
  test('for bilateral trade cannot be efficient without a deficit (Myerson and Satterthwaite 1983)', () => {
    const seller: AgentType[] = [0, 3].map((cost) => ({ name: `${cost}`, values: { trade: -cost } }));
    const trader: AgentType[] = [2, 5].map((value) => ({ name: `${value}`, values: { trade: value } }));
    const trade = (more: Partial<DesignProblem>) =>
      optimalMechanism(
        {
          alternatives: ['none', 'trade'],
          types: { seller, trader },
          objective: 'welfare',
          truthful: 'bayesian',
          ...more,
        },
        optimizer,
      ).objective;
    // Trade is worth 2, 5 and 2 in three of four cases.
    const efficient = (2 + 5 + 2) / 4;
    expect(trade({ deficit: true })).toBeCloseTo(efficient, 7);
    expect(trade({ participation: 'none' })).toBeCloseTo(efficient, 7);
    expect(trade({})).toBeLessThanOrEqual(efficient + 1e-9);
    const harder = (cost: number) =>
      optimalMechanism(
        {
          alternatives: ['none', 'trade'],
          types: {
            seller: [0, cost].map((own) => ({ name: `${own}`, values: { trade: -own } })),
            trader: [1, 4].map((own) => ({ name: `${own}`, values: { trade: own } })),
          },
          objective: 'welfare',
          truthful: 'bayesian',
        },
        optimizer,
      ).objective;
    // Costs 0 or c, values 1 or 4. Buyers pay at most (1/2 + 5/2) / 2 on average, and sellers need c/2 whichever they are (Matsuo 1989).
    expect(harder(3)).toBeCloseTo((1 + 4 + 1) / 4, 7);
    expect(harder(3.5)).toBeLessThan((1 + 4 + 0.5) / 4 - 1e-6);
  });
  test('without payments chooses by majority at best', () => {
    const voter: AgentType[] = [
      { name: 'left', values: { left: 1 } },
      { name: 'right', values: { right: 1 } },
    ];
    const types = { ann: voter, bob: voter, cat: voter };
    const { objective } = optimalMechanism(
      { alternatives: ['left', 'right'], types, objective: 'welfare', payments: false },
      optimizer,
    );
    // The larger camp of three fair coins: 3 with 1/4, 2 with 3/4 (May 1952).
    expect(objective).toBeCloseTo(3 / 4 + (2 * 3) / 4, 7);
  });
  test('is a mechanism that the kit passes', { tags: ['long'] }, async () => {
    for (const truthful of ['dominant', 'bayesian'] as const) {
      const { mechanism } = optimalMechanism(sale({ truthful }), optimizer);
      const types = singleItem({
        report: (value: number) => ({ type: `${1 + (Math.round(value) % 3)}` }),
        grid: [0, 1, 2],
      });
      // Shares of a lottery are this mechanism's own words, which the domain has to be told. Who says something else wants nothing.
      const domain: typeof types = {
        ...types,
        value: (agent, { type }, outcome) => ((outcome as LotteryOutcome).lottery[agent] ?? 0) * (Number(type) || 0),
      };
      const examined = subject({ mechanism, domain, participants: { min: 2, max: 2 }, runs: 60 });
      const { laws } = await verify(examined);
      const refuted = laws.filter(({ verdict }) => verdict === 'refuted' || verdict === 'undecided');
      expect(refuted.map(({ law, reason }) => `${law}: ${reason}`)).toEqual([]);
      const law = truthful === 'dominant' ? 'strategy-proof' : 'bayesian-incentive-compatible';
      expect(laws.find((found) => found.law === law)).toMatchObject({ verdict: 'holds' });
    }
  });
  test('that is truthful on average is individually rational in the interim, and not in every outcome', {
    tags: ['long'],
  }, async () => {
    const { mechanism } = optimalMechanism(sale({ truthful: 'bayesian' }), optimizer);
    const types = ['1', '2', '3'].map((type) => ({ type }));
    const domain: Domain<unknown, { type: string }> = {
      name: 'buyers',
      grid: () => types,
      types: () => fc.constantFrom(...types),
      value: (agent, { type }, outcome) => ((outcome as LotteryOutcome).lottery[agent] ?? 0) * (Number(type) || 0),
    };
    const [interim] = mechanism.claims({}).filter(({ law }) => law === 'individually-rational');
    expect(interim).toMatchObject({ mode: 'interim' });
    const { mode: _, ...exPost } = interim as Claim<never, never>;
    const claiming: Mechanism = { ...(mechanism as Mechanism), claims: () => [interim as Claim, exPost as Claim] };
    const examined = { mechanism: claiming, domain: domain as Domain, participants: { min: 2, max: 2 }, runs: 60 };
    const { laws } = await verify(examined, { laws: ['individually-rational'] });
    expect(laws).toMatchObject([
      { mode: 'interim', verdict: 'holds', method: 'statistical' },
      { verdict: 'refuted', reason: expect.stringContaining('though staying away is worth 0') },
    ]);
  });
  test('as a game has truth for a dominant strategy', () => {
    const { mechanism } = optimalMechanism(sale({}), optimizer);
    const types = ['1', '2', '3'].map((type) => ({ type }));
    const gain = bestManipulation(induce(mechanism, { types: { ann: types, bob: types } }))?.gain ?? 0;
    expect(gain).toBeLessThan(1e-6);
  });
  test('does not exist where the constraints ask for too much', () => {
    const burden: AgentType[] = [{ name: 'any', values: { build: -1 } }];
    expect(() =>
      optimalMechanism({ alternatives: ['build'], types: { ann: burden }, objective: 'welfare' }, optimizer),
    ).toThrow(expect.objectContaining({ code: 'no-mechanism' }));
    expect(() => optimalMechanism(sale({ participation: 'none' }), optimizer)).toThrow(/ask for participation/);
  });
  test('says what is wrong with a problem', () => {
    const design = (more: object) => () => optimalMechanism({ ...sale({}), ...more }, optimizer);
    expect(design({ alternatives: [] })).toThrow(coded('invalid-game', ['alternatives']));
    expect(design({ types: { ann: [] } })).toThrow(coded('invalid-game', ['types', 'ann']));
    expect(design({ types: { ann: [{ name: 'x', values: { sell: 1 } }] } })).toThrow(
      coded('invalid-game', ['types', 'ann', 0, 'values', 'sell']),
    );
    expect(design({ types: { ann: [{ name: 'x', values: { ann: Number.NaN } }] } })).toThrow(/a value is NaN/);
    expect(design({ types: { ann: [...buyer('ann', [1]), ...buyer('ann', [1])] } })).toThrow(
      coded('invalid-game', ['types', 'ann', 1, 'name']),
    );
    expect(design({ types: { ann: buyer('ann', [1, 2], ['1/2', '1/3']) } })).toThrow(/sum to 5\/6/);
    const many = buyer(
      'ann',
      Array.from({ length: 400 }, (_, value) => value),
    );
    expect(design({ types: { ann: many, bob: many } })).toThrow(coded('too-large', ['types']));
  });
});
