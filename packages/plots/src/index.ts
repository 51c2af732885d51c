export { type BidsOfMany, bidsByValue, type OneBid } from './auctions/bids-by-value.ts';
export { coreRegion } from './auctions/core-region.ts';
export { type PackageAuction, type PackageBid, packageAuction } from './auctions/package-auction.ts';
export { type Positions, positionsSold } from './auctions/positions.ts';
export { type PriceClock, priceClock } from './auctions/price-clock.ts';
export { type SealedAuction, sealedAuction } from './auctions/sealed-auction.ts';
export { type UnitBids, unitBids } from './auctions/unit-bids.ts';
export { claimsChecked, type Examination } from './claims.ts';
export { type BrokenLaw, counterexample } from './counterexample.ts';
export { toCsv } from './csv.ts';
export { type Curve, type CurvesOptions, curves } from './curves.ts';
export type { Cell, Figure, FigureOptions, Lettering, Look, Mark, Point } from './figure.ts';
export { bestResponses } from './games/best-responses.ts';
export { type ExtensiveForm, gamePictures, type NormalForm, type Solved } from './games/game-pictures.ts';
export { type GameNode, gameTree, type Move, type TreeOptions } from './games/game-tree.ts';
export { logitBranch } from './games/logit-branch.ts';
export { lottery } from './games/lottery.ts';
export { payoffTable, toLatexTable } from './games/payoff-table.ts';
export { profileList } from './games/profile-list.ts';
export { type Population, replicatorField } from './games/replicator-field.ts';
export type { Payoff, Profile, TableGame } from './games/table-game.ts';
export { toHtml } from './html.ts';
export { growthCurves } from './learning/growth.ts';
export {
  armsPulled,
  convergenceCurve,
  learningCurve,
  type Mean,
  regretCurve,
  type SimulatedPlay,
} from './learning/simulation.ts';
export { allocationFlows, type Flows } from './markets/flows.ts';
export { type BookOfOrders, orderBook } from './markets/order-book.ts';
export { type ClearedMarket, type Order, supplyAndDemand } from './markets/supply-and-demand.ts';
export { type Choice, choiceOfOne, peaksOnLine } from './matching/choices.ts';
export { type Matching, matching } from './matching/matching.ts';
export { pageStyle, palette, type Role } from './palette.ts';
export { pictureOf, picturesOf } from './picture-of.ts';
export type { AnyRecord, AnyRun } from './run-shape.ts';
export { type SvgOptions, toSvg } from './svg.ts';
export { toTikz } from './tikz.ts';
