import type { AgentId } from './contract/agent.ts';
import {
  type Generated,
  type GenerateOptions,
  generated,
  type InstanceGenerator,
} from './contract/instance-generator.ts';
import type { Mechanism, MessageOf, SettingsOf } from './contract/mechanism.ts';
import type { Plugin } from './contract/plugin.ts';
import { MechaneError, quote } from './errors.ts';
import { requireAgentIds } from './input/read-play.ts';
import { refuseUnknownKeys, requireRecord } from './input/validate.ts';
import { AgentRegistry, type Participant, unknownAgent } from './live/agent-registry.ts';
import { openSession } from './live/open-session.ts';
import type { Session } from './live/session.ts';
import { type Journal, type JournalSink, readJournal } from './play/journal.ts';
import { record } from './play/record.ts';
import { PluginRegistry } from './play/registry.ts';
import { replay, runAtOnce } from './play/run-at-once.ts';
import type {
  AgentsOf,
  LiveOptions,
  Play,
  ResultOf,
  RunColumns,
  RunLive,
  RunMessages,
  RunReports,
  RunResult,
} from './play/run-types.ts';
import { systemClock } from './services/clock.ts';
import { localEvents, type RunListener } from './services/events.ts';
import { type Provider, provide, type Resolve, ServiceScope } from './services/service-scope.ts';
import { openTelemetry } from './services/telemetry.ts';
import { ClockService, EventsService, TelemetryService } from './services/token.ts';

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
  readonly #registry = new PluginRegistry();
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
  run(id: string, play: Play): RunResult | Promise<RunResult> {
    const mechanism = this.#registry.get(id);
    return 'agents' in play ? this.#runLive(mechanism, play) : runAtOnce(this.#scope, mechanism, play);
  }

  /**
   * Opens a run among live agents, to be followed while it happens. Agents are functions, objects with `respond`, or
   * `'external'`: parties that answer by `session.submit`.
   *
   * @throws MechaneError with the code and the path of what is wrong in the settings or the agents.
   */
  open<Id extends M['id']>(
    id: Id,
    settings: SettingsOf<WithId<M, Id>>,
    agents: AgentsOf<WithId<M, Id>>,
    options: LiveOptions = {},
  ): Session<ResultOf<WithId<M, Id>>, MessageOf<WithId<M, Id>>> {
    const mechanism = this.#registry.get(id);
    const session = openSession(this.#scope, mechanism, { ...options, settings }, this.#participants(agents));
    return session as Session as Session<ResultOf<WithId<M, Id>>, MessageOf<WithId<M, Id>>>;
  }

  /**
   * Goes on with a run whose journal has not ended: plays again what was said, then asks.
   *
   * @throws MechaneError `invalid-journal` when the journal is none, of another mechanism, or has ended; `unknown-agent` when a
   * participant is missing.
   */
  resume<Id extends M['id']>(
    id: Id,
    candidate: unknown,
    agents: AgentsOf<WithId<M, Id>>,
    options: Omit<LiveOptions, 'seed' | 'note'> = {},
  ): Session<ResultOf<WithId<M, Id>>, MessageOf<WithId<M, Id>>> {
    const mechanism = this.#registry.get(id);
    const journal: Journal = readJournal(candidate);
    if (journal.mechanism !== id) {
      throw new MechaneError('invalid-journal', {
        problem: `this is a journal of ${quote(journal.mechanism)}`,
        path: ['journal', 'mechanism'],
        fix: `resume ${quote(journal.mechanism)}`,
      });
    }
    if ('outcome' in journal) {
      throw new MechaneError('invalid-journal', {
        problem: 'the run of this journal has ended',
        path: ['journal', 'outcome'],
        fix: 'replay it instead',
      });
    }
    const present = this.#participants(agents);
    const participants = new Map(
      journal.participants.map((agent) => {
        const participant = present.get(agent);
        if (participant === undefined) throw unknownAgent(agent, [...present.keys()], ['agents']);
        return [agent, participant];
      }),
    );
    const { settings, seed } = journal;
    const session = openSession(this.#scope, mechanism, { ...options, settings, seed }, participants, journal);
    return session as Session as Session<ResultOf<WithId<M, Id>>, MessageOf<WithId<M, Id>>>;
  }

  /**
   * Runs a scenario of the public data format: an object with `mechanism`, `settings`, `reports` or `messages`, `types`, `seed`.
   *
   * @throws MechaneError with the code and the path of what is wrong in the scenario.
   */
  runScenario(scenario: unknown, { signal, journal }: { signal?: AbortSignal; journal?: JournalSink } = {}): RunResult {
    const { mechanism, settings, reports, types, messages, seed } = this.#readScenario(scenario);
    const play: Play = { settings, reports, types, messages, seed, signal, journal };
    return runAtOnce(this.#scope, mechanism, play);
  }

  /**
   * Runs a scenario and waits after each round until the journal has taken it down. With a journal that was cut off, goes on
   * where it ends.
   *
   * @throws MechaneError as {@link runScenario} does, and `invalid-journal` when the journal cut off is not of this scenario.
   */
  async record(
    scenario: unknown,
    journal: JournalSink,
    { signal, recorded }: { signal?: AbortSignal; recorded?: Journal } = {},
  ): Promise<RunResult> {
    const { mechanism, ...play } = this.#readScenario(scenario);
    return record(this.#scope, mechanism, { ...play, signal, journal, note: scenario }, recorded);
  }

  /**
   * Plays a journal again: same state, same outcome.
   *
   * @throws MechaneError `invalid-journal` when it was edited, reordered or cut in a way that cannot have happened.
   */
  replay(candidate: unknown): RunResult {
    const journal: Journal = readJournal(candidate);
    return replay(this.#scope, this.#registry.get(journal.mechanism), journal);
  }

  /**
   * Loads the services that take time, such as an optimizer, so that runs do not have to wait: those that these mechanisms need, or
   * all of them. Calling it again changes nothing.
   *
   * @throws MechaneError `unknown-mechanism`, `service-missing`, or what the service says when it cannot be loaded.
   */
  async prepare(...ids: readonly M['id'][]): Promise<void> {
    if (ids.length === 0) return this.#scope.prepare();
    await this.#scope.prepare(ids.flatMap((id) => this.#registry.get(id).needs));
  }

  /** The generators of instances in use. */
  get generators(): readonly InstanceGenerator[] {
    return this.#registry.generators();
  }

  /**
   * Generates an instance: a scenario, a game, an economy. The same settings and seed give the same one.
   *
   * @throws MechaneError `unknown-generator` with the nearest id; `invalid-settings` with the path.
   */
  generate(id: string, options: GenerateOptions = {}): Generated {
    return generated(this.#registry.generator(id), options);
  }

  /** Disposes services, the youngest first; calling it again changes nothing. */
  dispose(): Promise<void> {
    return this.#scope.dispose();
  }

  #readScenario(scenario: unknown): Play & { readonly mechanism: Mechanism } {
    requireRecord(scenario, 'invalid-scenario', [], 'an object with "mechanism" and "reports"');
    refuseUnknownKeys(scenario, scenarioKeys, []);
    const { mechanism: id, settings, reports, types, messages, seed } = scenario;
    if (reports !== undefined)
      requireRecord(reports, 'invalid-report', ['reports'], 'an object of reports by agent id');
    return { mechanism: this.#registry.get(id as string), settings, reports, types, messages, seed };
  }

  async #runLive(mechanism: Mechanism, play: Play): Promise<RunResult> {
    return openSession(this.#scope, mechanism, play, this.#participants(play.agents)).result;
  }

  #participants(given: unknown): Map<AgentId, Participant> {
    if (Array.isArray(given)) {
      requireAgentIds(given);
      return new Map(given.map((id) => [id, this.agents.get(id).agent]));
    }
    requireRecord(given, 'invalid-scenario', ['agents'], 'an object of live agents, or a list of registered ids');
    return new Map(Object.entries(given) as [AgentId, Participant][]);
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

const scenarioKeys = ['mechanism', 'settings', 'reports', 'types', 'messages', 'seed'] as const;
