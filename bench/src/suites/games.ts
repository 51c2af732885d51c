// npm run bench -- games: equilibria of two-player games, beside other libraries where bench/peers/install.mjs has installed them.
// MECHANE_PEERS=no leaves the peers out.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createMechane, seededRandom } from '@mechane/core';
import {
  doubleLemkeHowson,
  doubleZeroSum,
  extremePoints,
  games,
  type JsonGame,
  NormalFormGame,
  readJsonGame,
} from '@mechane/game-theory';
import { measureManyPlayers } from '../games-many-players.ts';
import { fitGrowth } from '../growth.ts';
import type { Table } from '../table.ts';

const mechane = createMechane().use(games);
const script = fileURLToPath(new URL('../../peers/games.py', import.meta.url));
const interpreter = fileURLToPath(new URL('../../peers/.venv/bin/python', import.meta.url));
const withPeers = existsSync(interpreter) && process.env.MECHANE_PEERS !== 'no';

type Matrix = readonly (readonly number[])[];

interface Task {
  readonly solver: string;
  readonly a: Matrix;
  readonly b: Matrix;
}

/** What a peer answers; `seconds` is missing where it failed. */
interface Answer {
  readonly seconds?: number;
  readonly count?: number;
}

export async function run(): Promise<readonly Table[]> {
  return [allEquilibria(), oneEquilibrium(), zeroSum(), ...measureManyPlayers()];
}

function ask(tasks: readonly Task[]): readonly Answer[] {
  if (!withPeers || tasks.length === 0) return tasks.map(() => ({}));
  const input = tasks.map((task) => JSON.stringify(task)).join('\n');
  const output = execFileSync(interpreter, [script], { input, encoding: 'utf8', maxBuffer: 2 ** 28 });
  return output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Answer);
}

/** The complete methods of others, and the largest games each can be asked about in reasonable time. */
const complete: readonly (readonly [solver: string, largest: number])[] = [
  ['quantecon-vertex', 14],
  ['quantecon-support', 10],
  ['nashpy-vertex', 6],
  ['nashpy-support', 6],
  ['gambit-double', 8],
  ['gambit-exact', 8],
];

/** Von Stengel 1999, "New maximal numbers of equilibria in bimatrix games", the 6 × 6 game: 75 equilibria. */
const vonStengel = 'von Stengel';
const seventyFive: readonly [Matrix, Matrix] = [
  [
    [-81, 36, -126, 126, -36, 90],
    [-180, 72, -333, 297, -153, 270],
    [20, -3, 42, -33, 17, -30],
    [-30, 17, -33, 42, -3, 20],
    [270, -153, 297, -333, 72, -180],
    [90, -36, 126, -126, 36, -81],
  ],
  [
    [72, 36, 17, -3, -36, -153],
    [-180, -81, -30, 20, 90, 270],
    [297, 126, 42, -33, -126, -333],
    [-333, -126, -33, 42, 126, 297],
    [270, 90, 20, -30, -81, -180],
    [-153, -36, -3, 17, 36, 72],
  ],
];
const mostForVonStengel = 0.02;

function allEquilibria(): Table {
  const sizes = [6, 8, 10, 12, 14];
  const instances = [
    ...sizes.flatMap((strategies) => [1, 2].map((seed) => ['random-game', strategies, seed] as const)),
    ...[6, 8, 10].map((strategies) => ['hard-game', strategies, 1] as const),
  ];
  const rows: (string | number | null)[][] = [];
  const faster: number[] = [];
  const gambit: number[] = [];
  const growth: { size: number; seconds: number }[] = [];
  const tasks: Task[] = [];
  const drawn = instances.map(([id, strategies, seed]) => {
    const range = id === 'random-game' ? { range: 1_000_000 } : {};
    const game = mechane.generate(id, { settings: { strategies, ...range }, seed }).instance as JsonGame;
    return { name: `${id} ${seed}`, id, strategies, payoffs: game.payoffs as unknown as readonly [Matrix, Matrix] };
  });
  const stengels = { name: vonStengel, id: vonStengel, strategies: 6, payoffs: seventyFive };
  const measured = [...drawn, stengels].map(({ name, id, strategies, payoffs: [a, b] }) => {
    const read = readJsonGame({ players: ['row', 'column'], payoffs: [a, b] });
    const own = timed(() => extremePoints(read).now());
    if (id === 'random-game') growth.push({ size: strategies, seconds: own.seconds });
    const places = complete.map(([solver, largest]) => {
      if (strategies > largest) return -1;
      return tasks.push({ solver, a, b }) - 1;
    });
    return { name, strategies, own, places };
  });
  const answered = ask(tasks);
  for (const { name, strategies, own, places } of measured) {
    const answers = places.map((place) => answered[place] ?? {});
    // Who finds another number has missed some, or taken rounding errors for others.
    const right = answers.map(({ seconds, count }) => (count === own.result.results.length ? seconds : undefined));
    const times = right.filter((seconds) => seconds !== undefined);
    if (times.length > 0) faster.push(Math.min(...times) / own.seconds);
    const exact = right.at(-1);
    if (exact !== undefined) gambit.push(exact / own.seconds);
    const cells = answers.flatMap(({ seconds, count }) => [
      seconds === undefined ? null : seconds * 1e3,
      count ?? null,
    ]);
    rows.push([name, strategies, own.result.results.length, own.seconds * 1e3, ...cells]);
  }
  const exponent = fitGrowth(growth).exponent;
  const stengel = measured.at(-1);
  return {
    title: `All equilibria, ours exactly: milliseconds of processor time, warmed up (ours grow as size^${exponent.toFixed(1)})`,
    columns: ['game', 'strategies', 'equilibria', 'mechane', ...complete.flatMap(([solver]) => [solver, 'found'])],
    rows,
    goals: [
      { what: 'time of the fastest peer that finds as many over ours, any game', measured: least(faster), atLeast: 1 },
      { what: 'time of exact Gambit over ours, any game it solves', measured: least(gambit), atLeast: 10 },
      {
        what: "20 ms over our time for all 75 equilibria of von Stengel's game",
        measured: stengel?.own.result.results.length === 75 ? mostForVonStengel / stengel.own.seconds : Number.NaN,
        atLeast: 1,
      },
    ],
  };
}

const longestPath = 5_000;

function oneEquilibrium(): Table {
  const rows: (string | number | null)[][] = [];
  const ratios: number[] = [];
  const tasks: Task[] = [];
  const measured: { size: number; seed: number; own: ReturnType<typeof ownPath> }[] = [];
  for (const size of [100, 200, 500]) {
    for (let seed = 1, found = 0; found < 3 && seed <= 30; seed++) {
      const { a, b, game } = doubles(size, seed, false);
      // Paths differ in length by orders of magnitude; those that take too long for a benchmark are left out for all.
      if (doubleLemkeHowson(game, { steps: longestPath }).now().results.length === 0) continue;
      found += 1;
      measured.push({ size, seed, own: ownPath(game) });
      tasks.push({ solver: 'quantecon-lemke-howson', a, b });
    }
  }
  for (const [at, { seconds, count }] of ask(tasks).entries()) {
    const { size, seed, own } = measured[at] as (typeof measured)[number];
    const ratio = seconds === undefined ? null : seconds / own.seconds;
    if (ratio !== null) ratios.push(ratio);
    const peer = seconds === undefined ? null : seconds * 1e3;
    const regret = own.result.results[0]?.regret ?? null;
    rows.push([size, seed, own.result.pivots, own.seconds * 1e3, peer, count ?? null, ratio, regret]);
  }
  return {
    title:
      'One equilibrium of random games by Lemke–Howson in doubles, label 0: milliseconds of processor time, warmed up',
    columns: ['strategies', 'seed', 'pivots', 'mechane', 'quantecon', 'its pivots', 'ratio', 'our regret'],
    rows,
    goals: [{ what: 'time of quantecon over ours, any game', measured: least(ratios), atLeast: 1 }],
  };
}

function ownPath(game: NormalFormGame) {
  return timed(() => doubleLemkeHowson(game).now());
}

function zeroSum(): Table {
  const rows: (string | number | null)[][] = [];
  const ratios: number[] = [];
  for (const size of [100, 200, 500]) {
    const { a, b, game } = doubles(size, 1, true);
    const own = timed(() => doubleZeroSum(game).now());
    const solvers = ['quantecon-minmax', 'nashpy-zero-sum'];
    const answers = ask(solvers.map((solver) => ({ solver, a, b })));
    const times = answers.map(({ seconds }) => seconds).filter((seconds) => seconds !== undefined);
    const ratio = times.length === 0 ? null : Math.min(...times) / own.seconds;
    if (ratio !== null) ratios.push(ratio);
    const cells = answers.map(({ seconds }) => (seconds === undefined ? null : seconds * 1e3));
    rows.push([size, own.seconds * 1e3, ...cells, ratio, own.result.results[0]?.regret ?? null]);
  }
  return {
    title: 'Random zero-sum games in doubles: milliseconds of processor time, warmed up',
    columns: ['strategies', 'mechane', 'quantecon', 'nashpy (HiGHS)', 'ratio', 'our regret'],
    rows,
    goals: [{ what: 'time of the fastest peer over ours, any size', measured: least(ratios), atLeast: 1 }],
  };
}

function doubles(size: number, seed: number, opposed: boolean): { a: Matrix; b: Matrix; game: NormalFormGame } {
  const random = seededRandom(seed);
  const first = Float64Array.from({ length: size * size }, () => random.next());
  const second = opposed ? first.map((payoff) => -payoff) : first.map(() => random.next());
  const matrix = (flat: Float64Array): Matrix =>
    Array.from({ length: size }, (_, row) => Array.from(flat.subarray(row * size, (row + 1) * size)));
  const game = new NormalFormGame({ strategies: [size, size], payoffs: [first, second] });
  return { a: matrix(first), b: matrix(second), game };
}

/** The least of some ratios; not a number where no peer was asked, so that no goal is met by that. */
function least(ratios: readonly number[]): number {
  return ratios.length === 0 ? Number.NaN : Math.min(...ratios);
}

/** Seconds that a batch of calls takes, and beyond which one call is enough. */
const [batch, slow] = [0.1, 0.5];

/** The processor time of a call, warmed up: the least of three batches. Other work on the machine does not count. */
function timed<Result>(call: () => Result): { readonly seconds: number; readonly result: Result } {
  let result = call();
  const spent = (calls: number): number => {
    const before = process.cpuUsage();
    for (let done = 0; done < calls; done++) result = call();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1e6 / calls;
  };
  const started = performance.now();
  while (performance.now() - started < 1e3 * slow) result = call();
  const once = spent(1);
  if (once > slow) return { seconds: once, result };
  const calls = Math.max(1, Math.round(batch / Math.max(once, 1e-6)));
  return { seconds: Math.min(spent(calls), spent(calls), spent(calls)), result };
}
