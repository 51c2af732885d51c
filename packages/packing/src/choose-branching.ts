import type { Proof } from './proof.ts';
import type { SearchState } from './search-state.ts';

/** The set to branch on, and why one of both sides need not be looked at. */
export interface Branching {
  readonly set: number;
  readonly closed: readonly [out: Proof | undefined, into: Proof | undefined];
}

interface Candidate {
  readonly set: number;
  score: number;
}

/** Candidates that are tried before a branching, and how hard. */
const mostTried = 10;
const pivotsTried = 25;
/** How close to a whole number a set of the relaxation is whole. */
const integral = 1e-6;

/** The set to branch on: where both sides are expected to lower the bound most; `undefined` when nothing is fractional. */
export function chooseBranching(state: SearchState, free: Int32Array): Branching | undefined {
  const { lp, pseudoCosts } = state;
  const means = pseudoCosts.means();
  const candidates: Candidate[] = [];
  for (const set of free) {
    const value = lp.valueOf(set);
    if (value < integral || value > 1 - integral) continue;
    candidates.push({ set, score: pseudoCosts.score(set, value, means) });
  }
  candidates.sort(byScore);
  const doubtful = candidates.slice(0, mostTried).filter(({ set }) => pseudoCosts.tried(set) < 2);
  if (doubtful.length > 0) {
    const snapshot = lp.snapshot();
    const start = lp.bound();
    for (const candidate of doubtful) {
      const { set } = candidate;
      const value = lp.valueOf(set);
      const tried = (direction: 0 | 1): Proof | undefined => {
        const mark = state.mark();
        state.fix(set, direction);
        const status = lp.solve(state.cutoff(), state.hasTime, pivotsTried);
        pseudoCosts.learn(set, direction, (start - lp.bound()) / (direction ? 1 - value : value));
        const isShut = status === 'cutoff' && state.prices.update(lp) <= state.best.value;
        const shut = isShut ? state.closingProof() : undefined;
        state.undo(mark);
        lp.restore(snapshot);
        return shut;
      };
      const closed = [tried(0), tried(1)] as const;
      if (closed[0] || closed[1]) return { set, closed };
      candidate.score = pseudoCosts.score(set, value, means);
    }
    candidates.sort(byScore);
  }
  const [best] = candidates;
  return best && { set: best.set, closed: [undefined, undefined] };
}

function byScore(a: Candidate, b: Candidate): number {
  return b.score - a.score || a.set - b.set;
}
