import { seededRandom } from '@mechane/core';
import { createOptimizer } from '@mechane/optimization';
import { describe, expect, test } from 'vitest';
import {
  type BehaviourProfile,
  backwardInduction,
  behaviourOfMixed,
  chance,
  type ExtensiveGame,
  ends,
  evaluate,
  extensiveGame,
  kuhnPoker,
  leducPoker,
  move,
  Rational,
  readEfg,
  reducedNormalForm,
  seltensHorse,
  sequenceFormEquilibria,
  strippedDownPoker,
  subgamePerfect,
  subgames,
  uniformProfile,
  zeroSumSequenceForm,
} from '../src/index.ts';
import { expectedPayoffs, largestGain, pureStrategies, randomTree } from './random-tree.ts';

const rational = (text: string | number): Rational => Rational.of(text);
const profileOf = (numbers: readonly (readonly (readonly (string | number)[])[])[]): BehaviourProfile =>
  numbers.map((sets) => sets.map((actions) => actions.map(rational)));
const texts = (values: readonly Rational[] | undefined): string[] => (values ?? []).map(String);
const coded = (code: string, message: RegExp) =>
  expect.objectContaining({ code, message: expect.stringMatching(message) });

/** The absent-minded driver (Piccione & Rubinstein 1997). */
const driver = extensiveGame({
  players: ['driver'],
  root: move('driver', 'exit?', [
    ['exit', ends(0)],
    [
      'on',
      move('driver', 'exit?', [
        ['exit', ends(4)],
        ['on', ends(1)],
      ]),
    ],
  ]),
});

function examined(
  count: number,
  settings: Parameters<typeof randomTree>[1],
  check: (game: ExtensiveGame) => void,
): void {
  let seen = 0;
  for (let seed = 1; seen < count; seed++) {
    const game = randomTree(seededRandom(seed), settings);
    if (game.players.some((_, player) => pureStrategies(game, player) > 200)) continue;
    seen += 1;
    check(game);
  }
}

describe('the sequence form', () => {
  test("gives Kuhn's poker its value of -1/18 and a bluff a third as often as a value bet", async () => {
    const { results, complete, reason } = (await sequenceFormEquilibria(kuhnPoker()).all()) as {
      results: readonly { profile: BehaviourProfile; payoffs: readonly Rational[]; regret: Rational }[];
      complete: boolean;
      reason: string;
    };
    expect(results.map(({ payoffs }) => texts(payoffs))).toEqual([['-1/18', '1/18']]);
    expect(results[0]?.regret.toString()).toBe('0');
    expect(complete).toBe(false);
    expect(reason).toMatch(/one equilibrium/);
    // Kuhn's family: with a the chance to bet a jack, queens never open, kings bet 3a, queens call a bet with a + 1/3.
    const [J, Q, K, , Qpb] = ['J', 'Q', 'K', 'Jpb', 'Qpb'].map((label) => {
      const set = kuhnPoker().informationSets[0]?.findIndex((own) => own.label === label) as number;
      return results[0]?.profile[0]?.[set]?.[1] as Rational;
    });
    expect(Q?.sign).toBe(0);
    expect(K?.equals((J as Rational).times(rational(3)))).toBe(true);
    expect(Qpb?.equals((J as Rational).plus(rational('1/3')))).toBe(true);
  });

  test('finds the one equilibrium of stripped-down poker', () => {
    const { results } = sequenceFormEquilibria(strippedDownPoker()).now();
    expect(results.map(({ profile }) => profile.map((sets) => sets.map(texts)))).toEqual([
      [
        [
          ['1', '0'],
          ['1/3', '2/3'],
        ],
        [['2/3', '1/3']],
      ],
    ]);
    expect(texts(results[0]?.payoffs)).toEqual(['1/3', '-1/3']);
  });

  test('finds equilibria of random games, half of them degenerate, as trying every pure strategy confirms', {
    tags: ['long'],
  }, () => {
    for (const largest of [9, 1]) {
      examined(60, { largest }, (game) => {
        const { results } = sequenceFormEquilibria(game).now();
        expect(results).toHaveLength(1);
        const [{ profile, payoffs, regret }] = results as [(typeof results)[number]];
        expect(regret.sign).toBe(0);
        expect(texts(expectedPayoffs(game, profile))).toEqual(texts(payoffs));
        for (const player of [0, 1]) expect(largestGain(game, profile, player).sign).toBe(0);
      });
    }
  });

  test('leads from different starts to different equilibria', () => {
    const choose = (pays: (own: number) => ReturnType<typeof ends>) =>
      move('2', 'blind', [
        ['left', pays(0)],
        ['right', pays(1)],
      ]);
    const coordination = extensiveGame({
      players: ['1', '2'],
      root: move('1', '', [
        ['left', choose((own) => (own === 0 ? ends(2, 1) : ends(0, 0)))],
        ['right', choose((own) => (own === 1 ? ends(1, 2) : ends(0, 0)))],
      ]),
    });
    const starts = [profileOf([[[1, 0]], [[1, 0]]]), profileOf([[[0, 1]], [[0, 1]]]), profileOf([[[0, 1]], [[0, 1]]])];
    const { results } = sequenceFormEquilibria(coordination, { starts }).now();
    expect(results.map(({ payoffs }) => texts(payoffs))).toEqual([
      ['2', '1'],
      ['1', '2'],
    ]);
    const one = sequenceFormEquilibria(coordination, { starts, results: 1 }).now();
    expect(one).toMatchObject({ complete: false, reason: 'the budget of 1 results is spent' });
  });

  test('finds what is best where one player is alone', () => {
    const alone = extensiveGame({
      players: ['Ann'],
      root: move('Ann', '', [
        ['a', ends(1)],
        ['b', ends('7/2')],
      ]),
    });
    expect(
      sequenceFormEquilibria(alone)
        .now()
        .results.map(({ payoffs }) => texts(payoffs)),
    ).toEqual([['7/2']]);
  });

  test('stops at its budget and when it is told to', () => {
    expect(sequenceFormEquilibria(kuhnPoker(), { steps: 2 }).now()).toMatchObject({
      results: [],
      complete: false,
      reason: 'the budget of 2 steps is spent',
    });
    const signal = AbortSignal.abort();
    expect(sequenceFormEquilibria(kuhnPoker(), { signal }).now()).toMatchObject({ results: [], reason: 'interrupted' });
  });

  test('refuses three players, imperfect recall, with the witness, and what is too large', () => {
    expect(() => sequenceFormEquilibria(seltensHorse())).toThrow(coded('unsuitable-game', /3 players/));
    expect(() => sequenceFormEquilibria(driver)).toThrow(
      coded('unsuitable-game', /"exit\?", node 0 comes after no move/),
    );
    expect(() => sequenceFormEquilibria(leducPoker({ suits: true }))).toThrow(coded('too-large', /sequences/));
  });
});

describe('the exact linear program of the sequence form', () => {
  test("gives Leduc's poker its value, -0.085606424078, as a fraction with regret 0", { tags: ['long'] }, async () => {
    const optimizer = await createOptimizer();
    const found = zeroSumSequenceForm(leducPoker(), optimizer);
    expect(found?.payoffs[0]?.toNumber()).toBeCloseTo(-0.085606424078, 12);
    expect(found?.payoffs[0]?.toString()).toBe('-1454920850547486749701863871533/16995463438839962469905132501930');
    expect(found?.regret.toString()).toBe('0');
    expect(found?.proved).toBe(true);
    expect(zeroSumSequenceForm(leducPoker(), optimizer, { signal: AbortSignal.abort() })).toBeUndefined();
  });

  test('agrees with the complementary path on random constant-sum games', async () => {
    const optimizer = await createOptimizer();
    for (const largest of [9, 1]) {
      examined(20, { largest, zeroSum: true }, (game) => {
        const found = zeroSumSequenceForm(game, optimizer);
        expect(found?.proved).toBe(true);
        expect(texts(found?.payoffs)).toEqual(texts(sequenceFormEquilibria(game).now().results[0]?.payoffs));
      });
    }
  });

  test('refuses games whose payoffs do not sum to a constant, and other numbers of players', async () => {
    const optimizer = await createOptimizer();
    const general = extensiveGame({
      players: ['1', '2'],
      root: move('1', '', [
        ['a', ends(1, 1)],
        ['b', ends(0, 0)],
      ]),
    });
    expect(() => zeroSumSequenceForm(general, optimizer)).toThrow(coded('unsuitable-game', /do not sum/));
    const alone = extensiveGame({
      players: ['1'],
      root: move('1', '', [
        ['a', ends(1)],
        ['b', ends(0)],
      ]),
    });
    expect(() => zeroSumSequenceForm(alone, optimizer)).toThrow(coded('unsuitable-game', /1 players/));
    expect(() => zeroSumSequenceForm(seltensHorse(), optimizer)).toThrow(coded('unsuitable-game', /3 players/));
  });
});

describe('the evaluation of profiles', () => {
  test('agrees with trying every pure strategy, with three players too', () => {
    examined(40, { players: 3, depth: 4 }, (game) => {
      const uniform = uniformProfile(game, (actions) => Rational.ratio(1n, BigInt(actions)));
      const { payoffs, gains } = evaluate(game, uniform);
      expect(texts(payoffs)).toEqual(texts(expectedPayoffs(game, uniform)));
      expect(texts(gains)).toEqual([0, 1, 2].map((player) => largestGain(game, uniform, player).toString()));
    });
  });

  test("knows the equilibria of Selten's horse that Gambit's manual lists, and no others", () => {
    const horse = seltensHorse();
    // Across with the first player means across to the second; the published four, and two that are none.
    const regretOf = (one: string, two: string, three: string): string => {
      const sharing = (share: string): Rational[] => [rational(share), Rational.one.minus(rational(share))];
      return evaluate(horse, [[sharing(one)], [sharing(two)], [sharing(three)]]).regret.toString();
    };
    expect(regretOf('1', '1', '1/4')).toBe('0');
    expect(regretOf('1', '1', '0')).toBe('0');
    expect(regretOf('0', '1', '1')).toBe('0');
    expect(regretOf('0', '1/3', '1')).toBe('0');
    expect(regretOf('1', '1', '1/2')).toBe('1');
    expect(regretOf('0', '1/4', '0')).not.toBe('0');
  });
});

describe('backward induction', () => {
  test('finds the only subgame-perfect equilibrium of a generic game, complete', () => {
    // Nim with five stones, one or two at a time: whoever takes the last one wins, and the first can.
    let visits = 0;
    const visit = (stones: number): string => {
      visits += 1;
      return `${stones} left, visit ${visits}`;
    };
    const nim = (stones: number, player: number): ReturnType<typeof move> | ReturnType<typeof ends> =>
      stones === 0
        ? player === 1
          ? ends(1, -1)
          : ends(-1, 1)
        : move(
            String(player + 1),
            visit(stones),
            [1, 2].filter((taken) => taken <= stones).map((taken) => [String(taken), nim(stones - taken, 1 - player)]),
          );
    const { results } = backwardInduction(extensiveGame({ players: ['1', '2'], root: nim(5, 0) })).now();
    expect(new Set(results.map(({ payoffs }) => texts(payoffs).join()))).toEqual(new Set(['1,-1']));
  });

  test('finds every way to break ties', () => {
    const game = extensiveGame({
      players: ['1', '2'],
      root: move('1', '', [
        [
          'left',
          move('2', 'l', [
            ['a', ends(1, 0)],
            ['b', ends(3, 0)],
          ]),
        ],
        ['right', ends(2, 2)],
      ]),
    });
    const found = backwardInduction(game).now();
    expect(found.results.map(({ payoffs }) => texts(payoffs))).toEqual([
      ['2', '2'],
      ['3', '0'],
    ]);
    expect(found).toMatchObject({ complete: false, reason: expect.stringMatching(/indifferent/) });
    expect(backwardInduction(game, { results: 1 }).now()).toMatchObject({
      complete: false,
      reason: expect.stringMatching(/budget/),
    });
    expect(backwardInduction(game, { steps: 1 }).now()).toMatchObject({
      results: [],
      reason: 'the budget of 1 steps is spent',
    });
  });

  test('agrees with trying every pure strategy, and is found subgame by subgame', () => {
    examined(40, { players: 3, perfectInformation: true, largest: 40 }, (game) => {
      const { results, complete } = backwardInduction(game).now();
      for (const { profile } of results) {
        for (const player of [0, 1, 2]) expect(largestGain(game, profile, player).sign).toBe(0);
      }
      expect(subgames(game)).toEqual([...game.nodes.keys()].filter((node) => game.nodes[node]?.kind !== 'terminal'));
      const [perfect] = subgamePerfect(game).now().results;
      if (complete) expect(texts(perfect?.payoffs)).toEqual(texts(results[0]?.payoffs));
    });
  });

  test('refuses imperfect information', () => {
    expect(() => backwardInduction(kuhnPoker())).toThrow(coded('unsuitable-game', /cannot tell apart/));
  });
});

describe('subgame perfection', () => {
  // Chance or a player leads to a battle of the sexes that the first can avoid.
  const battle = (row: number) =>
    move('2', 'column', [
      ['ball', row === 0 ? ends(3, 1) : ends(0, 0)],
      ['opera', row === 1 ? ends(1, 3) : ends(0, 0)],
    ]);
  const outside = extensiveGame({
    players: ['1', '2'],
    root: move('1', 'first', [
      ['out', ends(2, 2)],
      [
        'in',
        move('1', 'row', [
          ['ball', battle(0)],
          ['opera', battle(1)],
        ]),
      ],
    ]),
  });

  test('knows where subgames begin', () => {
    expect(subgames(outside)).toEqual([0, 2]);
    expect(subgames(seltensHorse())).toEqual([0]);
    expect(subgames(driver)).toEqual([]);
  });

  test('plays an equilibrium in each subgame', () => {
    examined(40, { largest: 9 }, (game) => {
      const { results, complete } = subgamePerfect(game).now();
      expect(complete).toBe(false);
      const [{ profile, payoffs, regret }] = results as [(typeof results)[number]];
      expect(regret.sign).toBe(0);
      expect(texts(expectedPayoffs(game, profile))).toEqual(texts(payoffs));
      for (const begin of subgames(game)) {
        const inside = subtree(game, begin);
        for (const player of [0, 1]) expect(largestGain(inside, profile, player).sign).toBe(0);
      }
    });
    expect(subgamePerfect(outside, { steps: 1 }).now()).toMatchObject({ results: [], complete: false });
  });

  test('refuses subgames in which three players move', () => {
    expect(() => subgamePerfect(seltensHorse()).now()).toThrow(coded('unsuitable-game', /3 players \(1, 2, 3\)/));
  });
});

/** The same game, begun at a node: what is before it leads there at once. */
function subtree(game: ExtensiveGame, begin: number): ExtensiveGame {
  const inside = new Set([begin]);
  const nodes = game.nodes.map((node, index) => {
    if (inside.has(node.parent)) inside.add(index);
    return node;
  });
  const start = nodes[begin] as (typeof nodes)[number];
  return { ...game, nodes: [start, ...nodes.slice(1)] };
}

describe('the reduced normal form', () => {
  test("of Myerson's poker is the table in his book", () => {
    const poker = readEfg(`EFG 2 R "A simple Poker game" { "Fred" "Alice" }
      "This is a simple game of one-card poker from Myerson (1991)."
      c "" 1 "" { "Red" 1/2 "Black" 1/2 } 0
      p "" 1 1 "" { "Raise" "Fold" } 0
      p "" 2 1 "" { "Meet" "Pass" } 0
      t "" 1 "Win Big" { 2, -2 }
      t "" 2 "Win" { 1, -1 }
      t "" 2 "Win" { 1, -1 }
      p "" 1 2 "" { "Raise" "Fold" } 0
      p "" 2 1 "" { "Meet" "Pass" } 0
      t "" 3 "Lose Big" { -2, 2 }
      t "" 2 "Win" { 1, -1 }
      t "" 4 "Lose" { -1, 1 }`);
    const { game } = reducedNormalForm(poker);
    expect(game.strategies).toEqual([
      ['Raise/Raise', 'Raise/Fold', 'Fold/Raise', 'Fold/Fold'],
      ['Meet', 'Pass'],
    ]);
    expect(texts(game.rationals(0))).toEqual(['0', '1', '1/2', '0', '-1/2', '1', '0', '0']);
    expect(texts(sequenceFormEquilibria(poker).now().results[0]?.payoffs)).toEqual(['1/3', '-1/3']);
  });

  test("of Selten's horse is the one Gambit makes", () => {
    const { game } = reducedNormalForm(seltensHorse());
    expect(texts(game.rationals(0)).map(Number)).toEqual([1, 1, 4, 0, 3, 0, 3, 0]);
    expect(texts(game.rationals(1)).map(Number)).toEqual([1, 1, 4, 0, 2, 0, 2, 0]);
    expect(texts(game.rationals(2)).map(Number)).toEqual([1, 1, 0, 1, 2, 0, 2, 0]);
  });

  test('treats absent-minded players, who cannot do one thing here and another there', () => {
    const { game } = reducedNormalForm(driver);
    expect(game.strategies).toEqual([['exit', 'on']]);
    expect(texts(game.rationals(0))).toEqual(['0', '1']);
    const half = Rational.ratio(1n, 2n);
    expect(() => behaviourOfMixed(driver, reducedNormalForm(driver), [[half, half]])).toThrow(
      coded('unsuitable-game', /imperfect recall/),
    );
    // A pure strategy needs no recall.
    expect(String(behaviourOfMixed(driver, reducedNormalForm(driver), [[Rational.zero, Rational.one]]))).toBe('0,1');
  });

  test('gives mixtures their behaviour strategies', () => {
    examined(30, {}, (game) => {
      const reduced = reducedNormalForm(game);
      const { shape } = reduced.game;
      const mixed = shape.map((count) => {
        const total = (count * (count + 1)) / 2;
        return Array.from({ length: count }, (_, strategy) => rational(`${strategy + 1}/${total}`));
      });
      const sums = [Rational.zero, Rational.zero];
      for (let index = 0; index < reduced.game.profiles; index++) {
        const profile = reduced.game.profileAt(index);
        const weight = profile.reduce(
          (product, strategy, player) => product.times(mixed[player]?.[strategy] as Rational),
          Rational.one,
        );
        for (const player of [0, 1]) {
          sums[player] = (sums[player] as Rational).plus(weight.times(reduced.game.payoff(player, profile)));
        }
      }
      expect(texts(expectedPayoffs(game, behaviourOfMixed(game, reduced, mixed)))).toEqual(texts(sums));
    });
  });

  test('refuses what is too large, before it is made', () => {
    expect(() => reducedNormalForm(leducPoker())).toThrow(coded('too-large', /strategies of first/));
    const many = extensiveGame({
      players: ['1', '2'],
      root: {
        chance: Array.from({ length: 12 }, (_, at) => ({
          probability: '1/12',
          to: move('1', `a${at}`, [
            [
              'l',
              move('2', `b${at}`, [
                ['l', ends(0, 0)],
                ['r', ends(1, 1)],
              ]),
            ],
            ['r', ends(2, 2)],
          ]),
        })),
      },
    });
    expect(() => reducedNormalForm(many)).toThrow(coded('too-large', /payoffs/));
    // With imperfect recall too: each player has a set with nodes after different own moves.
    const forgetful = (player: string, count: number) => {
      const last = move(player, 'last', [
        ['l', ends(0, 0)],
        ['r', ends(1, 1)],
      ]);
      return Array.from({ length: count }, (_, at) =>
        move(player, `s${at}`, [
          ['l', last],
          ['r', ends(0, 0)],
        ]),
      );
    };
    const tossed = (nodes: ReturnType<typeof move>[]) =>
      extensiveGame({
        players: ['1', '2'],
        root: chance(nodes.map((node) => [`1/${nodes.length}`, node] as const)),
      });
    expect(() => reducedNormalForm(tossed(forgetful('1', 17)))).toThrow(coded('too-large', /strategies of 1/));
    expect(() => reducedNormalForm(tossed([...forgetful('1', 10), ...forgetful('2', 10)]))).toThrow(
      coded('too-large', /payoffs/),
    );
  });
});
