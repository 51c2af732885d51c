export { Budget, type Limits } from './budget.ts';
export { componentsOf } from './components.ts';
export { PackingError, type PackingErrorCode, type PackingErrorDetails } from './errors.ts';
export { WorkingSelection } from './local-search.ts';
export {
  type Origin,
  type Packing,
  packingOf,
  restricted,
  rowsOfSet,
  type Selection,
  valueOfSets,
} from './packing.ts';
export type {
  Branched,
  Counted,
  Covered,
  Parted,
  Priced,
  Proof,
  Reduced,
  ReductionStep,
  Unlogged,
} from './proof.ts';
export { type Checked, recheckBound } from './recheck-bound.ts';
export { recheckSelection } from './recheck-selection.ts';
export { type Effort, RelatedPackings } from './related-packings.ts';
export type { SearchStatistics } from './search-options.ts';
export { type PackingSolution, solvePacking } from './solve-packing.ts';
export { fromUnits, toUnits, type Units, unitsFor } from './units.ts';
