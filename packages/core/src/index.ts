import 'reflect-metadata';

/*
 * The door for whoever uses mechanisms or writes them. Whoever hosts or examines other people's goes through `./host` as well.
 */

export { type AgentId, byCodeUnit, emptyRecord, perAgent } from './contract/agent.ts';
export {
  type AmountKind,
  amount,
  amountKind,
  count,
  inMoney,
  inQuantity,
  marginals,
  positiveAmount,
  positiveQuantity,
  quantity,
  signedAmount,
  signedQuantity,
} from './contract/amount.ts';
export {
  type Certificate,
  type CertificateStatus,
  type Certified,
  certified,
  type Returned,
} from './contract/certificate.ts';
export type { Claim, ClaimMode, DepartingReport, LawName, Witness } from './contract/claim.ts';
export {
  type AgentColumn,
  agentColumn,
  type ColumnDecision,
  type Columns,
  columnIds,
  firstInvalidAmount,
} from './contract/columns.ts';
export type { DecisionInParts, InParts } from './contract/decision-in-parts.ts';
export { type DirectDefinition, directMechanism, type ReportRequest } from './contract/direct-mechanism.ts';
export { firstRound } from './contract/first-round.ts';
export { History, historyOmitted, longestHistory, type Told } from './contract/history.ts';
export {
  defineGenerator,
  type Generated,
  type GenerateOptions,
  type GeneratorDefinition,
  type InstanceGenerator,
} from './contract/instance-generator.ts';
export { lazily } from './contract/lazily.ts';
export {
  type CoreErrorCode,
  type ErrorDetails,
  type ErrorReport,
  formatPath,
  isMechaneError,
  MechaneError,
  type Path,
  quote,
} from './contract/mechane-error.ts';
export {
  type AskOf,
  type CertificateOf,
  type Claims,
  type ColumnsDefinition,
  type ColumnsOf,
  type Conversation,
  type Declarations,
  defineMechanism,
  type Mechanism,
  type MechanismDefinition,
  type MechanismTypes,
  type MessageOf,
  type OutcomeOf,
  type ReportContext,
  type ReportOf,
  type SaidWhen,
  type SettingsOf,
  type Strategy,
} from './contract/mechanism.ts';
export { membersOf } from './contract/members.ts';
export { type Payments, paymentsByAgent } from './contract/payments.ts';
export { apiVersion, definePlugin, type Plugin, type PluginDefinition } from './contract/plugin.ts';
export type { Refusal } from './contract/refusal.ts';
export type { PriceClock, Refuse, Replies, Round, RoundOptions, Rounds, Turn } from './contract/round.ts';
export type { Setup } from './contract/setup.ts';
export {
  type Allocation,
  type SingleItemOutcome,
  singleItemOutcome,
  sold,
  unsold,
} from './contract/single-item.ts';
export { sumOfFirst } from './contract/sum-of-first.ts';
export type { CommonSettings, TieBreak, TieOrder } from './contract/tie-break.ts';
export { truthful, untruthful } from './contract/truthfulness.ts';
export type { ByAgent } from './input/by-agent.ts';
export { type JsonValue, jsonValue } from './input/json-value.ts';
export { nearestKey } from './input/nearest-key.ts';
export { validate } from './input/validate.ts';
export {
  type AgentProfile,
  AgentRegistry,
  type LiveAgent,
  type Participant,
  type RegisteredAgent,
  type Respond,
  type ResponseContext,
} from './live/agent-registry.ts';
export type { Asked, JoinOptions, MostPaid, Session, SubmitOptions } from './live/session.ts';
export {
  createMechane,
  Mechane,
  type MechaneOptions,
  type PartOptions,
  type RecordOptions,
  type ScenarioOptions,
  type SessionOf,
  type UntypedMechane,
} from './mechane.ts';
export { byCommitment, type Committed, commitmentTo, type Sealing } from './play/commit-reveal.ts';
export type { Description, JsonSchema } from './play/description.ts';
export {
  type Journal,
  type JournalEntry,
  type JournalHeader,
  type JournalRecorder,
  type JournalSink,
  journalRecorder,
  type Receipt,
  type Seal,
} from './play/journal.ts';
export {
  auditJournal,
  disclosedTo,
  isSound,
  type JournalEvidence,
  type JournalProof,
  readReceipt,
} from './play/journal-audit.ts';
export {
  type JournalWriter,
  journalWriter,
  type ReadLines,
  readJournalLines,
  type WriterOptions,
} from './play/journal-chain.ts';
export type { Metrics } from './play/metrics.ts';
export type { Division, Parts } from './play/run-in-parts.ts';
export type {
  AgentsOf,
  ColumnsResultOf,
  LiveOptions,
  OpenOptions,
  ResultOf,
  RunBasics,
  RunColumns,
  RunInput,
  RunMessages,
  RunReports,
  RunResult,
} from './play/run-types.ts';
export { isSignedBy, publicKeyIn, type SignedStatement, type SignReceipt, signingWith } from './play/signed-receipt.ts';
export { type Clock, systemClock, type TestClock, testClock } from './services/clock.ts';
export type { EventOrigin, Events, Happening, RunEvent, RunListener, Silence } from './services/events.ts';
export {
  type ClassProvider,
  type FunctionProvider,
  type Lifetime,
  type Provider,
  provide,
  provideClass,
  type Resolve,
} from './services/provider.ts';
export { type Random, seededRandom } from './services/random.ts';
export type { LiveMeter, RunName, RunTrace, Telemetry } from './services/telemetry.ts';
export { ClockService, EventsService, RandomService, TelemetryService, type Token, token } from './services/token.ts';
