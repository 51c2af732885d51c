import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { seededRandom } from '@mechane/core';
import { globalNewton, logit, NormalFormGame } from '@mechane/game-theory';
import { fitGrowth, type Measurement } from './growth.ts';
import type { Table } from './table.ts';

const script = fileURLToPath(new URL('../peers/games-many.py', import.meta.url));
const interpreter = fileURLToPath(new URL('../peers/.venv/bin/python', import.meta.url));
const withPeers = existsSync(interpreter) && process.env.MECHANE_PEERS !== 'no';

/** Players, and strategies of each. */
const sizes = [
  [3, 2],
  [3, 3],
  [3, 4],
  [4, 2],
  [4, 3],
  [5, 2],
  [5, 3],
] as const;
const seeds = [1, 2];
/** Mechane and the peer are asked in turn, so often; the least time of each counts. */
const turns = 2;
/** So long that the compiler has seen enough of a call that takes a tenth of a millisecond. */
const warmUpSeconds = 0.2;

type Profile = readonly (readonly number[])[];

interface Answer {
  readonly seconds?: number;
  readonly profiles?: readonly Profile[];
  readonly regret?: number;
}

/** One method, and how what it finds is to be compared. */
interface Method {
  readonly name: string;
  readonly peer: 'logit' | 'gnm';
  readonly call: (game: NormalFormGame) => readonly { readonly profile: Profile; readonly regret: number }[];
}

const methods: readonly Method[] = [
  { name: 'Logit path', peer: 'logit', call: (game) => logit(game).now().results },
  {
    name: 'Global Newton, all equilibria on a ray',
    peer: 'gnm',
    // The ray that Gambit takes by itself: a bonus for each player's first strategy.
    call: (game) => {
      const ray = game.shape.map((count) => Array.from({ length: count }, (_, at) => (at === 0 ? 1 : 0)));
      return globalNewton(game, { ray }).now().results;
    },
  },
];

/** Logit paths and global Newton on random games of three to five players, beside Gambit where it is installed, and how they grow. */
export function measureManyPlayers(): readonly Table[] {
  return [...methods.map(besideGambit), ...methods.map(growth)];
}

function besideGambit(method: Method): Table {
  const rows: (string | number | null)[][] = [];
  const ratios: number[] = [];
  for (const [players, strategies] of sizes) {
    for (const seed of seeds) {
      const game = randomGame(players, strategies, seed);
      let [own, other]: [number, Answer] = [Infinity, {}];
      for (let turn = 0; turn < turns; turn++) {
        own = Math.min(
          own,
          leastTime(() => method.call(game)),
        );
        const answer = ask(method.peer, game);
        if ((answer.seconds ?? Infinity) < (other.seconds ?? Infinity)) other = answer;
      }
      const found = method.call(game);
      // A path that got stuck is no faster for it.
      const ratio = other.seconds === undefined || found.length === 0 ? null : other.seconds / own;
      if (ratio !== null) ratios.push(ratio);
      const same = other.profiles?.filter((profile) => found.some((ours) => distance(ours.profile, profile) < 1e-4));
      rows.push([
        players,
        strategies,
        seed,
        own * 1e3,
        other.seconds === undefined ? null : other.seconds * 1e3,
        ratio,
        found.length,
        other.profiles?.length ?? null,
        same?.length ?? null,
        found.length === 0 ? null : Math.max(...found.map(({ regret }) => regret)),
        other.regret ?? null,
      ]);
    }
  }
  const sorted = ratios.toSorted((a, b) => a - b);
  return {
    title: `${method.name}: random games with payoffs up to 1,000, least milliseconds, in turn with Gambit`,
    columns: [
      'players',
      'strategies',
      'seed',
      'mechane',
      'gambit',
      'ratio',
      'found',
      'by gambit',
      'by both',
      'our regret',
      'its regret',
    ],
    rows,
    goals: withPeers
      ? [
          {
            what: `${method.name}: least time of Gambit over ours, any game`,
            measured: sorted[0] as number,
            atLeast: 3,
          },
          { what: 'the median of these', measured: sorted[sorted.length >> 1] as number, atLeast: 3 },
        ]
      : [],
  };
}

/** Three players with more and more strategies: the number of payoffs grows with their third power. */
function growth(method: Method): Table {
  const curve: Measurement[] = [];
  const rows: number[][] = [];
  for (const strategies of [2, 3, 4, 6, 8, 12]) {
    const times = seeds.map((seed) => leastTime(() => method.call(randomGame(3, strategies, seed)), 3));
    const seconds = Math.max(...times);
    curve.push({ size: 3 * strategies ** 3, seconds });
    rows.push([strategies, 3 * strategies ** 3, seconds * 1e3]);
  }
  const { exponent, rSquared } = fitGrowth(curve);
  return {
    title: `${method.name}, three players: time grows with payoffs to the ${exponent.toFixed(2)} (R² ${rSquared.toFixed(3)})`,
    columns: ['strategies', 'payoffs', 'milliseconds (slower of two games)'],
    rows,
  };
}

function randomGame(players: number, strategies: number, seed: number): NormalFormGame {
  const random = seededRandom(seed);
  return new NormalFormGame({
    strategies: new Array<number>(players).fill(strategies),
    payoffs: Array.from({ length: players }, () =>
      Float64Array.from({ length: strategies ** players }, () => random.below(1_000)),
    ),
  });
}

/** The least time of a call, after some to warm up. */
function leastTime(call: () => unknown, most = 20): number {
  const started = performance.now();
  do call();
  while (performance.now() - started < warmUpSeconds * 1e3);
  let seconds = Infinity;
  for (let round = 0; round < most && performance.now() - started < 3 * warmUpSeconds * 1e3; round++) {
    const begin = performance.now();
    call();
    seconds = Math.min(seconds, (performance.now() - begin) / 1e3);
  }
  if (seconds < Infinity) return seconds;
  const begin = performance.now();
  call();
  return (performance.now() - begin) / 1e3;
}

function ask(solver: string, game: NormalFormGame): Answer {
  if (!withPeers) return {};
  const payoffs = game.shape.map((_, player) => [...game.doubles(player)]);
  const input = JSON.stringify({ solver, shape: game.shape, payoffs, rounds: 3 });
  return JSON.parse(execFileSync(interpreter, [script], { input, encoding: 'utf8', maxBuffer: 2 ** 26 })) as Answer;
}

function distance(one: Profile, other: Profile): number {
  const flat = other.flat();
  return Math.max(...one.flat().map((weight, at) => Math.abs(weight - (flat[at] as number))));
}
