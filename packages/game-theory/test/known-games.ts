import type { NormalFormGame } from '../src/normal-form/game.ts';
import { readJsonGame } from '../src/normal-form/json-game.ts';

const same = [
  [1, 0],
  [0, 1],
];
const different = [
  [0, 1],
  [1, 0],
];

/** Of two players, one earns 1 where they do the same, the other where they do not. */
export const matchingPennies: NormalFormGame = readJsonGame({ players: ['a', 'b'], payoffs: [same, different] });

/** The same, while a third player looks on and earns nothing whatever it does. */
export const watchedPennies: NormalFormGame = readJsonGame({
  players: ['a', 'b', 'c'],
  payoffs: [
    withSpectator(same),
    withSpectator(different),
    withSpectator([
      [0, 0],
      [0, 0],
    ]),
  ],
});

/** Three players who each earn so much where all play their first strategy, and so much where all play their second. */
export function agreement(onFirst: number, onSecond: number): NormalFormGame {
  const payoffs = [0, 1].map((a) =>
    [0, 1].map((b) => [0, 1].map((c) => (a === b && b === c ? ([onFirst, onSecond][a] as number) : 0))),
  );
  return readJsonGame({ players: ['a', 'b', 'c'], payoffs: [payoffs, payoffs, payoffs] });
}

function withSpectator(table: readonly (readonly number[])[]): readonly (readonly number[])[][] {
  return table.map((row) => row.map((payoff) => [payoff, payoff]));
}
