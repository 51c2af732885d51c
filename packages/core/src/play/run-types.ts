import type { AgentId } from '../contract/agent.ts';
import type { Certificate } from '../contract/certificate.ts';
import type {
  AskOf,
  CertificateOf,
  ColumnsOf,
  Mechanism,
  MessageOf,
  OutcomeOf,
  ReportOf,
  SettingsOf,
} from '../contract/mechanism.ts';
import type { ByAgent } from '../input/by-agent.ts';
import type { Participant } from '../live/agent-registry.ts';
import type { JournalSink } from './journal.ts';
import type { Metrics } from './metrics.ts';

/** The settings of a run; they may be left out where all have defaults. */
type GivenSettings<M extends Mechanism> =
  Partial<SettingsOf<M>> extends SettingsOf<M>
    ? { readonly settings?: SettingsOf<M> }
    : { readonly settings: SettingsOf<M> };

/**
 * What every way of running a mechanism takes.
 *
 * @category Runs
 */
export type RunBasics<M extends Mechanism> = {
  /** Fixes all randomness. Without one, a seed is drawn if the mechanism asks for randomness, and stands in the result. */
  readonly seed?: number;
  readonly signal?: AbortSignal;
  /** Takes down every reply, for audit and replay. */
  readonly journal?: JournalSink;
} & GivenSettings<M>;

/**
 * Everybody's report at once; proxies play them where the mechanism has rounds.
 *
 * @category Runs
 */
export type RunReports<M extends Mechanism> = RunBasics<M> & {
  readonly reports: ByAgent<ReportOf<M>>;
  /** True types where they differ from the reports. They change the metrics, never the outcome. */
  readonly types?: Readonly<Record<AgentId, ReportOf<M>>>;
  readonly messages?: never;
  readonly columns?: never;
};

/**
 * Messages in the order in which they came, for event-driven mechanisms.
 *
 * @category Runs
 */
export type RunMessages<M extends Mechanism> = RunBasics<M> & {
  /** With the time of each in milliseconds since the opening, where the mechanism goes by it: the last one's, or 0, where it is left out. */
  readonly messages: readonly (readonly [AgentId, MessageOf<M>] | readonly [AgentId, MessageOf<M>, number])[];
  readonly reports?: never;
  readonly columns?: never;
};

/**
 * Very many reports in typed arrays, where the mechanism takes them.
 *
 * @category Runs
 */
export type RunColumns<M extends Mechanism> = RunBasics<M> & {
  readonly columns: ColumnsOf<M>;
  readonly reports?: never;
  readonly messages?: never;
};

/**
 * The agents of a live run: given here, as pairs or a `Map` where the order matters and ids may be whole numbers, or registered under the ids that are
 * named.
 *
 * @category Runs
 */
export type AgentsOf<M extends Mechanism> = ByAgent<Participant<AskOf<M>, MessageOf<M>>> | readonly AgentId[];

/**
 * How a live run goes on, whether it begins or is resumed.
 *
 * @category Runs
 */
export interface LiveOptions<M extends Mechanism> {
  readonly agents: AgentsOf<M>;
  readonly signal?: AbortSignal;
  /** Takes down every message before it counts. */
  readonly journal?: JournalSink;
  /**
   * Milliseconds a round waits where the mechanism sets no deadline: 60,000 unless it says otherwise, `Infinity` for no end. Where it, or `closesAt`, is
   * given, a round that outside parties are asked in stays open until then, whoever has answered. Where a mechanism listens, it is not used.
   */
  readonly within?: number;
  /** When the run closes: milliseconds since 1970, a `Date`, or a time in ISO 8601 with its zone. The round that is open then closes, and all after it. */
  readonly closesAt?: number | Date | string;
  /** How many milliseconds the journal may take over an entry before the run is stopped: 30,000 unless it says otherwise. */
  readonly patience?: number;
}

/**
 * A live run that begins.
 *
 * @category Runs
 */
export type OpenOptions<M extends Mechanism> = LiveOptions<M> &
  GivenSettings<M> & {
    /** Fixes all randomness. */
    readonly seed?: number;
    /** What the run is called in its journal, events and receipts; a random name unless it says otherwise. */
    readonly id?: string;
    /** Whether rounds wait for those who may still come in by `session.join`, where the mechanism has open entry. `closed` lets nobody in. */
    readonly entry?: 'open' | 'closed';
    /** Goes into the journal's header and the events, for the application to find again. */
    readonly note?: unknown;
  };

/**
 * What a run gives.
 *
 * @category Runs
 */
export interface RunResult<
  Id extends string = string,
  Outcome = object,
  Proof extends Certificate | undefined = Certificate | undefined,
> {
  readonly mechanism: Id;
  readonly outcome: Outcome;
  readonly metrics: Metrics;
  readonly certificate: Proof;
  /** The seed given, or drawn; `null` when the run needed none. */
  readonly seed: number | null;
}

/**
 * The result of a mechanism's run.
 *
 * @category Runs
 */
export type ResultOf<M extends Mechanism> = M extends Mechanism
  ? RunResult<M['id'], OutcomeOf<M>, CertificateOf<M>>
  : never;

/**
 * The result of a run on columns, which gives no certificate.
 *
 * @category Runs
 */
export type ColumnsResultOf<M extends Mechanism> = RunResult<M['id'], OutcomeOf<M>, undefined>;

/**
 * What may stand in a run, before anything is checked.
 *
 * @category Runs
 */
export interface RunInput {
  readonly settings?: unknown;
  readonly reports?: unknown;
  readonly types?: unknown;
  readonly messages?: unknown;
  readonly columns?: unknown;
  readonly agents?: unknown;
  readonly seed?: unknown;
  readonly within?: unknown;
  readonly closesAt?: unknown;
  readonly entry?: unknown;
  readonly id?: unknown;
  readonly patience?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly journal?: JournalSink | undefined;
  readonly note?: unknown;
}
