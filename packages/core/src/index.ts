import 'reflect-metadata';

export { type AgentId, byCodeUnit, perAgent } from './agent.ts';
export {
  type AgentProfile,
  AgentRegistry,
  type LiveAgent,
  type Participant,
  type RegisteredAgent,
  type Respond,
  type ResponseContext,
} from './agent-registry.ts';
export { amount, count, marginals, positiveAmount } from './amount.ts';
export {
  type Certificate,
  type CertificateStatus,
  type Certified,
  type Conclusion,
  certified,
  conclusionOf,
} from './certificate.ts';
export type { Claim, LawName, Witness } from './claim.ts';
export { type Clock, systemClock, type TestClock, testClock } from './clock.ts';
export {
  type AgentColumn,
  agentColumn,
  type ColumnDecision,
  type Columns,
  columnIds,
  firstInvalidAmount,
  isAgentColumn,
} from './columns.ts';
export { answeredBy, answeredByProxies, answeredInOrder, type Conducted, conduct, type HoldRound } from './conduct.ts';
export { type DirectDefinition, directMechanism, type ReportRequest } from './direct-mechanism.ts';
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
export { type Events, localEvents, type RunEvent, type RunListener, type Silence } from './events.ts';
export { firstRound } from './first-round.ts';
export { induced } from './induce.ts';
export {
  defineGenerator,
  type Generated,
  type GenerateOptions,
  type GeneratorDefinition,
  type InstanceGenerator,
} from './instance-generator.ts';
export {
  type Journal,
  type JournalHeader,
  type JournalRecorder,
  type JournalRound,
  type JournalSink,
  journalRecorder,
} from './journal.ts';
export { journalWriter, type ReadLines, readJournalLines } from './journal-chain.ts';
export { type JsonValue, jsonValue } from './json-value.ts';
export { createMechane, Mechane, type MechaneOptions } from './mechane.ts';
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
} from './mechanism.ts';
export { efficiencyOf, type Metrics, type Payments, paymentsOf, revenueOf, utilityOf, welfareOf } from './metrics.ts';
export { nearestKey } from './nearest-key.ts';
export { apiVersion, definePlugin, isPlugin, type Plugin, type PluginDefinition } from './plugin.ts';
export { type Random, seededRandom } from './random.ts';
export { type ByAgent, readReports, readSettings } from './read-play.ts';
export type { PriceClock, Refuse, Replies, Round, RoundOptions, Rounds, Turn } from './round.ts';
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
} from './run-types.ts';
export { type Provider, provide, type Resolve, ServiceScope } from './service-scope.ts';
export { Session } from './session.ts';
export { RunSetup, type RunSetupInput, type Setup } from './setup.ts';
export { type Allocation, type SingleItemOutcome, sold, unsold } from './single-item.ts';
export { openTelemetry, type RunTrace, type Telemetry } from './telemetry.ts';
export { type CommonSettings, type TieBreak, type TieOrder, tieBreak } from './tie-break.ts';
export { ClockService, EventsService, RandomService, TelemetryService, type Token, token } from './token.ts';
export { unknownKey, validate } from './validate.ts';
