import { ClockService, createMechane, provide, seededRandom } from '@mechane/core';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { waitingClock } from '../../../tools/waiting-clock.mjs';
import { deferredAcceptance, matchings, type Suitor } from '../src/index.ts';

const mechane = createMechane({ services: [provide(ClockService, waitingClock)] }).use(matchings);
const coded = (code: string, path: readonly (string | number)[]) => expect.objectContaining({ code, path });

type Market = Record<string, Suitor>;

describe('deferred acceptance', () => {
  const match = (reports: Market) => mechane.run('matching/deferred-acceptance', { reports }).outcome.matches;
  test('matches Gale and Shapley’s example (1962, p. 12): of three stable matchings, the one the proposers prefer', () => {
    const reports: Market = {
      alpha: { side: 'proposing', ranking: ['A', 'B', 'C'] },
      beta: { side: 'proposing', ranking: ['B', 'C', 'A'] },
      gamma: { side: 'proposing', ranking: ['C', 'A', 'B'] },
      A: { side: 'receiving', ranking: ['beta', 'gamma', 'alpha'] },
      B: { side: 'receiving', ranking: ['gamma', 'alpha', 'beta'] },
      C: { side: 'receiving', ranking: ['alpha', 'beta', 'gamma'] },
    };
    expect(match(reports)).toMatchObject({ alpha: ['A'], beta: ['B'], gamma: ['C'], A: ['alpha'] });
    const flipped = Object.fromEntries(
      Object.entries(reports).map(([agent, own]) => [
        agent,
        { ...own, side: own.side === 'proposing' ? 'receiving' : 'proposing' },
      ]),
    ) as Market;
    expect(match(flipped)).toMatchObject({ alpha: ['C'], beta: ['A'], gamma: ['B'] });
  });
  test('fills places, lists matches the best first, and passes over names of the own side', () => {
    const reports: Market = {
      ann: { side: 'proposing', ranking: ['bob', 'mit'] },
      bob: { side: 'proposing', ranking: ['mit'] },
      cat: { side: 'proposing', ranking: ['mit'] },
      dan: { side: 'proposing', ranking: [] },
      mit: { side: 'receiving', ranking: ['cat', 'mit', 'ann', 'bob'], capacity: 2 },
    };
    expect(match(reports)).toEqual({ ann: ['mit'], bob: [], cat: ['mit'], dan: [], mit: ['cat', 'ann'] });
  });
  test('refuses what is no ranking, no side and no capacity', () => {
    const say = (suitor: object) => () => match({ ann: suitor as Suitor });
    expect(say({ side: 'proposing', ranking: ['x', 'x'] })).toThrow(
      coded('invalid-report', ['reports', 'ann', 'ranking']),
    );
    expect(say({ side: 'both', ranking: [] })).toThrow(coded('invalid-report', ['reports', 'ann', 'side']));
    expect(say({ side: 'proposing', ranking: [], capacity: 0 })).toThrow(
      coded('invalid-report', ['reports', 'ann', 'capacity']),
    );
  });

  test('reads rankings of any length: a name twice is refused, and else the best of them are kept', () => {
    const students = range('p', 40);
    const reports = (ranking: string[]): Market => ({
      ...Object.fromEntries(students.map((name) => [name, { side: 'proposing', ranking: ['mit'] } as const])),
      mit: { side: 'receiving', ranking, capacity: 3 },
    });
    expect(match(reports(students.slice(0, 30).reverse())).mit).toEqual(['p29', 'p28', 'p27']);
    expect(() => match(reports([...students, 'p0']))).toThrow(coded('invalid-report', ['reports', 'mit', 'ranking']));
  });
  test('gives what the rounds of the definition give, with sixty students and a dozen places a college', () => {
    const random = seededRandom(11);
    for (let run = 0; run < 40; run++) {
      const [students, colleges] = [range('s', 60), range('c', 6)];
      const some = (names: string[], least: number): string[] =>
        random.shuffled(names).slice(0, least + random.below(names.length - least + 1));
      const market: Market = {};
      for (const name of students) market[name] = { side: 'proposing', ranking: some(colleges, 1) };
      for (const name of colleges)
        market[name] = { side: 'receiving', ranking: some(students, 10), capacity: 1 + random.below(12) };
      expect(match(market)).toEqual(matchedInRounds(market));
    }
  });

  const sides = (proposers: number, receivers: number, capacities: boolean) => {
    const names = { proposing: range('p', proposers), receiving: range('r', receivers) };
    const suitor = (side: Suitor['side']) =>
      fc.record({
        side: fc.constant(side),
        ranking: fc.shuffledSubarray(side === 'proposing' ? names.receiving : names.proposing),
        capacity: fc.integer({ min: 1, max: capacities && side === 'receiving' ? 3 : 1 }),
      });
    return fc.record({
      ...Object.fromEntries(names.proposing.map((name) => [name, suitor('proposing')])),
      ...Object.fromEntries(names.receiving.map((name) => [name, suitor('receiving')])),
    }) as fc.Arbitrary<Market>;
  };

  test('is stable, and of all stable matchings the best for every proposer (Gale and Shapley 1962, theorem 2)', () => {
    fc.assert(
      fc.property(sides(3, 3, false), (market) => {
        const all = everyMatching(market).filter((matches) => isStable(market, matches));
        const found = match(market);
        expect(all).toContainEqual(found);
        for (const [agent, { side, ranking }] of Object.entries(market)) {
          const places = all.map((matches) => placeOf(ranking, matches[agent]));
          const own = placeOf(ranking, found[agent]);
          // What is best for one side is worst for the other (Knuth 1976).
          expect(own).toBe(side === 'proposing' ? Math.min(...places) : Math.max(...places));
        }
      }),
      { seed: 1, numRuns: 300 },
    );
  });
  test('with places is stable, and leaves the same places empty whichever side proposes (Roth 1986)', () => {
    fc.assert(
      fc.property(sides(5, 3, true), (market) => {
        const found = match(market);
        expect(isStable(market, found)).toBe(true);
        const flipped = Object.fromEntries(
          Object.entries(market).map(([agent, own]) => [
            agent,
            { ...own, side: own.side === 'proposing' ? 'receiving' : 'proposing' },
          ]),
        ) as Market;
        const other = match(flipped);
        expect(isStable(market, other)).toBe(true);
        for (const agent of Object.keys(market)) expect(other[agent]).toHaveLength((found[agent] ?? []).length);
      }),
      { seed: 1, numRuns: 300 },
    );
  });
  test('refuses to rank a name that nobody has, with the nearest that takes part', () => {
    const reports = (name: string): Market => ({
      ann: { side: 'proposing', ranking: ['mit', name] },
      mit: { side: 'receiving', ranking: ['ann'] },
    });
    expect(() => match(reports('mitt'))).toThrow(coded('invalid-report', ['reports', 'ann', 'ranking', 1]));
    expect(() => match(reports('mitt'))).toThrow(/no agent is called "mitt".* Fix: did you mean "mit"\?$/);
    expect(() => match(reports('constructor'))).toThrow(
      /no agent is called "constructor"; expected an agent that takes part\. Fix: leave it out\.$/,
    );
  });
  test('refuses it to a live agent, too, and the others go on; who keeps silent is no stranger', async () => {
    const { outcome } = await mechane.open('matching/deferred-acceptance', {
      within: 200,
      agents: {
        ann: () => ({ side: 'proposing' as const, ranking: ['mit', 'eth'] }),
        bob: () => ({ side: 'proposing' as const, ranking: ['eht'] }),
        mit: () => undefined,
        eth: () => ({ side: 'receiving' as const, ranking: ['bob', 'ann'] }),
      },
    }).result;
    expect(outcome.matches).toEqual({ ann: ['eth'], eth: ['ann'] });
  });
  test('is worth more the higher a match is ranked; nobody is worth nothing, and somebody unranked less than nobody', () => {
    const suitor: Suitor = { side: 'proposing', ranking: ['mit', 'eth', 'cmu'] };
    const worth = (...matches: string[]) =>
      deferredAcceptance.utility?.('ann', suitor, { matches: { ann: matches } }, {});
    const single = [['mit'], ['eth'], ['cmu'], [], ['oxford']].map((matches) => worth(...matches) as number);
    expect(single).toEqual([...new Set(single)].sort((one, other) => other - one));
    expect(worth()).toBe(0);
    // Of two places, the better two are worth the most, and a second match adds what it is worth alone (responsive preferences, Roth 1985).
    expect(worth('mit', 'eth')).toBe((worth('mit') as number) + (worth('eth') as number));
    expect(worth('mit', 'eth')).toBeGreaterThan(worth('mit', 'cmu') as number);
    expect(deferredAcceptance.utility?.('bob', suitor, { matches: { ann: ['mit'] } }, {})).toBe(0);
  });
  test('leaves no two who would rather be matched with each other, with places for one or several', () => {
    const sizes = { proposers: 6, receivers: 4 };
    const proposers = Array.from({ length: sizes.proposers }, (_, index) => `p${index}`);
    const receivers = Array.from({ length: sizes.receivers }, (_, index) => `r${index}`);
    const suitor = (side: Suitor['side'], others: string[]) =>
      fc.record({
        side: fc.constant(side),
        ranking: fc.shuffledSubarray(others),
        capacity: fc.integer({ min: 1, max: 4 }),
      });
    const market = fc.tuple(
      fc.tuple(...proposers.map(() => suitor('proposing', receivers))),
      fc.tuple(...receivers.map(() => suitor('receiving', proposers))),
    );
    fc.assert(
      fc.property(market, ([own, others]) => {
        const reports = Object.fromEntries([
          ...proposers.map((agent, index) => [agent, own[index] as Suitor] as const),
          ...receivers.map((agent, index) => [agent, others[index] as Suitor] as const),
        ]);
        const matches = match(reports);
        const would = (agent: string, other: string): boolean => {
          const { ranking, capacity = 1 } = reports[agent] as Suitor;
          const has = matches[agent] as readonly string[];
          if (!ranking.includes(other) || has.includes(other)) return false;
          return has.length < capacity || has.some((match) => ranking.indexOf(match) > ranking.indexOf(other));
        };
        for (const agent of Object.keys(reports)) {
          const { ranking, capacity = 1 } = reports[agent] as Suitor;
          const has = matches[agent] as readonly string[];
          expect(has.length).toBeLessThanOrEqual(capacity);
          expect(has).toEqual(ranking.filter((name) => has.includes(name)));
          for (const match of has) expect(matches[match]).toContain(agent);
        }
        for (const one of proposers)
          for (const other of receivers) expect(would(one, other) && would(other, one)).toBe(false);
      }),
      { seed: 1, numRuns: 300 },
    );
  });
});

function range(prefix: string, size: number): string[] {
  return Array.from({ length: size }, (_, index) => `${prefix}${index}`);
}

type Matches = Readonly<Record<string, readonly string[]>>;

/** Gale and Shapley 1962, p. 13: all who were turned down ask the next on their lists, and each college puts the best on its waiting list. */
function matchedInRounds(market: Market): Matches {
  const asked: Record<string, string[]> = {};
  const waiting: Record<string, string[]> = {};
  for (const name of Object.keys(market)) [asked[name], waiting[name]] = [[], []];
  for (;;) {
    const lists = Object.values(waiting);
    const asking = Object.entries(market).flatMap(([name, { side, ranking }]) => {
      const next = ranking.find((college) => !asked[name]?.includes(college));
      if (side === 'receiving' || next === undefined || lists.some((list) => list.includes(name))) return [];
      return [[name, next] as const];
    });
    if (asking.length === 0) break;
    for (const [name, college] of asking) {
      asked[name]?.push(college);
      waiting[college]?.push(name);
    }
    for (const [college, { ranking, capacity = 1 }] of Object.entries(market))
      waiting[college] = ranking.filter((name) => waiting[college]?.includes(name)).slice(0, capacity);
  }
  return Object.fromEntries(
    Object.entries(market).map(([name, { side }]) => [
      name,
      side === 'receiving'
        ? (waiting[name] as string[])
        : Object.keys(waiting).filter((college) => waiting[college]?.includes(name)),
    ]),
  );
}

function placeOf(ranking: readonly string[], matches: readonly string[] = []): number {
  return matches[0] === undefined ? ranking.length : ranking.indexOf(matches[0]);
}

/** No pair would both rather have each other, as things stand. Written from the definition, not from the algorithm. */
function isStable(market: Market, matches: Matches): boolean {
  const wants = (agent: string, other: string): boolean => {
    const { ranking, capacity = 1 } = market[agent] as Suitor;
    const place = ranking.indexOf(other);
    if (place === -1) return false;
    const own = matches[agent] ?? [];
    return own.length < capacity || own.some((match) => ranking.indexOf(match) > place);
  };
  const acceptable = Object.entries(matches).every(([agent, own]) =>
    own.every((match) => market[agent]?.ranking.includes(match)),
  );
  const proposers = Object.keys(market).filter((agent) => market[agent]?.side === 'proposing');
  const receivers = Object.keys(market).filter((agent) => market[agent]?.side === 'receiving');
  const blocking = proposers.some((one) =>
    receivers.some((other) => !matches[one]?.includes(other) && wants(one, other) && wants(other, one)),
  );
  return acceptable && !blocking;
}

function everyMatching(market: Market): Matches[] {
  const proposers = Object.keys(market).filter((agent) => market[agent]?.side === 'proposing');
  const extend = (index: number, matches: Record<string, string[]>): Record<string, string[]>[] => {
    const proposer = proposers[index];
    if (proposer === undefined) return [matches];
    const alone = extend(index + 1, matches);
    const free = Object.keys(market).filter(
      (agent) => market[agent]?.side === 'receiving' && matches[agent]?.length === 0,
    );
    return [
      ...alone,
      ...free.flatMap((other) => extend(index + 1, { ...matches, [proposer]: [other], [other]: [proposer] })),
    ];
  };
  return extend(0, Object.fromEntries(Object.keys(market).map((agent) => [agent, []])));
}
