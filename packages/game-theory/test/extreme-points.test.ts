import { readFileSync } from 'node:fs';
import { seededRandom } from '@mechane/core';
import { Pace, Rational } from '@mechane/numerics';
import { describe, expect, test } from 'vitest';
import type { Equilibrium } from '../src/equilibrium.ts';
import { NormalFormGame } from '../src/normal-form/game.ts';
import { readJsonGame } from '../src/normal-form/json-game.ts';
import { type Bimatrix, bimatrix } from '../src/two-player/bimatrix.ts';
import { CertifiedWalk } from '../src/two-player/certified-vertices.ts';
import { extremePoints } from '../src/two-player/extreme-points.ts';
import { lemkeHowson } from '../src/two-player/lemke-howson.ts';
import { lexicographicVertices } from '../src/two-player/lexicographic-vertices.ts';
import { pairOf } from '../src/two-player/pair.ts';
import { ScaledMatrix } from '../src/two-player/scaled-matrix.ts';
import { stackelberg } from '../src/two-player/stackelberg.ts';
import { supportEnumeration } from '../src/two-player/support-enumeration.ts';
import { zeroSum } from '../src/two-player/zero-sum.ts';
import { codeOf } from './code-of.ts';
import { bruteForce } from './equilibrium-oracle.ts';
import { degenerateGame, genericGame, type TableGame, tableGame } from './random-games.ts';

interface GoldenGame {
  readonly name: string;
  readonly game: unknown;
  readonly extreme: readonly (readonly (readonly string[])[])[];
  readonly components: number;
}

const golden = JSON.parse(readFileSync(new URL('golden/games.json', import.meta.url), 'utf8')) as readonly GoldenGame[];
const keyOf = ({ profile }: Equilibrium): string => profile.map(String).join(';');

describe('published games', () => {
  test.each(golden)('$name', ({ game, extreme, components }) => {
    const found = extremePoints(readJsonGame(game)).now();
    expect(found.results.map(keyOf).sort()).toEqual(extreme.map((profile) => profile.map(String).join(';')).sort());
    expect(found.components).toHaveLength(components);
    expect(found.complete).toBe(true);
    for (const { regret } of found.results) expect(regret.sign).toBe(0);
  });
});

function agrees({ game, first, second }: TableGame): void {
  const expected = bruteForce(first, second);
  const found = extremePoints(game).now();
  expect(found.results.map(keyOf).sort()).toEqual(expected.equilibria);
  expect(found.components).toHaveLength(expected.components);
  expect(found.complete).toBe(true);
  for (const { regret } of found.results) expect(regret.sign).toBe(0);
}

describe('brute force over labels, in rationals', () => {
  test('agrees on 1,000 random games', { tags: ['long'] }, () => {
    const random = seededRandom(1);
    for (let round = 0; round < 1000; round++) agrees(genericGame(random));
  });

  test('agrees on 1,000 games that are degenerate by construction', { tags: ['long'] }, () => {
    const random = seededRandom(2);
    for (let round = 0; round < 1000; round++) agrees(degenerateGame(random));
  });

  test('agrees where doubles cannot hold the payoffs', () => {
    const random = seededRandom(3);
    for (let round = 0; round < 50; round++) {
      const { first, second } = degenerateGame(random);
      const huge = Rational.of('1e300');
      const moved = first.map((row) => row.map((entry) => entry.over(huge).plus(Rational.of(random.below(2)))));
      agrees(tableGame(moved, second));
    }
  });
});

function matricesOf(game: NormalFormGame): Bimatrix {
  const steps = bimatrix(game, pairOf(game, 'test'), new Pace({}));
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value as Bimatrix;
}

/** A walk's vertices as the sets of their supports and tight rows, and how it ended. */
function walked(matrix: readonly (readonly bigint[])[]): { vertices: string[]; end: string } {
  const walk = new CertifiedWalk(matrix, new ScaledMatrix(matrix)).vertices(new Pace({}));
  const vertices: string[] = [];
  for (;;) {
    const step = walk.next();
    if (step.done) return { vertices: vertices.sort(), end: step.value };
    if (typeof step.value === 'symbol') continue;
    vertices.push(String([step.value.support.toSorted(byNumber), step.value.tight.toSorted(byNumber)]));
  }
}

const byNumber = (a: number, b: number): number => a - b;

/** The same by pivoting in integers. */
function pivoted(matrix: readonly (readonly bigint[])[]): string[] {
  const columns = (matrix[0] as readonly bigint[]).length;
  const vertices: string[] = [];
  for (const vertex of lexicographicVertices(matrix, new Pace({}))) {
    if (typeof vertex === 'symbol') continue;
    const labelled = (label: number): boolean => ((vertex.labels >> BigInt(label)) & 1n) === 1n;
    const support = Array.from({ length: columns }, (_, column) => column).filter((column) => !labelled(column));
    const tight = matrix.flatMap((_, row) => (labelled(columns + row) ? [row] : []));
    vertices.push(String([support, tight]));
  }
  return vertices.sort();
}

describe('the walk with doubles', () => {
  test('sees the vertices that pivoting in integers sees, and is sure of it', () => {
    const random = seededRandom(4);
    for (let round = 0; round < 60; round++) {
      const size = 3 + random.below(4);
      const range = round % 2 === 0 ? 4 : 1000;
      const draw = (): Rational[] => Array.from({ length: size * size }, () => Rational.of(random.below(range)));
      const game = new NormalFormGame({ strategies: [size, size], payoffs: [draw(), draw()] });
      const { first } = matricesOf(game);
      const { vertices, end } = walked(first);
      expect(end).toBe('all');
      expect(vertices).toEqual(pivoted(first));
    }
  });

  test('gives up rather than trust doubles that cannot tell the payoffs apart', () => {
    const tiny = 10n ** 30n;
    const matrix = [
      [tiny + 1n, tiny, tiny + 3n],
      [tiny, tiny + 1n, tiny + 2n],
      [tiny + 2n, tiny + 2n, tiny],
    ];
    const { end, vertices } = walked(matrix);
    if (end === 'all') expect(vertices).toEqual(pivoted(matrix));
    else expect(end).toBe('astray');
  });
});

describe('structure', () => {
  test('where all payoffs are equal, everything is one Nash subset', () => {
    const same = { players: ['a', 'b'], payoffs: Array(2).fill(Array(2).fill([1, 1, 1])) };
    const { results, components, subsets, degenerate } = extremePoints(readJsonGame(same)).now();
    expect(results).toHaveLength(6);
    expect(components).toHaveLength(1);
    expect(subsets).toHaveLength(1);
    expect(subsets[0]?.first).toHaveLength(2);
    expect(subsets[0]?.second).toHaveLength(3);
    expect(degenerate).toHaveLength(6);
  });

  test('a component may be made of several Nash subsets', () => {
    // Kohlberg and Mertens 1986, figure 4: the equilibria form a hexagon.
    const game = {
      players: ['a', 'b'],
      payoffs: [
        [
          [1, 0, -1],
          [-1, 0, 0],
          [1, 0, -2],
        ],
        [
          [1, -1, 1],
          [0, 0, 0],
          [-1, 0, -2],
        ],
      ],
    };
    const table = game.payoffs.map((rows) => rows.map((row) => row.map((entry) => Rational.of(entry))));
    const { results, components, subsets } = extremePoints(readJsonGame(game)).now();
    const oracle = bruteForce(table[0] as Rational[][], table[1] as Rational[][]);
    expect(results.map(keyOf).sort()).toEqual(oracle.equilibria);
    expect(components).toHaveLength(oracle.components);
    expect(subsets.length).toBeGreaterThan(components.length);
  });
});

describe('asked for more than there is time', () => {
  const random = seededRandom(9);
  const draw = (): Float64Array => Float64Array.from({ length: 1600 }, () => random.below(1_000_000));
  const large = (): NormalFormGame => new NormalFormGame({ strategies: [40, 40], payoffs: [draw(), draw()] });

  test('it ends with what it has and says why', () => {
    const { complete, ...rest } = extremePoints(large(), { steps: 2000 }).now();
    expect(complete).toBe(false);
    expect(rest).toMatchObject({ reason: 'the budget of 2000 steps is spent' });
  });

  test('it ends at any step where only integers will do', { tags: ['long'] }, () => {
    const random = seededRandom(10);
    const spread = (size: number): Rational[] =>
      Array.from({ length: size * size }, () => {
        return Rational.of(`${random.below(9)}e-300`).plus(Rational.of(random.below(2)));
      });
    const game = new NormalFormGame({ strategies: [6, 6], payoffs: [spread(6), spread(6)] });
    const all = extremePoints(game).now();
    expect(all.complete).toBe(true);
    for (const { regret } of all.results) expect(regret.sign).toBe(0);
    let most = 0;
    for (let steps = 1; steps < 2000; steps += 7) {
      const { results, complete } = extremePoints(game, { steps }).now();
      expect(results.length).toBeGreaterThanOrEqual(most);
      most = results.length;
      if (complete) break;
    }
    expect(most).toBe(all.results.length);
  });

  test('it ends when it is called off', async () => {
    const interruption = new AbortController();
    const search = extremePoints(large(), { signal: interruption.signal });
    setImmediate(() => interruption.abort());
    await expect(search.all()).resolves.toMatchObject({ complete: false, reason: 'interrupted' });
  });

  test('it ends when it has enough', () => {
    const game = readJsonGame(golden[5]?.game);
    const { results, complete, ...rest } = extremePoints(game, { results: 3 }).now();
    expect(results).toHaveLength(3);
    expect(complete).toBe(false);
    expect(rest).toMatchObject({ reason: 'the budget of 3 results is spent' });
  });
});

describe('players with nothing to choose', () => {
  test('matching pennies with a bystander is a game of two, wherever the bystander stands', () => {
    const even = [
      [1, -1],
      [-1, 1],
    ];
    const odd = even.map((row) => row.map((payoff) => -payoff));
    const watching = [
      [4, 0],
      [0, 0],
    ];
    const after = readJsonGame({
      players: ['even', 'odd', 'bystander'],
      payoffs: [even, odd, watching].map((table) => table.map((row) => row.map((payoff) => [payoff]))),
    });
    const between = readJsonGame({
      players: ['even', 'bystander', 'odd'],
      payoffs: [even, watching, odd].map((table) => table.map((row) => [row])),
    });
    for (const method of [extremePoints, supportEnumeration, lemkeHowson, zeroSum]) {
      expect(JSON.stringify(method(after).now().results)).toBe(
        '[{"profile":[["1/2","1/2"],["1/2","1/2"],["1"]],"payoffs":["0","0","1"],"regret":"0"}]',
      );
      expect(JSON.stringify(method(between).now().results)).toBe(
        '[{"profile":[["1/2","1/2"],["1"],["1/2","1/2"]],"payoffs":["0","1","0"],"regret":"0"}]',
      );
    }
    expect(extremePoints(after).now()).toMatchObject({ complete: true, components: [[0]] });
    const [led] = stackelberg(between, { leader: 2 }).now().results;
    expect(led?.payoffs.map(String)).toEqual(['0', '2', '0']);
    expect(codeOf(() => stackelberg(between, { leader: 1 }))).toBe('invalid-game');
  });

  test('alone, a player does what is best, and who has nothing to choose does that', () => {
    const alone = readJsonGame({ players: ['alone'], payoffs: [[1, 3, 3]] });
    for (const method of [extremePoints, supportEnumeration]) {
      const { results, complete } = method(alone).now();
      expect(results.map(keyOf)).toEqual(['0,1,0', '0,0,1']);
      expect(complete).toBe(true);
    }
    const idle = readJsonGame({ players: ['one', 'two', 'three'], payoffs: [[[[1]]], [[[2]]], [[[3]]]] });
    const { results, complete } = extremePoints(idle).now();
    expect([results.map(({ payoffs }) => String(payoffs)), complete]).toEqual([['1,2,3'], true]);
  });

  test('a game in which three choose is refused', () => {
    const three = new NormalFormGame({ strategies: [2, 2, 1, 2], payoffs: Array(4).fill(new Float64Array(8)) });
    for (const method of [extremePoints, supportEnumeration, lemkeHowson, zeroSum, stackelberg]) {
      expect(codeOf(() => method(three))).toBe('unsuitable-game');
    }
  });
});

test('two strategies against very many are looked at without a place for every pair of the many', () => {
  // All pairs would be more than any array holds.
  const many = Array.from({ length: 70_000 }, (_, row) => [BigInt(1 + (row % 3)), BigInt(1 + (row % 5))]);
  const scaled = new ScaledMatrix(many);
  expect(scaled.rows).toBe(70_000);
  expect(scaled.usable).toBe(true);
});
