import { cliqueCuts } from './clique-cuts.ts';
import { roundAndExchange, roundAndWalk } from './rounding-heuristics.ts';
import type { FixingSteps, SearchState } from './search-state.ts';

const mostCutRounds = 30;
/** Rounds of cuts that lower the bound by less than this share of the gap are poor; after so many the rounds end. */
const poorGain = 0.003;
const mostPoorRounds = 4;
/** Steps of a walk: for each set where the gap is a wide share of the bound, and in all before there are cuts. */
const stepsPerSet = 8;
const wideGap = 0.01;
const shortWalk = 300;

/**
 * The root of a search: the relaxation with rounds of clique cuts, between them selections made of it, and sets that its prices fix. Its bound.
 *
 * @param steps gets the prices by which sets were fixed
 */
export function solveRoot(state: SearchState, steps: FixingSteps): number {
  const { lp } = state;
  lp.solve(-Infinity, state.hasTime);
  let bound = state.prices.update(lp);
  roundAndWalk(state, 0);
  if (bound > state.best.value) roundAndWalk(state, shortWalk);
  if (bound <= state.best.value) return bound;
  const mayWalk = state.best.sets.length > 0;
  state.fixByPrices(steps);
  bound = cutDown(state, steps, bound);
  if (!state.isClosed() && mayWalk) {
    walkLong(state);
    if (!state.isClosed()) state.fixByPrices(steps);
  }
  return bound;
}

/** Adds clique cuts in rounds as long as they lower the bound. */
function cutDown(state: SearchState, steps: FixingSteps, first: number): number {
  const { lp, cuts, prices } = state;
  let bound = first;
  let before = bound;
  let poor = 0;
  for (let round = 0; round < mostCutRounds && state.hasTime(); round++) {
    const found = cliqueCuts(state.conflicts(), solutionOf(state), lp.reduced, 60);
    if (found.length === 0) break;
    cuts.add(lp, found);
    lp.solve(-Infinity, state.hasTime);
    cuts.dropIdle(lp);
    bound = Math.min(bound, prices.update(lp));
    roundAndWalk(state, round % 4 === 3 ? 500 : 0);
    if (state.isClosed()) break;
    state.fixByPrices(steps);
    poor = before - bound < poorGain * (before - state.best.value) ? poor + 1 : 0;
    if (poor >= mostPoorRounds) break;
    before = bound;
  }
  return bound;
}

/** Looks longer for a better selection, the longer the wider the gap is. */
function walkLong(state: SearchState): void {
  if (!hasWideGap(state)) {
    roundAndWalk(state, state.freeSets().length);
    return;
  }
  const long = stepsPerSet * state.packing.sets;
  roundAndWalk(state, long);
  if (hasWideGap(state)) roundAndExchange(state, long);
}

function hasWideGap({ prices, best }: SearchState): boolean {
  return prices.bound - best.value > wideGap * prices.bound;
}

function solutionOf({ packing, lp }: SearchState): Float64Array {
  return Float64Array.from({ length: packing.sets }, (_, set) => (lp.upper[set] === 0 ? -1 : lp.valueOf(set)));
}
