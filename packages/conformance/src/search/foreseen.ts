import { type Case, deviated, type Reports } from '../case.ts';
import type { Game } from '../game/game.ts';

/** Reports that are played with a seed. */
export type SeededReports = readonly [reports: Reports, seed: number];

const together = 400;

/**
 * What comes one by one, in its order, but where a rule is at work elsewhere taken some ahead, so that the rule hears of many plays at once.
 */
export function* foreseen<Thing>(
  game: Game,
  things: Iterable<Thing>,
  playsOf: (thing: Thing) => Iterable<SeededReports>,
  most: () => number = () => together,
): Generator<Thing> {
  if (game.elsewhere?.foresee === undefined) {
    yield* things;
    return;
  }
  let taken: Thing[] = [];
  let plays: SeededReports[] = [];
  for (const thing of things) {
    taken.push(thing);
    plays.push(...playsOf(thing));
    if (plays.length < most()) continue;
    game.foresee(plays);
    yield* taken;
    [taken, plays] = [[], []];
  }
  game.foresee(plays);
  yield* taken;
}

/** What is played to judge a case. */
export function playsOf(given: Case): readonly SeededReports[] {
  const { types, deviation, seed } = given;
  return deviation.size === 0
    ? [[types, seed]]
    : [
        [types, seed],
        [deviated(given), seed],
      ];
}
