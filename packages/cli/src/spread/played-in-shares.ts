import type { Mechane, Mechanism } from '@mechane/core';
import type { Context } from '../context.ts';
import { PlaysApart } from '../plays-apart.ts';
import type { RunTask } from '../thread-tasks.ts';
import { combined, dividedApart, inPartsOf, sharesOf } from './divided.ts';

/**
 * Where what all parts need is decided faster than this, in milliseconds, one thread solves the parts: each share begins with work that is the same for
 * all. By the computing time that was measured, the longer of two halves ends after 0.66 to 0.83 of the time of one thread where allocations took 1.2 to
 * 1.6 s, and after 1.3 of it where one took 0.5 s, as long as each thread has a core.
 */
const patience = 1_000;

/** Who plays. */
export interface Shared {
  /** The thread that decides what all parts need, and solves its share. */
  readonly apart: PlaysApart;
  /** How many threads there are at most, with that one. */
  readonly threads: number;
  readonly mechane: Mechane<Mechanism>;
  readonly context: Context;
  readonly patience?: number;
}

/**
 * Plays a scenario in a thread, and gives its result as JSON. Where it falls into parts and takes long, other threads have their share of these; where its
 * settings limit the search, the limits hold for all of it together, so that one thread does all.
 *
 * @param what says what is shown on a terminal
 * @throws Interrupted where a play that was called off has nothing to say.
 */
export async function playedInShares(
  scenario: RunTask,
  what: () => string,
  { apart, threads, mechane, context, patience: patient = patience }: Shared,
): Promise<string> {
  if (threads === 1 || !inPartsOf(mechane, scenario) || isLimited(scenario)) return apart.play(scenario, what);
  const timed = await dividedApart(apart, scenario, what);
  if (timed === undefined) return apart.play(scenario, what);
  const divided = { scenario, division: timed.division };
  const shares = sharesOf(divided, timed.took > patient ? threads : 1);
  const others = shares.slice(1).map(() => new PlaysApart(context));
  try {
    const all = await Promise.allSettled(shares.map((share, place) => (others[place - 1] ?? apart).solve(share, what)));
    const solutions = all.flatMap((each) => {
      if (each.status === 'rejected') throw each.reason;
      return each.value;
    });
    return JSON.stringify(await combined(mechane, divided, solutions));
  } finally {
    await Promise.all(others.map((other) => other.close()));
  }
}

/** Nothing is known of the settings yet. */
function isLimited(scenario: RunTask): boolean {
  const settings = Object(scenario.settings) as object;
  return 'timeLimit' in settings || 'nodeLimit' in settings;
}
