import {
  type Domain,
  doubleAuction,
  housing,
  multiUnit,
  positions,
  publicChoice,
  singleItem,
  singleMinded,
  singlePeaked,
  twoSided,
  xorBids,
} from '@mechane/conformance';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

function named<Type>(...types: readonly Type[]): Map<string, Type> {
  return new Map(types.map((type, position) => [`agent${position}`, type]));
}

describe('the best welfare', () => {
  test('of positions is that of Edelman, Ostrovsky and Schwarz 2007', () => {
    const types = named({ bid: 10 }, { bid: 4 }, { bid: 2 });
    expect(positions().bestWelfare?.(types, { clickThroughRates: [200, 100] })).toBe(2_400);
  });

  test('of six units is that of Krishna 2010, example 12.1', () => {
    const types = named(
      { bids: [50, 47, 40, 32, 15, 5] },
      { bids: [42, 28, 20, 12, 7, 3] },
      { bids: [45, 35, 24, 14, 9, 6] },
    );
    expect(multiUnit().bestWelfare?.(types, { units: 6 })).toBe(50 + 47 + 45 + 42 + 40 + 35);
  });

  test('of bundles is that of Ausubel and Milgrom 2006: the one for both goods loses to two for one each', () => {
    const bid = (bundle: string[], value: number): { xor: { bundle: string[]; value: number }[] } => ({
      xor: [{ bundle, value }],
    });
    const types = named(bid(['A', 'B'], 2), bid(['A'], 2), bid(['B'], 2));
    expect(xorBids().bestWelfare?.(types, { goods: ['A', 'B'] })).toBe(4);
    expect(singleMinded().bestWelfare?.(types, { goods: { A: 2, B: 2 } })).toBe(6);
  });

  test('of a market is the gains from trade, unit by unit', () => {
    const types = named(
      { side: 'buy' as const, price: 9, quantity: 2 },
      { side: 'buy' as const, price: 4 },
      { side: 'sell' as const, price: 2 },
      { side: 'sell' as const, price: 5, quantity: 3 },
    );
    expect(doubleAuction().bestWelfare?.(types, {})).toBe(9 - 2 + (9 - 5));
  });

  test('of nobody is nothing', () => {
    expect(singleItem().bestWelfare?.(new Map(), {})).toBe(0);
    expect(singlePeaked().bestWelfare?.(new Map(), {})).toBe(0);
    expect(publicChoice().bestWelfare?.(new Map(), { alternatives: ['park'] })).toBe(0);
    expect(doubleAuction().bestWelfare?.(new Map(), {})).toBe(0);
    expect(xorBids().bestWelfare?.(new Map(), { goods: ['A'] })).toBe(0);
  });

  test('agrees with sorting, where sorting is enough', () => {
    const values = fc.array(fc.nat(50), { maxLength: 5 });
    const descending = (numbers: readonly number[]): readonly number[] => numbers.toSorted((a, b) => b - a);
    fc.assert(
      fc.property(values, values, (one, other) => {
        const units = multiUnit().bestWelfare?.(
          named({ bids: [...descending(one)] }, { bids: [...descending(other)] }),
          { units: 3 },
        );
        expect(units).toBe(
          descending([...one, ...other])
            .slice(0, 3)
            .reduce((sum, value) => sum + value, 0),
        );
        const clicks = [4, 2, 1];
        const slots = positions().bestWelfare?.(named(...one.map((bid) => ({ bid }))), { clickThroughRates: clicks });
        expect(slots).toBe(clicks.reduce((sum, rate, slot) => sum + rate * (descending(one)[slot] ?? 0), 0));
        const traders = [
          ...one.map((price) => ({ side: 'buy' as const, price })),
          ...other.map((price) => ({ side: 'sell' as const, price })),
        ];
        const asks = other.toSorted((a, b) => a - b);
        const gains = descending(one).reduce((sum, bid, rank) => sum + Math.max(0, bid - (asks[rank] ?? bid)), 0);
        expect(doubleAuction().bestWelfare?.(named(...traders), {})).toBe(gains);
      }),
      { seed: 1 },
    );
  });
});

const all: readonly (readonly [Domain, settings: unknown])[] = [
  [singleItem() as Domain, {}],
  [multiUnit() as Domain, { units: 3 }],
  [multiUnit() as Domain, {}],
  [positions() as Domain, { clickThroughRates: [2, 1] }],
  [singleMinded() as Domain, { goods: ['A', 'B', 'C'] }],
  [xorBids() as Domain, { goods: { A: 1, B: 2 } }],
  [doubleAuction({ units: 3 }) as Domain, {}],
  [publicChoice() as Domain, { alternatives: ['park', 'road', 'pool'] }],
  [publicChoice({ negative: false }) as Domain, { alternatives: ['park'] }],
  [singlePeaked() as Domain, {}],
  [housing() as Domain, {}],
  [housing() as Domain, { items: ['X', 'Y'] }],
  [twoSided() as Domain, {}],
  [twoSided({ liars: 'proposing' }) as Domain, {}],
];

describe.each(all.map(([domain, settings]) => [domain.name, domain, settings] as const))(
  'the domain %s',
  (_name, domain, settings) => {
    test('has a small grid without repetitions, the same each time', () => {
      const grid = domain.grid(settings);
      expect(grid.length).toBeGreaterThan(1);
      expect(grid.length).toBeLessThanOrEqual(27);
      expect(new Set(grid.map((type) => JSON.stringify(type))).size).toBe(grid.length);
      expect(domain.grid(settings)).toEqual(grid);
    });

    test('has random types of the grid’s shape, and lies of the same shape', () => {
      const shape = Object.keys(domain.grid(settings)[0] as object).slice(0, 2);
      for (const type of fc.sample(domain.types(settings), { numRuns: 50, seed: 1 })) {
        expect(Object.keys(type as object)).toEqual(expect.arrayContaining(shape));
        for (const lie of domain.misreports?.(type, settings) ?? []) {
          expect(Object.keys(lie as object)).toEqual(expect.arrayContaining(shape));
        }
      }
    });
  },
);

test('values come as ties, zeros, large numbers and fractions', () => {
  const bids = fc.sample(singleItem().types({}), { numRuns: 500, seed: 1 }).map(({ bid }) => bid);
  expect(bids).toContain(0);
  expect(new Set(bids).size).toBeLessThan(bids.length);
  expect(bids.some((bid) => bid > 100_000)).toBe(true);
  expect(bids.some((bid) => !Number.isInteger(bid))).toBe(true);
  expect(bids.filter(Number.isInteger).length).toBeGreaterThan(bids.length / 2);
});

describe('what is infeasible', () => {
  const slots = positions();
  const ad = { clickThroughRates: [2, 1] };
  const three = named({ bid: 1 }, { bid: 2 }, { bid: 3 });

  test('in positions: too many, a stranger, one agent twice', () => {
    expect(slots.infeasible?.({ slots: ['agent0', null] }, three, ad)).toBeUndefined();
    expect(slots.infeasible?.({ slots: ['agent0', 'agent1', 'agent2'] }, three, ad)).toMatch(/3 positions/);
    expect(slots.infeasible?.({ slots: ['zoe', null] }, three, ad)).toMatch(/zoe/);
    expect(slots.infeasible?.({ slots: ['agent0', 'agent0'] }, three, ad)).toMatch(/two positions/);
    expect(slots.infeasible?.({}, three, ad)).toBeUndefined();
  });

  test('for one item: two winners, less than nothing, a stranger', () => {
    const domain = singleItem();
    expect(domain.infeasible?.({ winner: 'agent0', allocation: { agent0: 1 } }, three, {})).toBeUndefined();
    expect(domain.infeasible?.({ allocation: { agent0: 1, agent1: 1 } }, three, {})).toMatch(/2 items/);
    expect(domain.infeasible?.({ allocation: { agent0: -1 } }, three, {})).toMatch(/-1/);
    expect(domain.infeasible?.({ allocation: { zoe: 1 } }, three, {})).toMatch(/zoe/);
    expect(domain.infeasible?.({ winner: 'zoe' }, three, {})).toMatch(/zoe/);
    expect(domain.infeasible?.({ allocation: { agent0: 'the item' } }, three, {})).toBeUndefined();
  });

  test('with bundles: a good twice, a stranger, a good nobody sells', () => {
    const domain = xorBids();
    const types = named({ xor: [] }, { xor: [] });
    const goods = { goods: { A: 1, B: 2 } };
    expect(domain.infeasible?.({ allocation: { agent0: ['A', 'B'], agent1: ['B'] } }, types, goods)).toBeUndefined();
    expect(domain.infeasible?.({ allocation: { agent0: ['A'], agent1: ['A'] } }, types, goods)).toMatch(
      /more is given away/,
    );
    expect(domain.infeasible?.({ allocation: { agent0: ['C'] } }, types, goods)).toMatch(/more is given away/);
    expect(domain.infeasible?.({ allocation: { zoe: ['A'] } }, types, goods)).toMatch(/zoe/);
    expect(domain.infeasible?.({ allocation: { zoe: [], agent0: null } }, types, goods)).toBeUndefined();
    expect(domain.infeasible?.({}, types, goods)).toBeUndefined();
  });

  test('in a market: the wrong side, too much, out of balance, a stranger', () => {
    const domain = doubleAuction();
    const types = named({ side: 'buy' as const, price: 3 }, { side: 'sell' as const, price: 1 });
    expect(domain.infeasible?.({ trades: { agent0: 1, agent1: -1 } }, types, {})).toBeUndefined();
    expect(domain.infeasible?.({ trades: { agent0: -1, agent1: 1 } }, types, {})).toMatch(/opposite/);
    expect(domain.infeasible?.({ trades: { agent0: 2, agent1: -1 } }, types, {})).toMatch(/2 units/);
    expect(domain.infeasible?.({ trades: { agent0: 1, agent1: 0 } }, types, {})).toMatch(/bought than sold/);
    expect(domain.infeasible?.({ trades: { zoe: 1 } }, types, {})).toMatch(/zoe/);
    expect(domain.infeasible?.({}, types, {})).toBeUndefined();
  });

  test('of matches: one with two, one of the own side, one that is not mutual', () => {
    const domain = twoSided();
    const types = new Map([
      ['ann', { side: 'proposing' as const, ranking: [] }],
      ['bob', { side: 'proposing' as const, ranking: [] }],
      ['cat', { side: 'receiving' as const, ranking: [] }],
    ]);
    const flaw = (matches: object) => domain.infeasible?.({ matches }, types, {});
    expect(flaw({ ann: ['cat'], bob: [], cat: ['ann'] })).toBeUndefined();
    expect(flaw({ ann: ['cat'], bob: ['cat'], cat: ['ann', 'bob'] })).toMatch(/cat is matched with 2/);
    expect(flaw({ ann: ['bob'], bob: ['ann'] })).toMatch(/not on two sides/);
    expect(flaw({ ann: ['cat'], cat: [] })).toMatch(/not the other way round/);
    expect(domain.infeasible?.({}, types, {})).toBeUndefined();
  });

  test('of choices and houses', () => {
    const choice = publicChoice();
    const alternatives = { alternatives: ['park'] };
    expect(choice.infeasible?.({ chosen: 'park' }, new Map(), alternatives)).toBeUndefined();
    expect(choice.infeasible?.({ chosen: 'pool' }, new Map(), alternatives)).toMatch(/pool/);
    const homes = housing();
    const types = named({ owns: 'A', ranking: ['A'] }, { owns: 'B', ranking: ['B'] });
    expect(homes.infeasible?.({ allocation: { agent0: 'B', agent1: null } }, types, {})).toBeUndefined();
    expect(homes.infeasible?.({ allocation: { agent0: 'B', agent1: 'B' } }, types, {})).toMatch(/twice/);
    expect(homes.infeasible?.({ allocation: { zoe: 'B' } }, types, {})).toMatch(/zoe/);
    expect(homes.infeasible?.({}, types, {})).toBeUndefined();
  });
});

describe('who may lie', () => {
  const truth = { side: 'receiving' as const, ranking: ['ann', 'bob'] };
  const lie = { side: 'receiving' as const, ranking: ['bob'] };
  test('about whom it would be matched with: everybody, or those who propose', () => {
    expect(twoSided().mayReport?.(truth, lie, {})).toBe(true);
    const proposers = twoSided({ liars: 'proposing' });
    expect(proposers.mayReport?.(truth, lie, {})).toBe(false);
    expect(proposers.mayReport?.(truth, truth, {})).toBe(true);
    expect(proposers.mayReport?.({ ...truth, side: 'proposing' }, { ...lie, side: 'proposing' }, {})).toBe(true);
  });
  test('about its side: nobody', () => {
    expect(twoSided().mayReport?.(truth, { ...truth, side: 'proposing' }, {})).toBe(false);
  });
});

describe('what else could have come out', () => {
  test('with two sides: every way to pair them', () => {
    const side = (name: 'proposing' | 'receiving') => ({ side: name, ranking: [] });
    const types = named(side('proposing'), side('proposing'), side('receiving'), side('receiving'));
    const found = [...(twoSided().alternatives?.(types, {}) ?? [])];
    // None, four single pairs, two ways to pair all.
    expect(found).toHaveLength(7);
    expect(found).toContainEqual({
      matches: { agent0: ['agent3'], agent1: ['agent2'], agent2: ['agent1'], agent3: ['agent0'] },
    });
  });

  test('with houses: every way to live in them', () => {
    const types = named(
      { owns: 'A', ranking: ['B', 'A'] },
      { owns: 'B', ranking: ['A', 'B'] },
      { owns: 'C', ranking: ['C'] },
    );
    expect([...(housing().alternatives?.(types, {}) ?? [])].length).toBe(6);
    const homeless = housing({ report: ({ ranking }) => ({ ranking }) });
    const found = [...(homeless.alternatives?.(named({ ranking: ['X'] }), { items: ['X', 'Y'] }) ?? [])];
    expect(found).toEqual([{ allocation: { agent0: 'X' } }, { allocation: { agent0: 'Y' } }]);
  });

  test('with choices: every alternative, at no payment', () => {
    const found = [...(publicChoice().alternatives?.(named({ values: {} }), { alternatives: ['park', 'road'] }) ?? [])];
    expect(found).toEqual([
      { chosen: 'park', payments: { agent0: 0 } },
      { chosen: 'road', payments: { agent0: 0 } },
    ]);
  });
});

describe('who bids more', () => {
  test('is a matter of every unit, of every bundle, and of the side', () => {
    const bids = multiUnit();
    expect(bids.raises?.({ bids: [3, 1] }, { bids: [3, 2] })).toBe(true);
    expect(bids.raises?.({ bids: [3, 1] }, { bids: [4, 0] })).toBe(false);
    const wanted = (value: number, ...bundle: string[]): { xor: { bundle: string[]; value: number }[] } => ({
      xor: [{ bundle, value }],
    });
    expect(singleMinded().raises?.(wanted(1, 'A'), wanted(2, 'A'))).toBe(true);
    expect(singleMinded().raises?.(wanted(1, 'A'), wanted(2, 'B'))).toBe(false);
    expect(singleMinded().raises?.(wanted(1, 'A'), { xor: [] })).toBe(false);
    const trade = doubleAuction();
    expect(trade.raises?.({ side: 'buy', price: 1 }, { side: 'buy', price: 2 })).toBe(true);
    expect(trade.raises?.({ side: 'sell', price: 2 }, { side: 'sell', price: 1 })).toBe(true);
    expect(trade.raises?.({ side: 'sell', price: 1 }, { side: 'buy', price: 2 })).toBe(false);
    expect(trade.raises?.({ side: 'buy', price: 1, quantity: 2 }, { side: 'buy', price: 2 })).toBe(false);
  });
});

test('residents that do not own a house of their own are given one, and rank what there is', () => {
  const homes = housing();
  const together = homes.together?.(
    [
      { owns: 'B', ranking: ['A', 'B', 'C', 'D', 'E'] },
      { owns: 'B', ranking: ['B', 'C', 'A', 'D', 'E'] },
    ],
    {},
  );
  expect(together).toEqual([
    { owns: 'B', ranking: ['A', 'B'] },
    { owns: 'A', ranking: ['B', 'A'] },
  ]);
  const ranked = [{ ranking: ['A'] }];
  expect(housing({ report: ({ ranking }) => ({ ranking }) }).together?.(ranked, {})).toBe(ranked);
});

test('a third party writes its own format with one function', () => {
  const domain = multiUnit({
    report: (marginals: readonly number[]) => ({ demand: { marginals } }),
    marginals: ({ demand }) => demand.marginals,
    units: () => 2,
  });
  expect(domain.grid({ units: 2 }).at(0)).toEqual({ demand: { marginals: [0, 0] } });
  expect(domain.bestWelfare?.(named({ demand: { marginals: [5, 2] } }), { units: 2 })).toBe(7);
  expect(multiUnit({ report: (marginals) => marginals }).bestWelfare?.(named([5, 2]), { units: 1 })).toBe(5);
});

describe('an odd outcome', () => {
  test('that says nothing of what a domain values is worth nobody knows what', () => {
    for (const [domain, settings] of all) {
      for (const type of domain.grid(settings)) expect(domain.value?.('ann', type, {}, settings)).toBeUndefined();
    }
  });

  test('gives an item away once, by whatever words it says so', () => {
    const types = named({ bid: 1 }, { bid: 2 });
    const flaw = (outcome: object) => singleItem().infeasible?.({ winner: 'agent0', ...outcome }, types, {});
    expect(flaw({ recipient: 'agent0' })).toBeUndefined();
    expect(flaw({ recipient: 'agent1' })).toMatch(/2 items are given away under several names, to agent0 and agent1/);
    expect(flaw({ awardedTo: ['agent1', 'agent1'] })).toMatch(/2 items/);
    expect(flaw({ gifts: { agent1: 1, zoe: 1 } })).toMatch(/2 items/);
    expect(flaw({ recipient: 'nobody here', awardedTo: ['zoe'], gifts: { zoe: 1 } })).toBeUndefined();
    expect(flaw({ lots: [1, 2], award: 7, highestBidder: 'agent1' })).toBeUndefined();
  });

  test('of a lottery is worth the share', () => {
    const value = (outcome: object) => singleItem().value?.('agent0', { bid: 8 }, outcome, {});
    expect(value({ allocation: { agent0: 0.25 } })).toBe(2);
    expect(value({ allocation: { agent0: 'the item' } })).toBe(8);
    expect(value({ allocation: { agent1: 1 } })).toBe(0);
    expect(value({ winner: null })).toBe(0);
  });

  test('has positions that nobody clicks on, which are worth nothing', () => {
    const clicks = { clickThroughRates: [2] };
    expect(positions().value?.('ann', { bid: 3 }, { slots: [null, 'ann'] }, clicks)).toBe(0);
    expect(positions().value?.('ann', { bid: 3 }, { slots: 'ann' }, clicks)).toBe(0);
    expect(positions().value?.('ann', { bid: 3 }, { slots: ['ann'] }, clicks)).toBe(6);
  });

  test('chooses nothing, or what an agent says nothing of, which is worth nothing to it', () => {
    const value = (chosen: unknown) => publicChoice().value?.('ann', { values: { park: 3 } }, { chosen }, {} as never);
    expect(value('park')).toBe(3);
    expect(value('road')).toBe(0);
    expect(value(null)).toBe(0);
    expect(value(7)).toBeUndefined();
    const best = publicChoice().bestWelfare?.(named({ values: { park: -3 } }), { alternatives: ['park', 'road'] });
    expect(best).toBe(0);
  });

  test('matches somebody with nobody in any words, and with more than it has room for', () => {
    const value = (own: unknown, capacity?: number) =>
      twoSided({
        mate: () => ({ side: 'receiving', ranking: ['ann', 'bob'], ...(capacity ? { capacity } : {}) }),
      }).value?.('cat', {} as never, { matches: { cat: own } }, {});
    expect(value(['ann'])).toBe(2);
    expect(value(null)).toBe(0);
    expect(value(['bob', 'ann'])).toBe(2);
    expect(value(['bob', 'ann'], 2)).toBe(3);
    // Whom it does not rank it would rather be without, however many they are.
    expect(value(['ann', 'zoe', 'yan'])).toBe(0);
  });

  test('sells goods one by one that are wanted together, which is worth what they make up', () => {
    const both = { xor: [{ bundle: ['A', 'B'], value: 3 }] };
    const value = (own: unknown) => xorBids().value?.('ann', both, { allocation: { ann: own } }, {} as never);
    expect(value(['B', 'C', 'A'])).toBe(3);
    expect(value(['A'])).toBe(0);
    expect(value(null)).toBe(0);
  });
});

describe('a report', () => {
  test('that names no number or no list wants nothing', () => {
    expect(singleItem().value?.('ann', {} as never, { winner: 'ann' }, {})).toBe(0);
    expect(multiUnit().value?.('ann', {} as never, { allocation: { ann: 2 } }, { units: 2 })).toBe(0);
    expect(xorBids().value?.('ann', {} as never, { allocation: { ann: ['A'] } }, { goods: ['A'] })).toBe(0);
  });

  test('that is drawn, or believed of others, or on the grid is of a type that the domain knows', () => {
    for (const [domain, settings] of all) {
      if (domain.isType === undefined) continue;
      const drawn = [domain.types(settings), ...(domain.prior ? [domain.prior(settings)] : [])];
      for (const type of [
        ...domain.grid(settings),
        ...drawn.flatMap((some) => fc.sample(some, { numRuns: 100, seed: 1 })),
      ]) {
        expect(domain.isType(type, settings), `${domain.name}: ${JSON.stringify(type)}`).toBe(true);
      }
    }
  });

  test('that is beyond what is allowed, or has a field too many, is of no type', () => {
    const item = singleItem({ largest: 10 });
    expect(item.isType?.({ bid: 11 }, {})).toBe(false);
    expect(item.isType?.({ bid: -1 }, {})).toBe(false);
    expect(item.isType?.({ bid: 1, extra: true } as never, {})).toBe(false);
    expect(multiUnit().isType?.({ bids: [1, 2] }, { units: 2 })).toBe(false);
    const choice = publicChoice({ negative: false });
    expect(choice.isType?.({ values: { park: -1 } }, { alternatives: ['park'] })).toBe(false);
    expect(choice.isType?.({ values: { pool: 1 } }, { alternatives: ['park'] })).toBe(false);
    expect(singleMinded().isType?.({ xor: [] }, { goods: ['A'] })).toBe(false);
    const trade = doubleAuction({ units: 2 });
    expect(trade.isType?.({ side: 'buy', price: 1, quantity: 3 }, {})).toBe(false);
    expect(trade.isType?.({ side: 'buy', price: 1, quantity: 0.5 }, {})).toBe(false);
  });
});

test('the best welfare of many agents over more positions is found by their order', () => {
  const types = named(...[7, 1, 5, 3, 2, 6, 4].map((bid) => ({ bid })));
  const clickThroughRates = [1, 9, 8, 7, 6, 5, 4, 3, 2];
  expect(positions().bestWelfare?.(types, { clickThroughRates })).toBe(
    9 * 7 + 8 * 6 + 7 * 5 + 6 * 4 + 5 * 3 + 4 * 2 + 3,
  );
});

test('a seller offers no more than it has, and a buyer may want more', () => {
  const trade = doubleAuction({ units: 3 });
  const sell = (quantity?: number) => ({ side: 'sell' as const, price: 1, ...(quantity ? { quantity } : {}) });
  expect(trade.mayReport?.(sell(2), sell(1), {})).toBe(true);
  expect(trade.mayReport?.(sell(2), sell(), {})).toBe(true);
  expect(trade.mayReport?.(sell(), sell(2), {})).toBe(false);
  expect(trade.mayReport?.({ side: 'buy', price: 1 }, { side: 'buy', price: 9, quantity: 3 }, {})).toBe(true);
  expect(trade.mayReport?.({ side: 'buy', price: 1 }, sell(), {})).toBe(false);
});
