import type { Random } from '@mechane/core';
import { type Draw, Profiles } from '../draw/profiles.ts';
import type { Game } from '../game/game.ts';
import { ifPlayable } from '../game/unplayable.ts';
import type { Steps } from '../law.ts';
import { computed } from './engine.ts';

/** Runs that are done where nobody says how many, the most that a mechanism is quick enough for. */
const ladder = [300, 200, 120, 80, 50, 30, 20, 12, 8, 5] as const;
/** Milliseconds that the kit itself needs for a play. */
const own = 0.008;
/** Of the time that there is, the share that may be planned for. */
const share = 0.6;
const playsInRow = 24;
const mostRows = 14;
const longest = 200;

/** Milliseconds that a play takes at the least, seen over some rows of random profiles: engines warm to what they compile. */
export function* timedPlays(game: Game, draw: Draw, random: Random): Steps<number> {
  const profiles = new Profiles(draw, random);
  const begun = computed();
  let quickest = longest;
  for (let row = 0; row < mostRows && computed() - begun < longest; row++) {
    const since = computed();
    let played = 0;
    while (played < playsInRow && computed() - begun < longest) {
      const { types, seed } = profiles.next();
      ifPlayable(() => game.playAfresh(types, seed));
      played += 1;
      yield undefined;
    }
    quickest = Math.min(quickest, (computed() - since) / Math.max(1, played));
  }
  return quickest;
}

/** How many runs fit into so many seconds when a run takes so many plays. */
export function runsWithin(seconds: number, playsPerRun: number, millisecondsPerPlay: number): number {
  const affordable = (share * seconds * 1_000) / (playsPerRun * (millisecondsPerPlay + own));
  return ladder.find((runs) => runs <= affordable) ?? (ladder.at(-1) as number);
}
