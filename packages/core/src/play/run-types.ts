import type { AgentId } from '../contract/agent.ts';
import type { Certificate } from '../contract/certificate.ts';
import type { AskOf, ColumnsOf, Mechanism, MessageOf, OutcomeOf, ReportOf, SettingsOf } from '../contract/mechanism.ts';
import type { ByAgent } from '../input/read-play.ts';
import type { Participant } from '../live/agent-registry.ts';
import type { JournalSink } from './journal.ts';
import type { Metrics } from './metrics.ts';

/** What every way of running a mechanism takes. Settings may be left out where all have defaults. */
export type RunBasics<M extends Mechanism> = {
  /** Fixes all randomness. Without one, a seed is drawn if the mechanism asks for randomness, and stands in the result. */
  readonly seed?: number;
  readonly signal?: AbortSignal;
  /** Takes down every reply, for audit and replay. */
  readonly journal?: JournalSink;
} & (Partial<SettingsOf<M>> extends SettingsOf<M>
  ? { readonly settings?: SettingsOf<M> }
  : { readonly settings: SettingsOf<M> });

/** Everybody's report at once; proxies play them where the mechanism has rounds. */
export type RunReports<M extends Mechanism> = RunBasics<M> & {
  readonly reports: ByAgent<ReportOf<M>>;
  /** True types where they differ from the reports. They change the metrics, never the outcome. */
  readonly types?: Readonly<Record<AgentId, ReportOf<M>>>;
};

/** Messages in the order in which they came, for event-driven mechanisms. */
export type RunMessages<M extends Mechanism> = RunBasics<M> & {
  readonly messages: readonly (readonly [AgentId, MessageOf<M>])[];
};

/** Very many reports in typed arrays, where the mechanism takes them. */
export type RunColumns<M extends Mechanism> = RunBasics<M> & { readonly columns: ColumnsOf<M> };

/** The agents of a live run, given here or registered under the ids that are named. */
export type AgentsOf<M extends Mechanism> =
  | Readonly<Record<AgentId, Participant<AskOf<M>, MessageOf<M>>>>
  | readonly AgentId[];

/** How a live run goes on. */
export interface LiveOptions {
  /** Fixes all randomness. */
  readonly seed?: number;
  readonly signal?: AbortSignal;
  /** Takes down every round before the next is asked. */
  readonly journal?: JournalSink;
  /** Milliseconds a round waits where the mechanism sets no deadline: 60,000 unless it says otherwise. */
  readonly within?: number;
  /** Goes into the journal's header, for the application to find again. */
  readonly note?: unknown;
}

/** Live agents. */
export type RunLive<M extends Mechanism> = RunBasics<M> & LiveOptions & { readonly agents: AgentsOf<M> };

/** What a run gives. */
export interface RunResult<Id extends string = string, Outcome = object> {
  readonly mechanism: Id;
  readonly outcome: Outcome;
  readonly metrics: Metrics;
  readonly certificate?: Certificate;
  /** The seed given, or drawn; `null` when the run needed none. */
  readonly seed: number | null;
}

/** The result of a mechanism's run. */
export type ResultOf<M extends Mechanism> = RunResult<M['id'], OutcomeOf<M>>;

/** What may stand in a run, before anything is checked. */
export interface Play {
  readonly settings?: unknown;
  readonly reports?: unknown;
  readonly types?: unknown;
  readonly messages?: unknown;
  readonly columns?: unknown;
  readonly agents?: unknown;
  readonly seed?: unknown;
  readonly within?: number;
  readonly signal?: AbortSignal | undefined;
  readonly journal?: JournalSink | undefined;
  readonly note?: unknown;
}
