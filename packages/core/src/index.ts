import 'reflect-metadata';

export { type AgentId, byCodeUnit, perAgent } from './contract/agent.ts';
export { amount, count, marginals, positiveAmount } from './contract/amount.ts';
export {
  type Certificate,
  type CertificateStatus,
  type Certified,
  type Conclusion,
  certified,
  conclusionOf,
} from './contract/certificate.ts';
export type { Claim, LawName, Witness } from './contract/claim.ts';
export {
  type AgentColumn,
  agentColumn,
  type ColumnDecision,
  type Columns,
  columnIds,
  firstInvalidAmount,
  isAgentColumn,
} from './contract/columns.ts';
export { type DirectDefinition, directMechanism, type ReportRequest } from './contract/direct-mechanism.ts';
export { firstRound } from './contract/first-round.ts';
export {
  defineGenerator,
  type Generated,
  type GenerateOptions,
  type GeneratorDefinition,
  type InstanceGenerator,
} from './contract/instance-generator.ts';
export {
  type AskOf,
  type Claims,
  type ColumnsDefinition,
  type ColumnsOf,
  type Conversation,
  type Declarations,
  defineMechanism,
  isMechanism,
  type Mechanism,
  type MechanismDefinition,
  type MechanismTypes,
  type MessageOf,
  type OutcomeOf,
  type ReportOf,
  type SettingsOf,
  type Strategy,
} from './contract/mechanism.ts';
export { apiVersion, definePlugin, isPlugin, type Plugin, type PluginDefinition } from './contract/plugin.ts';
export type { PriceClock, Refuse, Replies, Round, RoundOptions, Rounds, Turn } from './contract/round.ts';
export { RunSetup, type RunSetupInput, type Setup } from './contract/setup.ts';
export { type Allocation, type SingleItemOutcome, sold, unsold } from './contract/single-item.ts';
export { type CommonSettings, type TieBreak, type TieOrder, tieBreak } from './contract/tie-break.ts';
export {
  type CoreErrorCode,
  type ErrorDetails,
  type ErrorReport,
  formatPath,
  isMechaneError,
  MechaneError,
  type Path,
  quote,
} from './errors.ts';
export { type JsonValue, jsonValue } from './input/json-value.ts';
export { nearestKey } from './input/nearest-key.ts';
export { type ByAgent, readReports, readSettings } from './input/read-play.ts';
export { unknownKey, validate } from './input/validate.ts';
export {
  type AgentProfile,
  AgentRegistry,
  type LiveAgent,
  type Participant,
  type RegisteredAgent,
  type Respond,
  type ResponseContext,
} from './live/agent-registry.ts';
export { Session } from './live/session.ts';
export { createMechane, Mechane, type MechaneOptions } from './mechane.ts';
export {
  answeredBy,
  answeredByProxies,
  answeredInOrder,
  type Conducted,
  conduct,
  type HoldRound,
} from './play/conduct.ts';
export { induced } from './play/induce.ts';
export {
  type Journal,
  type JournalHeader,
  type JournalRecorder,
  type JournalRound,
  type JournalSink,
  journalRecorder,
} from './play/journal.ts';
export { journalWriter, type ReadLines, readJournalLines } from './play/journal-chain.ts';
export {
  efficiencyOf,
  type Metrics,
  type Payments,
  paymentsOf,
  revenueOf,
  utilityOf,
  welfareOf,
} from './play/metrics.ts';
export type {
  AgentsOf,
  LiveOptions,
  ResultOf,
  RunBasics,
  RunColumns,
  RunLive,
  RunMessages,
  RunReports,
  RunResult,
} from './play/run-types.ts';
export { type Clock, systemClock, type TestClock, testClock } from './services/clock.ts';
export { type Events, localEvents, type RunEvent, type RunListener, type Silence } from './services/events.ts';
export { type Random, seededRandom } from './services/random.ts';
export { type Provider, provide, type Resolve, ServiceScope } from './services/service-scope.ts';
export { openTelemetry, type RunTrace, type Telemetry } from './services/telemetry.ts';
export { ClockService, EventsService, RandomService, TelemetryService, type Token, token } from './services/token.ts';
