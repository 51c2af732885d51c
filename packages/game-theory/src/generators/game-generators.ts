import type { InstanceGenerator } from '@mechane/core';
import { hardGame } from './hard-game.ts';
import { covariantGame, randomGame, randomZeroSum, unitVectorGame } from './random-games.ts';
import {
  blottoGame,
  congestionGame,
  coordinationGame,
  dispersionGame,
  potentialGame,
  travellersDilemma,
} from './structured-games.ts';

/** All generators of this package. */
export const gameGenerators: readonly InstanceGenerator[] = [
  randomGame,
  randomZeroSum,
  covariantGame,
  coordinationGame,
  congestionGame,
  potentialGame,
  dispersionGame,
  blottoGame,
  unitVectorGame,
  travellersDilemma,
  hardGame,
];
