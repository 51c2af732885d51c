import type { AgentId } from './agent.ts';
import { AgentRegistry, type LiveAgent } from './agent-registry.ts';
import type { Certificate } from './certificate.ts';
import { systemClock } from './clock.ts';
import { answeredByProxies, answeredInOrder, type Conducted, conduct, type HoldRound } from './conduct.ts';
import { MechaneError } from './errors.ts';
import { localEvents, type RunListener } from './events.ts';
import { induced } from './induce.ts';
import { type Journal, type JournalSink, readJournal, recordedRounds } from './journal.ts';
import { codedError, conductLive, defaultWithin } from './live.ts';
import type { AskOf, ColumnsOf, Mechanism, MessageOf, OutcomeOf, ReportOf, SettingsOf } from './mechanism.ts';
import { efficiencyOf, type Metrics, metricsOf } from './metrics.ts';
import type { Plugin } from './plugin.ts';
import { seededRandom } from './random.ts';
import {
  type ByAgent,
  readMessages,
  readReports,
  readSeed,
  readSettings,
  readTypes,
  requireAgentIds,
} from './read-play.ts';
import { MechanismRegistry } from './registry.ts';
import { type Provider, provide, type Resolve, ServiceScope } from './service-scope.ts';
import { RunSetup, throwIfAborted } from './setup.ts';
import { openTelemetry, type RunTrace } from './telemetry.ts';
import { ClockService, EventsService, RandomService, TelemetryService } from './token.ts';
import { refuseUnknownKeys, requireRecord, validate } from './validate.ts';

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

/** Live agents, given here or registered under the ids that are named. */
export type RunLive<M extends Mechanism> = RunBasics<M> & {
  readonly agents: Readonly<Record<AgentId, LiveAgent<AskOf<M>, MessageOf<M>>>> | readonly AgentId[];
  /** Milliseconds a round waits where the mechanism sets no deadline: 60,000 unless it says otherwise. */
  readonly within?: number;
};

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

type WithId<M extends Mechanism, Id> = Extract<M, { readonly id: Id }>;

export interface MechaneOptions {
  /** Replaces services: the clock, the events, the telemetry, or what plugins ask for. */
  readonly services?: readonly Provider[];
}

/**
 * Mechanisms in use, and the services they run with. {@link createMechane} makes one; `use` adds plugins to it, and its type
 * follows, so that a wrong id, wrong settings or a wrong report does not compile.
 */
export class Mechane<M extends Mechanism = never> {
  /** The agents that live runs can name. */
  readonly agents: AgentRegistry = new AgentRegistry();
  readonly #registry = new MechanismRegistry();
  readonly #scope = new ServiceScope();
  readonly #chosen: ReadonlySet<symbol>;

  constructor({ services = [] }: MechaneOptions = {}) {
    this.#scope.bind(provide(ClockService, () => systemClock));
    this.#scope.bind(provide(EventsService, localEvents));
    this.#scope.bind(provide(TelemetryService, () => openTelemetry()));
    for (const provider of services) this.#scope.bind(provider, { override: true });
    this.#chosen = new Set(services.map(({ token }) => token.key));
  }

  /**
   * Adds a plugin.
   *
   * @throws MechaneError `invalid-plugin`, `incompatible-plugin`, `duplicate-mechanism`, `duplicate-service` or `invalid-claim`.
   */
  use<Added extends Mechanism>(plugin: Plugin<Added>): Mechane<M | Added> {
    this.#registry.add(plugin);
    for (const provider of plugin.providers) if (!this.#chosen.has(provider.token.key)) this.#scope.bind(provider);
    return this as object as Mechane<M | Added>;
  }

  /** The mechanisms in use. */
  get mechanisms(): readonly Mechanism[] {
    return this.#registry.all();
  }

  /** @throws MechaneError `unknown-mechanism` with the nearest id. */
  mechanism(id: string): Mechanism {
    return this.#registry.get(id);
  }

  /** The plugin that brought a mechanism. */
  pluginOf(id: string): Plugin | undefined {
    return this.#registry.ownerOf(id);
  }

  /** Listens to what happens in all runs until the returned function is called. */
  on(listener: RunListener): () => void {
    return this.service(EventsService).on(listener);
  }

  /** Looks a service up. */
  get service(): Resolve {
    return this.#scope.resolve;
  }

  /**
   * Runs a mechanism: at once with `reports`, `messages` or `columns`; as a promise with live `agents`.
   *
   * @throws MechaneError with the code and the path of what is wrong in the input.
   *
   * @example
   * ```ts
   * import { sealedAuctions } from '@mechane/auction-sealed';
   * import { createMechane } from '@mechane/core';
   *
   * const mechane = createMechane().use(sealedAuctions);
   * const reports = { ann: { bid: 10 }, bob: { bid: 15 }, eve: { bid: 12 } };
   * const { outcome, metrics } = mechane.run('auction-sealed/second-price', { reports });
   * outcome.winner; // => 'bob'
   * outcome.payment; // => 12
   * metrics.efficiency; // => 1
   * ```
   */
  run<Id extends M['id']>(id: Id, play: RunLive<WithId<M, Id>>): Promise<ResultOf<WithId<M, Id>>>;
  run<Id extends M['id']>(id: Id, play: RunColumns<WithId<M, Id>>): ResultOf<WithId<M, Id>>;
  run<Id extends M['id']>(id: Id, play: RunMessages<WithId<M, Id>>): ResultOf<WithId<M, Id>>;
  run<Id extends M['id']>(id: Id, play: RunReports<WithId<M, Id>>): ResultOf<WithId<M, Id>>;
  run(id: string, play: object): RunResult | Promise<RunResult> {
    const mechanism = this.#registry.get(id);
    if ('agents' in play) return this.#runLive(mechanism, play);
    return this.#runNow(mechanism, play);
  }

  /**
   * Runs a scenario of the public data format: an object with `mechanism`, `settings`, `reports` or `messages`, `types`, `seed`.
   *
   * @throws MechaneError with the code and the path of what is wrong in the scenario.
   */
  runScenario(scenario: unknown, { signal, journal }: { signal?: AbortSignal; journal?: JournalSink } = {}): RunResult {
    requireRecord(scenario, 'invalid-scenario', [], 'an object with "mechanism" and "reports"');
    refuseUnknownKeys(scenario, scenarioKeys, []);
    const mechanism = this.#registry.get(scenario.mechanism as string);
    return this.#runNow(mechanism, { ...scenario, signal, journal });
  }

  /**
   * Plays a journal again: same state, same outcome.
   *
   * @throws MechaneError `invalid-journal` when it was edited, reordered or cut in a way that cannot have happened.
   */
  replay(candidate: unknown): RunResult {
    const journal: Journal = readJournal(candidate);
    const mechanism = this.#registry.get(journal.mechanism);
    const setup = this.#setup(mechanism, journal, journal.participants);
    const rounds = recordedRounds(journal);
    const spoken = new Map<AgentId, unknown>();
    const hold: HoldRound = ({ agents }) => {
      const { round, replies } = rounds.next(agents);
      spoken.clear();
      for (const [agent, message] of replies) {
        const path = ['journal', 'rounds', round - 1, 'replies', agent];
        spoken.set(agent, validate(mechanism.message, message, 'invalid-journal', path));
      }
      return new Map(spoken);
    };
    return this.#traced(mechanism, setup, () => {
      const conducted = conduct(mechanism, setup, hold);
      rounds.finish();
      return this.#result(mechanism, setup, mechanism.direct ? spoken : undefined, conducted);
    });
  }

  /** Disposes services, the youngest first; calling it again changes nothing. */
  dispose(): Promise<void> {
    return this.#scope.dispose();
  }

  #setup(mechanism: Mechanism, play: Play, participants: readonly AgentId[]): RunSetup {
    const { settings, breakTie } = readSettings(mechanism, play.settings);
    const setup: RunSetup = new RunSetup({
      settings,
      breakTie,
      participants,
      seed: readSeed(play.seed),
      signal: play.signal,
      openScope: () => {
        const scope = new ServiceScope(this.#scope);
        scope.bind(provide(RandomService, () => seededRandom(setup.drawnSeed()), 'run'));
        return scope;
      },
    });
    return setup;
  }

  #runNow(mechanism: Mechanism, play: Play): RunResult {
    throwIfAborted(play.signal);
    if (play.columns !== undefined) return this.#runColumns(mechanism, play);
    if (play.messages !== undefined) return this.#runMessages(mechanism, play);
    const reports = readReports(mechanism, requireReports(mechanism, play));
    const types = readTypes(mechanism, reports, play.types);
    const setup = this.#setup(mechanism, play, [...reports.keys()]);
    return this.#traced(mechanism, setup, () => {
      const conducted = play.journal
        ? conduct(mechanism, setup, journaled(answeredByProxies(mechanism, reports), mechanism, setup, play))
        : induced(mechanism, reports, setup);
      return this.#result(mechanism, setup, types, conducted);
    });
  }

  #runMessages(mechanism: Mechanism, play: Play): RunResult {
    const messages = readMessages(mechanism, play.messages);
    const setup = this.#setup(mechanism, play, [...new Set(messages.map(([agent]) => agent))]);
    const { hold, finish } = answeredInOrder(messages);
    return this.#traced(mechanism, setup, () => {
      const holding = play.journal ? journaled(hold, mechanism, setup, play) : hold;
      const conducted = conduct(mechanism, setup, holding);
      finish();
      return this.#result(mechanism, setup, undefined, conducted);
    });
  }

  #runColumns(mechanism: Mechanism, play: Play): RunResult {
    const { columns } = mechanism;
    if (!columns) {
      throw new MechaneError('invalid-columns', {
        problem: `${mechanism.id} takes no columns`,
        path: ['columns'],
        fix: 'give reports',
      });
    }
    const setup = this.#setup(mechanism, play, columns.agents(play.columns));
    return this.#traced(mechanism, setup, () => {
      const { outcome, welfare, bestWelfare, revenue } = columns.decide(play.columns, setup);
      const metrics: Metrics = {
        participants: setup.participants.length,
        rounds: mechanism.roundsOf?.(outcome as object) ?? 1,
        welfare,
        efficiency: efficiencyOf(welfare, bestWelfare),
        revenue,
      };
      return { mechanism: mechanism.id, outcome: outcome as object, metrics, seed: setup.seed };
    });
  }

  async #runLive(mechanism: Mechanism, play: Play): Promise<RunResult> {
    throwIfAborted(play.signal);
    const agents = this.#liveAgents(play.agents);
    const setup = this.#setup(mechanism, play, [...agents.keys()]);
    const events = this.service(EventsService);
    const trace = this.#opened(mechanism, setup);
    try {
      await play.journal?.open(headerOf(mechanism, setup, play));
      const clock = this.service(ClockService);
      const within = play.within ?? defaultWithin;
      const conducted = await conductLive({
        mechanism,
        setup,
        agents,
        clock,
        events,
        trace,
        journal: play.journal,
        within,
      });
      const result = this.#result(mechanism, setup, mechanism.direct ? conducted.lastReplies : undefined, conducted);
      this.#finished(mechanism, conducted.rounds, trace);
      return result;
    } catch (thrown) {
      throw this.#failed(mechanism, thrown, trace);
    } finally {
      await setup.scope?.dispose();
    }
  }

  #liveAgents(given: unknown): Map<AgentId, LiveAgent> {
    if (Array.isArray(given)) {
      requireAgentIds(given);
      return new Map(given.map((id) => [id, this.agents.get(id).agent]));
    }
    requireRecord(given, 'invalid-scenario', ['agents'], 'an object of live agents, or a list of registered ids');
    return new Map(Object.entries(given) as [AgentId, LiveAgent][]);
  }

  #result(
    mechanism: Mechanism,
    setup: RunSetup,
    types: ReadonlyMap<AgentId, unknown> | undefined,
    { outcome, certificate, rounds }: Conducted,
  ): RunResult {
    const metrics = metricsOf(mechanism, types, setup.settings, outcome, setup.participants.length, rounds);
    const { seed } = setup;
    return certificate === undefined
      ? { mechanism: mechanism.id, outcome, metrics, seed }
      : { mechanism: mechanism.id, outcome, metrics, certificate, seed };
  }

  /** Plays a run that needs no waiting: opened, then finished or failed, and its services disposed. */
  #traced(mechanism: Mechanism, setup: RunSetup, play: () => RunResult): RunResult {
    const trace = this.#opened(mechanism, setup);
    try {
      const result = play();
      this.#finished(mechanism, result.metrics.rounds, trace);
      return result;
    } catch (thrown) {
      throw this.#failed(mechanism, thrown, trace);
    } finally {
      setup.scope?.dispose().catch(ignoreLateFailure);
    }
  }

  #opened(mechanism: Mechanism, setup: RunSetup): RunTrace {
    const events = this.service(EventsService);
    if (events.heard) events.emit({ kind: 'opened', mechanism: mechanism.id, participants: [...setup.participants] });
    return this.service(TelemetryService).runStarted(mechanism.id, setup.participants.length);
  }

  #finished(mechanism: Mechanism, rounds: number, trace: RunTrace): void {
    const events = this.service(EventsService);
    if (events.heard) events.emit({ kind: 'finished', mechanism: mechanism.id, rounds });
    trace.finished(rounds);
  }

  #failed(mechanism: Mechanism, thrown: unknown, trace: RunTrace): MechaneError {
    const error = codedError(mechanism.id, thrown);
    const report = error.toJSON();
    this.service(EventsService).emit({ kind: 'failed', mechanism: mechanism.id, error: report });
    trace.failed(report);
    return error;
  }
}

/**
 * Starts with no mechanisms: `createMechane().use(plugin)`.
 *
 * @example
 * ```ts
 * import { sealedAuctions } from '@mechane/auction-sealed';
 * import { createMechane } from '@mechane/core';
 *
 * const mechane = createMechane().use(sealedAuctions);
 * mechane.run('auction-sealed/first-price', { reports: { ann: { bid: 3 } } }).outcome.payment; // => 3
 * ```
 */
export function createMechane(options: MechaneOptions = {}): Mechane {
  return new Mechane(options);
}

/** What may stand in a play, before anything is checked. */
interface Play {
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
}

const scenarioKeys = ['mechanism', 'settings', 'reports', 'types', 'messages', 'seed'] as const;

function requireReports(mechanism: Mechanism, { reports }: Play): unknown {
  if (reports !== undefined) return reports;
  const direct = mechanism.report !== undefined;
  throw new MechaneError('invalid-scenario', {
    problem: direct ? 'there are no reports' : 'there are no messages',
    path: [direct ? 'reports' : 'messages'],
    expected: direct ? '"reports": { agent: report }' : '"messages": [[agent, message], …]',
    fix: `see: mechane describe ${mechanism.id}`,
  });
}

function headerOf(mechanism: Mechanism, setup: RunSetup, { settings = {} }: Play): Parameters<JournalSink['open']>[0] {
  const { participants } = setup;
  return { format: 1, mechanism: mechanism.id, settings, participants: [...participants], seed: setup.drawnSeed() };
}

/** Takes down each round as it closes. */
function journaled(hold: HoldRound, mechanism: Mechanism, setup: RunSetup, play: Play): HoldRound {
  const { journal } = play;
  journal?.open(headerOf(mechanism, setup, play));
  return (round, number) => {
    const replies = hold(round, number);
    journal?.round({ round: number, replies: [...replies] });
    return replies;
  };
}

/** The outcome stands when a run's service fails to close behind it. */
function ignoreLateFailure(): void {}
