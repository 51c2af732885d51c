import type { Random } from '@mechane/core';
import { type Draw, Profiles } from '../draw/profiles.ts';
import type { Game } from '../game/game.ts';
import { ifPlayable } from '../game/unplayable.ts';
import type { Steps } from '../law.ts';

/** Runs that are done where nobody says how many, the most that a mechanism is quick enough for. */
const ladder = [300, 200, 120, 80, 50, 30, 20, 12, 8, 5] as const;
/** Milliseconds that the kit itself needs for a play. */
const own = 0.008;
/** Of the time that there is, the share that may be planned for. */
const share = 0.6;
const playsInRow = 12;
const playsPerReading = 8;
/** Milliseconds of plays after each of which the clock is read, and of those that are quick enough for the most work. */
const slow = 1;
const quick = 0.1;
const mostRows = 28;
/** Milliseconds, and the share of the time that there is, that may be spent on finding out. */
const longest = 200;
const longestShare = 0.08;

/** Milliseconds that a play takes at the least, seen over some rows of random profiles: engines warm to what they compile. */
export function* timedPlays(
  game: Game,
  draw: Draw,
  random: Random,
  seconds: number,
  computed: () => number,
): Steps<number> {
  const profiles = new Profiles(draw, random);
  const most = Math.min(longest, longestShare * 1_000 * seconds);
  const begun = computed();
  let quickest = longest;
  for (let row = 0; row < mostRows; row++) {
    const since = computed();
    let played = 0;
    let until = since;
    let isSlow = false;
    // A clock that is read at every play would take as long as many a play.
    while (played < playsInRow && until - begun < most) {
      const { types, seed } = profiles.next();
      ifPlayable(() => game.playAfresh(types, seed));
      played += 1;
      if (played === 1 || isSlow || played % playsPerReading === 0) {
        until = computed();
        isSlow = until - since > slow * played;
      }
      yield undefined;
    }
    until = computed();
    quickest = Math.min(quickest, (until - since) / Math.max(1, played));
    if (quickest < quick || until - begun >= most) break;
  }
  return quickest;
}

/** How many runs fit into so many seconds when a run takes so many plays. */
export function runsWithin(seconds: number, playsPerRun: number, millisecondsPerPlay: number): number {
  const affordable = (share * seconds * 1_000) / (playsPerRun * (millisecondsPerPlay + own));
  return ladder.find((runs) => runs <= affordable) ?? (ladder.at(-1) as number);
}
