import { iterated } from './iterated-search.ts';
import { exchanged, greedySelection } from './local-search.ts';
import type { Selection } from './packing.ts';
import { promisingSets } from './promising-sets.ts';
import type { SearchState } from './search-state.ts';

/** Offers selections made of the relaxation: greedy by how much of a set is in and what it offers above the prices, then a walk. */
export function roundAndWalk(state: SearchState, steps: number): void {
  const order = promisingSets(state.lp);
  let found = greedySelection(state.packing, order, state.inRow);
  if (steps > 0) {
    found = walked(state, found, order, steps);
    if (found.value < state.best.value) found = walked(state, state.best, order, steps);
  }
  state.offer(found);
}

/** Offers exchanges of the best: they go on where iterated search gets stuck, and the other way round. */
export function roundAndExchange(state: SearchState, steps: number): void {
  const { packing, inRow, options } = state;
  const walk = { order: promisingSets(state.lp), steps, inRow, budget: options.budget };
  for (const from of [greedySelection(packing, walk.order, inRow), state.best])
    state.offer(exchanged(packing, from, walk));
}

function walked(state: SearchState, from: Selection, order: Int32Array, steps: number): Selection {
  const { packing, inRow } = state;
  const { budget } = state.options;
  const graph = state.conflicts();
  if (graph.sharedRows.length > 0) return exchanged(packing, from, { order, steps, inRow, budget });
  return iterated(packing.values, graph, from, { among: order, rounds: steps, enough: state.prices.bound, budget });
}
