export { Budget, type Limits } from './budget.ts';
export { componentsOf } from './components.ts';
export { type Determination, determineWinners } from './determine-winners.ts';
export { WorkingSelection } from './local-search.ts';
export { type Packing, packingOf, restricted, rowsOfBid, type Selection, valueOfBids } from './packing.ts';
export type { Proof } from './proof.ts';
export { type Checked, recheckBound } from './recheck-bound.ts';
export { type Effort, RelatedAuctions } from './related-auctions.ts';
export { toMoney, toUnits, type Units, unitsFor } from './units.ts';
