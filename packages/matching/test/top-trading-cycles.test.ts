import { ClockService, createMechane, provide, seededRandom } from '@mechane/core';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { waitingClock } from '../../../tools/waiting-clock.mjs';
import { matchings, topTradingCycles } from '../src/index.ts';

const mechane = createMechane({ services: [provide(ClockService, waitingClock)] }).use(matchings);

type Endowed = Record<string, { owns: string; ranking: string[] }>;

describe('top trading cycles', () => {
  const trade = (reports: Endowed) => mechane.run('matching/top-trading-cycles', { reports }).outcome;
  test('finds the cycles of a textbook example', () => {
    // Roughgarden, Twenty Lectures on Algorithmic Game Theory (2016), lecture 9: one cycle of three, then a self-loop.
    const reports: Endowed = {
      1: { owns: 'h1', ranking: ['h2', 'h1', 'h3', 'h4'] },
      2: { owns: 'h2', ranking: ['h3', 'h1', 'h2', 'h4'] },
      3: { owns: 'h3', ranking: ['h1', 'h4', 'h3', 'h2'] },
      4: { owns: 'h4', ranking: ['h1', 'h2', 'h3', 'h4'] },
    };
    const { allocation, cycles } = trade(reports);
    expect(allocation).toEqual({ 1: 'h2', 2: 'h3', 3: 'h1', 4: 'h4' });
    expect(cycles).toEqual([['1', '2', '3'], ['4']]);
  });
  test('refuses to rank what nobody brings, with the nearest that somebody does', () => {
    const stray = (item: string) => () =>
      trade({ ann: { owns: 'flat', ranking: [item] }, bob: { owns: 'house', ranking: [] } });
    expect(stray('hose')).toThrow(
      expect.objectContaining({ code: 'invalid-report', path: ['reports', 'ann', 'ranking', 0] }),
    );
    expect(stray('hose')).toThrow(/nobody brings "hose".* Fix: did you mean "house"\?$/);
    expect(stray('castle')).toThrow(
      /nobody brings "castle"; expected an item that somebody brings\. Fix: leave it out\.$/,
    );
  });
  test.each([
    { owns: 'A', ranking: ['B', 'C', 'A', 'D'] },
    { owns: 'A', ranking: ['B', 'C'] },
  ])(
    'is worth what %j says: its own is the last that an agent would go home with, and what it could have kept',
    (type) => {
      const worth = (...item: string[]): number =>
        topTradingCycles.utility?.(
          'ann',
          type,
          { allocation: { bob: 'B', ...(item[0] && { ann: item[0] }) }, cycles: [] },
          {},
        ) as number;
      const own = topTradingCycles.outsideOption?.('ann', type, {}) as number;
      expect(worth('A')).toBe(own);
      const falling = [worth('B'), worth('C'), own, worth(), worth('D')];
      expect(falling).toEqual([...new Set(falling)].sort((one, other) => other - one));
      expect(worth()).toBe(0);
    },
  );
  test('passes over what a live agent would have brought who keeps silent', async () => {
    const { outcome } = await mechane.open('matching/top-trading-cycles', {
      within: 100,
      agents: {
        ann: () => ({ owns: 'A', ranking: ['Z', 'B'] }),
        bob: () => ({ owns: 'B', ranking: ['A'] }),
        zoe: () => undefined,
      },
    }).result;
    expect(outcome.allocation).toEqual({ ann: 'B', bob: 'A' });
  });
  test('gives nobody less than its own', () => {
    expect(trade({ ann: { owns: 'A', ranking: ['B'] }, bob: { owns: 'B', ranking: [] } }).allocation).toEqual({
      ann: 'A',
      bob: 'B',
    });
    expect(trade({ ann: { owns: 'A', ranking: ['A', 'B'] }, bob: { owns: 'B', ranking: ['A'] } }).allocation).toEqual({
      ann: 'A',
      bob: 'B',
    });
  });
  test('lets one of two owners of the same item trade, by the tie order', () => {
    const reports: Endowed = {
      ann: { owns: 'A', ranking: ['B'] },
      eve: { owns: 'A', ranking: ['B'] },
      bob: { owns: 'B', ranking: ['A'] },
    };
    expect(trade(reports).allocation).toEqual({ ann: 'B', bob: 'A' });
    const settings = { breakTie: { priority: ['eve'] } };
    const { outcome } = mechane.run('matching/top-trading-cycles', { settings, reports });
    expect(outcome.allocation).toEqual({ eve: 'B', bob: 'A' });
  });
  test('takes items and agents of any name', () => {
    const reports = JSON.parse(
      '{"__proto__":{"owns":"constructor","ranking":["__proto__"]},"a":{"owns":"__proto__","ranking":["constructor"]}}',
    );
    expect(Object.entries(trade(reports).allocation)).toEqual([
      ['__proto__', '__proto__'],
      ['a', 'constructor'],
    ]);
  });
  test('gives the only outcome in the strict core, found by going through all (Roth and Postlewaite 1977)', () => {
    const houses = ['A', 'B', 'C', 'D'];
    const ranking = fc.shuffledSubarray(houses, { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(fc.array(ranking, { minLength: 4, maxLength: 4 }), (rankings) => {
        const reports = Object.fromEntries(
          rankings.map((own, index) => [houses[index] as string, { owns: houses[index] as string, ranking: own }]),
        );
        const stable = permutations(houses).filter((given) => !blocked(given, rankings));
        expect(stable).toHaveLength(1);
        const { allocation } = trade(reports);
        expect(houses.map((owner) => allocation[owner])).toEqual(stable[0]);
      }),
      { seed: 1, numRuns: 300 },
    );
    /** Whether some coalition, trading among itself, makes one better off and none worse off. */
    function blocked(given: readonly string[], rankings: readonly (readonly string[])[]): boolean {
      const place = (agent: number, house: string) => (rankings[agent] as readonly string[]).indexOf(house);
      for (let members = 1; members < 16; members++) {
        const coalition = [0, 1, 2, 3].filter((agent) => members & (1 << agent));
        for (const traded of permutations(coalition.map((agent) => houses[agent] as string))) {
          const changes = coalition.map(
            (agent, index) => place(agent, given[agent] as string) - place(agent, traded[index] as string),
          );
          if (changes.every((change) => change >= 0) && changes.some((change) => change > 0)) return true;
        }
      }
      return false;
    }
  });
  test('trades as the definition says, read word for word, in thousands of small economies and in some larger ones', () => {
    const random = seededRandom(7);
    for (let run = 0; run < 3_000; run++) {
      const size = run % 1_000 === 999 ? 300 : 1 + random.below(7);
      const reports: Endowed = {};
      const items = Array.from({ length: size }, (_, index) => `h${index}`);
      // Now and then, two claim to own the same.
      for (const [index, own] of items.entries()) {
        const owns = random.below(8) === 0 ? (items[random.below(index + 1)] as string) : own;
        reports[`a${random.below(1_000)}${index}`] = { owns, ranking: [] };
      }
      const brought = [...new Set(Object.values(reports).map(({ owns }) => owns))];
      for (const report of Object.values(reports))
        report.ranking = random.shuffled(brought).slice(0, random.below(brought.length + 1));
      expect(trade(reports)).toEqual(tradedByDefinition(reports));
    }
  });
  test('handles ten thousand owners in one long cycle', () => {
    const size = 10_000;
    const reports = Object.fromEntries(
      Array.from({ length: size }, (_, index) => [
        `a${index}`,
        { owns: `h${index}`, ranking: [`h${(index + 1) % size}`] },
      ]),
    );
    const { allocation, cycles } = trade(reports);
    expect(cycles).toHaveLength(1);
    expect(allocation.a9999).toBe('h0');
  });
});

/** All who are left point at the owner of the best item left, their own at the last; from the first by id, one walks until a name comes again. */
function tradedByDefinition(reports: Endowed) {
  const owners = Object.keys(reports)
    .sort()
    .filter((agent, index, all) => !all.slice(0, index).some((other) => reports[other]?.owns === reports[agent]?.owns));
  const allocation: Record<string, string> = {};
  const cycles: string[][] = [];
  for (let left = owners; left.length > 0; left = left.filter((agent) => !(agent in allocation))) {
    const pointsAt = (agent: string): string => {
      const { owns, ranking } = reports[agent] as Endowed[string];
      const best = [...ranking, owns].find((item) => left.some((other) => reports[other]?.owns === item));
      return left.find((other) => reports[other]?.owns === best) as string;
    };
    const walked = [left[0] as string];
    let next = pointsAt(left[0] as string);
    for (; !walked.includes(next); next = pointsAt(next)) walked.push(next);
    const cycle = walked.slice(walked.indexOf(next));
    cycles.push(cycle);
    for (const agent of cycle) allocation[agent] = reports[pointsAt(agent)]?.owns as string;
  }
  return { allocation, cycles };
}

function permutations<Value>(values: readonly Value[]): Value[][] {
  if (values.length === 0) return [[]];
  return values.flatMap((first, index) => permutations(values.toSpliced(index, 1)).map((rest) => [first, ...rest]));
}
