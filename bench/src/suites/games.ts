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
import { fitGrowth } from '../growth.ts';
import type { Table } from '../table.ts';

const mechane = createMechane().use(games);
const script = fileURLToPath(new URL('../../../peers/games.py', import.meta.url));
const interpreter = fileURLToPath(new URL('../../../peers/.venv/bin/python', import.meta.url));
const withPeers = existsSync(interpreter) && process.env.MECHANE_PEERS !== 'no';

type Matrix = readonly (readonly number[])[];

interface Task {
  readonly solver: string;
  readonly a: Matrix;
  readonly b: Matrix;
  readonly rounds: number;
}

/** What a peer answers; `seconds` is missing where it failed. */
interface Answer {
  readonly seconds?: number;
  readonly count?: number;
}

export async function run(): Promise<readonly Table[]> {
  return [allEquilibria(), oneEquilibrium(), zeroSum()];
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
  ['nashpy-vertex', 8],
  ['nashpy-support', 6],
  ['gambit-double', 10],
  ['gambit-exact', 8],
];

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
  for (const [id, strategies, seed] of instances) {
    const range = id === 'random-game' ? { range: 1_000_000 } : {};
    const game = mechane.generate(id, { settings: { strategies, ...range }, seed }).instance as JsonGame;
    const [a, b] = game.payoffs as unknown as readonly [Matrix, Matrix];
    const own = timed(() => extremePoints(readJsonGame(game)).now(), strategies < 12 ? 20 : 3);
    if (id === 'random-game') growth.push({ size: strategies, seconds: own.seconds });
    const answers = complete.map(([solver, largest]) => {
      return strategies > largest ? {} : (ask([{ solver, a, b, rounds: strategies < 10 ? 3 : 1 }])[0] as Answer);
    });
    const times = answers.map(({ seconds }) => seconds).filter((seconds) => seconds !== undefined);
    if (times.length > 0) faster.push(Math.min(...times) / own.seconds);
    const exact = answers.at(-1)?.seconds;
    if (exact !== undefined) gambit.push(exact / own.seconds);
    const cells = answers.map(({ seconds }) => (seconds === undefined ? null : seconds * 1e3));
    rows.push([`${id} ${seed}`, strategies, own.result.results.length, own.seconds * 1e3, ...cells]);
  }
  const exponent = fitGrowth(growth).exponent;
  return {
    title: `All equilibria, exactly: least milliseconds after warm-up, from JSON to result (grows as size^${exponent.toFixed(1)})`,
    columns: ['game', 'strategies', 'equilibria', 'mechane', ...complete.map(([solver]) => solver)],
    rows,
    goals: [
      { what: 'least time of the fastest peer over ours, any game', measured: Math.min(...faster), atLeast: 1 },
      { what: 'least time of exact Gambit over ours, any game', measured: Math.min(...gambit), atLeast: 10 },
    ],
  };
}

function oneEquilibrium(): Table {
  const rows: (string | number | null)[][] = [];
  const ratios: number[] = [];
  for (const size of [100, 200, 300, 500]) {
    for (const seed of [1, 2, 3]) {
      const { a, b, game } = doubles(size, seed, false);
      const own = timed(() => doubleLemkeHowson(game, { seconds: 60 }).now(), 3);
      const [answer = {}] =
        own.result.results.length === 0 ? [] : ask([{ solver: 'quantecon-lemke-howson', a, b, rounds: 1 }]);
      const ratio = answer.seconds === undefined ? null : answer.seconds / own.seconds;
      if (ratio !== null) ratios.push(ratio);
      const peer = answer.seconds === undefined ? null : answer.seconds * 1e3;
      const regret = own.result.results[0]?.regret ?? null;
      rows.push([size, seed, own.result.pivots, own.seconds * 1e3, peer, answer.count ?? null, ratio, regret]);
    }
  }
  return {
    title: 'One equilibrium of random games by Lemke–Howson in doubles, label 0: least milliseconds after warm-up',
    columns: ['strategies', 'seed', 'pivots', 'mechane', 'quantecon', 'its pivots', 'ratio', 'our regret'],
    rows,
    goals: [{ what: 'least time of quantecon over ours', measured: Math.min(...ratios), atLeast: 1 }],
  };
}

function zeroSum(): Table {
  const rows: (string | number | null)[][] = [];
  const ratios: number[] = [];
  for (const size of [100, 200, 500]) {
    const { a, b, game } = doubles(size, 1, true);
    const own = timed(() => doubleZeroSum(game).now(), 3);
    const answers = ['quantecon-minmax', 'nashpy-zero-sum'].map(
      (solver) => ask([{ solver, a, b, rounds: 2 }])[0] as Answer,
    );
    const times = answers.map(({ seconds }) => seconds).filter((seconds) => seconds !== undefined);
    const ratio = times.length === 0 ? null : Math.min(...times) / own.seconds;
    if (ratio !== null) ratios.push(ratio);
    const cells = answers.map(({ seconds }) => (seconds === undefined ? null : seconds * 1e3));
    rows.push([size, own.seconds * 1e3, ...cells, ratio, own.result.results[0]?.regret ?? null]);
  }
  return {
    title: 'Random zero-sum games in doubles: least milliseconds after warm-up',
    columns: ['strategies', 'mechane', 'quantecon', 'nashpy (HiGHS)', 'ratio', 'our regret'],
    rows,
    goals: [{ what: 'least time of the fastest peer over ours', measured: Math.min(...ratios), atLeast: 1 }],
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

/** The least time of some calls after one to warm up. */
function timed<Result>(call: () => Result, rounds: number): { readonly seconds: number; readonly result: Result } {
  let result = call();
  let seconds = Infinity;
  for (let round = 0; round < rounds; round++) {
    const started = performance.now();
    result = call();
    seconds = Math.min(seconds, (performance.now() - started) / 1e3);
  }
  return { seconds, result };
}
