export { codedErrorOf } from './coded-error.ts';
export { describeMechanism, describeMechanisms, type TestRunner } from './describe-mechanism.ts';
export type { Domain } from './domain.ts';
export { believedOnGrid } from './domains/believed-on-grid.ts';
export { type DoubleAuctionOptions, doubleAuction, type Trader } from './domains/double-auction.ts';
export type { Bundle, Supply } from './domains/goods.ts';
export { type HousingOptions, housing, type Resident } from './domains/housing.ts';
export { type MultiUnitOptions, multiUnit } from './domains/multi-unit.ts';
export { type PositionsOptions, positions } from './domains/positions.ts';
export { type PublicChoiceOptions, publicChoice, type Valuation } from './domains/public-choice.ts';
export { type SingleItemOptions, singleItem } from './domains/single-item.ts';
export { type SinglePeakedOptions, singlePeaked } from './domains/single-peaked.ts';
export { type Mate, type TwoSidedOptions, twoSided } from './domains/two-sided.ts';
export { type BundleOptions, singleMinded, xorBids } from './domains/xor-bids.ts';
export { type ExplainedLaw, explainedLaws } from './explain-law.ts';
export { formatReport } from './format-report.ts';
export { otherDomainsOf } from './other-domains.ts';
export { lawFor, type OutcomeLaw, type TruthfulPlay } from './outcome-law.ts';
export {
  type ConformanceReport,
  type Counterexample,
  isGood,
  type LawVerdict,
  type Method,
  type Situation,
  type Verdict,
} from './report.ts';
export type { Scenario } from './scenario.ts';
export { type Elsewhere, type ForeseenPlay, type Subject, type SubjectOf, subject } from './subject.ts';
export { type Progress, type VerifyOptions, verify } from './verify.ts';
export { kitVersion } from './version.ts';
