import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  banzhafValue,
  CoalitionalGame,
  hasCore,
  kernelImbalances,
  leastCore,
  nucleolus,
  prenucleolus,
  Rational,
  sampledShapley,
  shapleyValue,
  strongestObjection,
} from '../src/index.ts';

const text = (values: readonly Rational[]) => values.map(String);
const total = (values: readonly Rational[]) => values.reduce((sum, value) => sum.plus(value), Rational.zero);

/** Decisions need this many votes. */
const voting = (quota: number, votes: readonly number[]) =>
  new CoalitionalGame(
    votes.map((_, player) => `${player}`),
    (members) => (members.reduce((sum, player) => sum + (votes[Number(player)] as number), 0) >= quota ? 1 : 0),
  );

/** Costs of a runway that has to be long enough for whoever shares it, as savings against building alone. */
const airport = (costs: readonly number[]) =>
  new CoalitionalGame(
    costs.map((_, player) => `${player}`),
    (members) => -Math.max(...members.map((player) => costs[Number(player)] as number)),
  );

/** What is left of an estate when all others' claims are met. */
const estate = (size: number, claims: readonly number[]) =>
  new CoalitionalGame(
    claims.map((_, player) => `${player}`),
    (members) =>
      Math.max(
        0,
        claims.reduce((left, claim, player) => (members.includes(`${player}`) ? left : left - claim), size),
      ),
  );

const anyGame = (players: number) =>
  fc.array(fc.integer({ min: -5, max: 9 }), { minLength: 2 ** players, maxLength: 2 ** players }).map((worth) => {
    const names = Array.from({ length: players }, (_, player) => `${player}`);
    return new CoalitionalGame(
      names,
      (members) => worth[members.reduce((mask, name) => mask | (1 << Number(name)), 0)] as number,
    );
  });

function orders(players: readonly number[]): number[][] {
  if (players.length === 0) return [[]];
  return players.flatMap((first, at) => orders(players.toSpliced(at, 1)).map((rest) => [first, ...rest]));
}

describe('the Shapley value', () => {
  test('of the Security Council (Shapley and Shubik 1954): 98.7 % for the five with a veto, as it was until 1965', () => {
    // Eleven members, seven votes needed, those of the five among them.
    const council = new CoalitionalGame(
      Array.from({ length: 11 }, (_, member) => `${member}`),
      (members) => (members.length >= 7 && ['0', '1', '2', '3', '4'].every((big) => members.includes(big)) ? 1 : 0),
    );
    const values = shapleyValue(council);
    expect(values[0]?.toString()).toBe('76/385');
    expect(values[10]?.toString()).toBe('1/462');
    expect(total(values).toString()).toBe('1');
  });
  test('of an airport (Littlechild and Owen 1973): each piece of runway is shared by those who need it', () => {
    expect(text(shapleyValue(airport([6, 12, 42])))).toEqual(['-2', '-5', '-35']);
  });
  test('is what players add on average over all orders', () => {
    fc.assert(
      fc.property(anyGame(4), (game) => {
        const sums = [0, 1, 2, 3].map(() => Rational.zero);
        const all = orders([0, 1, 2, 3]);
        for (const order of all) {
          let mask = 0;
          for (const player of order) {
            const added = game.worthOf(mask | (1 << player)).minus(game.worthOf(mask));
            sums[player] = (sums[player] as Rational).plus(added);
            mask |= 1 << player;
          }
        }
        expect(text(shapleyValue(game))).toEqual(text(sums.map((sum) => sum.over(Rational.of(all.length)))));
      }),
      { seed: 1 },
    );
  });
  test('is estimated from random orders, and the intervals cover it about as often as they say', () => {
    const votes = [5, 4, 3, 2, 1, 1, 1, 1];
    const exact = shapleyValue(voting(10, votes)).map((value) => value.toNumber());
    const worth = (members: ReadonlySet<number>) =>
      [...members].reduce((sum, player) => sum + (votes[player] as number), 0) >= 10 ? 1 : 0;
    let covered = 0;
    for (let seed = 0; seed < 50; seed++) {
      const estimates = sampledShapley(8, worth, { orders: 400, seed });
      covered += estimates.filter(
        ({ low, high }, player) => low <= (exact[player] as number) && (exact[player] as number) <= high,
      ).length;
      expect(estimates.reduce((sum, { value }) => sum + value, 0)).toBeCloseTo(1, 9);
    }
    // 400 intervals of 95 %: four standard deviations of a binomial are 17.
    expect(covered).toBeGreaterThan(380 - 17);
    expect(sampledShapley(8, worth, { seed: 3 })).toEqual(sampledShapley(8, worth, { seed: 3 }));
  });
});

test('the Banzhaf value is the share of swings: in [51; 50, 49, 1] the small two have the same power (Banzhaf 1965)', () => {
  expect(text(banzhafValue(voting(51, [50, 49, 1])))).toEqual(['3/4', '1/4', '1/4']);
  expect(text(shapleyValue(voting(51, [50, 49, 1])))).toEqual(['2/3', '1/6', '1/6']);
});

describe('the core', () => {
  test('of gloves gives everything to the scarce side (Shapley 1959)', () => {
    const gloves = new CoalitionalGame(['l', 'r', 's'], (members) =>
      members.includes('l') && members.length > 1 ? 1 : 0,
    );
    expect(hasCore(gloves)).toBe(true);
    expect(text(nucleolus(gloves))).toEqual(['1', '0', '0']);
    const fair = [Rational.of('2/3'), Rational.of('1/6'), Rational.of('1/6')];
    expect(strongestObjection(gloves, fair)).toEqual({ members: ['l', 'r'], excess: Rational.of('1/6') });
  });
  test('is empty if and only if balanced coalitions are worth more together than all are (Bondareva 1963, Shapley 1967)', () => {
    fc.assert(
      fc.property(anyGame(4), (game) => {
        const { excess, allocation, balanced } = leastCore(game);
        expect(total(allocation).equals(game.worthOf(game.all))).toBe(true);
        expect(strongestObjection(game, allocation)?.excess.toString()).toBe(excess.toString());
        for (const player of game.players.keys()) {
          const covering = balanced.filter(({ members }) => members.includes(`${player}`));
          const others = balanced.filter(({ members }) => members.includes(`${(player + 1) % 4}`));
          expect(total(covering.map(({ weight }) => weight)).equals(total(others.map(({ weight }) => weight)))).toBe(
            true,
          );
        }
        // The weights sum to one, so their excess is the mean of the coalitions' worth less each player's equal share.
        const weights = total(balanced.map(({ weight }) => weight));
        const cover = total(balanced.filter(({ members }) => members.includes('0')).map(({ weight }) => weight));
        const worth = total(
          balanced.map(({ weight, members }) =>
            weight.times(game.worthOf(members.reduce((mask, name) => mask | (1 << Number(name)), 0))),
          ),
        );
        expect(weights.toString()).toBe('1');
        expect(worth.minus(cover.times(game.worthOf(game.all))).toString()).toBe(excess.toString());
      }),
      { seed: 1 },
    );
  });
  test('of one player, or none, is what it is worth', () => {
    const alone = new CoalitionalGame(['a'], () => 3);
    expect(leastCore(alone)).toMatchObject({ excess: Rational.zero, balanced: [] });
    expect(text(nucleolus(alone))).toEqual(['3']);
    expect(nucleolus(new CoalitionalGame([], () => 0))).toEqual([]);
    expect(strongestObjection(alone, [Rational.of(3)])).toBeUndefined();
  });
});

describe('the nucleolus', () => {
  test.each([
    [100, ['100/3', '100/3', '100/3']],
    [200, ['50', '75', '75']],
    [300, ['50', '100', '150']],
  ])('of an estate of %i is what the Talmud says (Aumann and Maschler 1985)', (size, shares) => {
    expect(text(nucleolus(estate(size, [100, 200, 300])))).toEqual(shares);
  });
  test('of two claims is the contested garment', () => {
    // One claims all of it, the other a half: the half that nobody contests goes to the first, the rest is shared.
    expect(text(nucleolus(estate(100, [100, 50])))).toEqual(['75', '25']);
  });
  test('gives everybody what they are worth alone, as the prenucleolus need not', () => {
    const worth: Readonly<Record<string, number>> = { c: 1, 'a,b': 2, 'a,b,c': 1 };
    const game = new CoalitionalGame(['a', 'b', 'c'], (members) => worth[members.join()] ?? 0);
    expect(text(prenucleolus(game))).toEqual(['1/2', '1/2', '0']);
    expect(text(nucleolus(game))).toEqual(['0', '0', '1']);
  });
  test('is among imputations the one that presses excesses down in their order', () => {
    let different = 0;
    fc.assert(
      fc.property(anyGame(3), (game) => {
        const alone = [0, 1, 2].map((player) => game.worthOf(1 << player));
        const rest = game.worthOf(game.all).minus(total(alone));
        if (rest.sign < 0) {
          expect(() => nucleolus(game)).toThrow(expect.objectContaining({ code: 'unsuitable-game' }));
          return;
        }
        const best = nucleolus(game);
        expect(total(best).equals(game.worthOf(game.all))).toBe(true);
        expect(best.every((given, player) => !given.isLess(alone[player] as Rational))).toBe(true);
        if (String(best) !== String(prenucleolus(game))) different += 1;
        const excesses = sortedExcesses(game, best);
        // All imputations that share the rest in twelfths.
        for (let first = 0; first <= 12; first++) {
          for (let second = 0; second <= 12 - first; second++) {
            const other = [first, second, 12 - first - second].map((share, player) =>
              rest.times(Rational.ratio(BigInt(share), 12n)).plus(alone[player] as Rational),
            );
            expect(compareInOrder(excesses, sortedExcesses(game, other))).toBeLessThanOrEqual(0);
          }
        }
      }),
      { seed: 1, numRuns: 400 },
    );
    expect(different).toBeGreaterThan(10);
  });
  test('is the prenucleolus wherever there is a core', () => {
    fc.assert(
      fc.property(anyGame(4), (game) => {
        if (hasCore(game)) expect(text(nucleolus(game))).toEqual(text(prenucleolus(game)));
      }),
      { seed: 2 },
    );
  });
});

describe('the prenucleolus', () => {
  test('presses excesses down in their order, and nobody outweighs another', () => {
    const share = fc.integer({ min: -4, max: 4 });
    fc.assert(
      fc.property(anyGame(3), fc.array(fc.tuple(share, share), { minLength: 1, maxLength: 20 }), (game, moves) => {
        const best = prenucleolus(game);
        expect(total(best).equals(game.worthOf(game.all))).toBe(true);
        const profile = sortedExcesses(game, best);
        for (const [first, second] of moves) {
          const other = [first, second, -first - second].map((move, player) =>
            (best[player] as Rational).plus(Rational.of(move).over(Rational.of(7))),
          );
          expect(compareInOrder(profile, sortedExcesses(game, other))).toBeLessThanOrEqual(0);
        }
      }),
      { seed: 1, numRuns: 300 },
    );
  });
  test('lies in the kernel where everybody gets what it is worth alone', () => {
    fc.assert(
      fc.property(anyGame(4), (game) => {
        const best = prenucleolus(game);
        if (best.some((given, player) => given.isLess(game.worthOf(1 << player)))) return;
        expect(kernelImbalances(game, best)).toEqual([]);
      }),
      { seed: 1 },
    );
  });
});

function sortedExcesses(game: CoalitionalGame, allocation: readonly Rational[]): Rational[] {
  return Array.from({ length: game.all - 1 }, (_, at) => {
    const given = allocation.filter((__, player) => (at + 1) & (1 << player));
    return game.worthOf(at + 1).minus(total(given));
  }).sort((a, b) => b.compare(a));
}

function compareInOrder(one: readonly Rational[], other: readonly Rational[]): number {
  return one.map((excess, at) => excess.compare(other[at] as Rational)).find((order) => order !== 0) ?? 0;
}

test('the kernel names who outweighs whom', () => {
  const majority = voting(2, [1, 1, 1]);
  const unequal = [Rational.one, Rational.zero, Rational.zero];
  // b and c are worth 1 without a, a with either of them 0 more than it has.
  expect(kernelImbalances(majority, unequal)).toEqual([
    { player: '1', against: '0', surplus: Rational.one, counter: Rational.zero },
    { player: '2', against: '0', surplus: Rational.one, counter: Rational.zero },
  ]);
});

test('games that are none are refused', () => {
  const coded = (code: string) => expect.objectContaining({ code });
  const names = Array.from({ length: 21 }, (_, player) => `${player}`);
  expect(() => new CoalitionalGame(['a', 'a'], () => 0)).toThrow(coded('invalid-game'));
  expect(() => new CoalitionalGame(names, () => 0)).toThrow(coded('too-large'));
  expect(() => new CoalitionalGame(['a'], () => Number.NaN)).toThrow(coded('invalid-number'));
  expect(() => sampledShapley(2, () => Number.NaN)).toThrow(coded('invalid-game'));
  expect(() => sampledShapley(2, () => 1, { orders: 1 })).toThrow(coded('invalid-game'));
});
