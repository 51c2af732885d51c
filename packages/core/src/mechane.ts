import type { AgentId } from './contract/agent.ts';
import {
  type Generated,
  type GenerateOptions,
  generated,
  type InstanceGenerator,
} from './contract/instance-generator.ts';
import type { AskOf, Mechanism, MessageOf } from './contract/mechanism.ts';
import type { Plugin } from './contract/plugin.ts';
import { cancelledJournal, endedJournal, journalOfAnother, unknownAgent } from './errors.ts';
import { refuseUnknownKeys, requireRecord } from './input/validate.ts';
import { AgentRegistry, type Participant } from './live/agent-registry.ts';
import { openSession } from './live/open-session.ts';
import { readAgents } from './live/read-agents.ts';
import type { Session } from './live/session.ts';
import { type Description, described } from './play/description.ts';
import { endOf, headerOf, type Journal, type JournalSink } from './play/journal.ts';
import { readJournal } from './play/read-journal.ts';
import { record } from './play/record.ts';
import { PluginRegistry } from './play/registry.ts';
import { replay, runAtOnce } from './play/run-at-once.ts';
import { combine, type Division, divide, type Parts, solveParts } from './play/run-in-parts.ts';
import type {
  ColumnsResultOf,
  LiveOptions,
  OpenOptions,
  ResultOf,
  RunColumns,
  RunInput,
  RunMessages,
  RunReports,
  RunResult,
} from './play/run-types.ts';
import { systemClock } from './services/clock.ts';
import { localEvents, type RunListener } from './services/events.ts';
import { type Provider, provide, type Resolve } from './services/provider.ts';
import { ServiceScope } from './services/service-scope.ts';
import { openTelemetry } from './services/telemetry.ts';
import { ClockService, EventsService, TelemetryService } from './services/token.ts';

type WithId<M extends Mechanism, Id> = Extract<M, { readonly id: Id }>;

/**
 * A live run of this mechanism.
 *
 * @category Runs
 */
export type SessionOf<M extends Mechanism> = Session<ResultOf<M>, MessageOf<M>, AskOf<M>>;

/** @category Runs */
export interface MechaneOptions {
  /** Replaces services: the clock, the events, the telemetry, or what plugins ask for. */
  readonly services?: readonly Provider[];
}

/**
 * How a scenario is played.
 *
 * @category Runs
 */
export interface ScenarioOptions {
  readonly signal?: AbortSignal | undefined;
  readonly journal?: JournalSink | undefined;
}

/**
 * How parts of a scenario are played.
 *
 * @category Runs
 */
export type PartOptions = Pick<ScenarioOptions, 'signal'>;

/**
 * How a scenario is recorded.
 *
 * @category Runs
 */
export interface RecordOptions {
  readonly journal: JournalSink;
  readonly signal?: AbortSignal | undefined;
  /** A journal that was cut off, where the run goes on. */
  readonly recorded?: Journal | undefined;
}

/**
 * What may be asked of mechanisms whose ids are known only at run time, such as those of a request: anything may be given, and is checked
 * when it comes. {@link Mechane.untyped} gives it.
 *
 * @category Runs
 */
export interface UntypedMechane {
  mechanism(id: string): Mechanism;
  describe(id: string): Description;
  run(id: string, play: RunInput): RunResult;
  open(id: string, play: RunInput & { readonly agents: unknown }): Session;
  resume(journal: unknown, options: Omit<RunInput, 'settings' | 'seed'> & { readonly agents: unknown }): Session;
  replay(journal: unknown): RunResult;
  prepare(...ids: readonly string[]): Promise<void>;
}

/**
 * Mechanisms in use, and the services they run with. {@link createMechane} makes one; `use` adds plugins to it, and its type
 * follows, so that a wrong id, wrong settings or a wrong report does not compile.
 *
 * @category Runs
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
  get mechanisms(): readonly M[] {
    return this.#registry.all() as readonly Mechanism[] as readonly M[];
  }

  /** @throws MechaneError `unknown-mechanism` with the nearest id. */
  mechanism<Id extends M['id']>(id: Id): WithId<M, Id> {
    return this.#registry.get(id) as Mechanism as WithId<M, Id>;
  }

  /**
   * The mechanisms in use for ids that come from elsewhere, a request for instance: nothing is known of them before they are played, so
   * anything may be given, and is checked when it comes.
   *
   * @example
   * ```ts
   * import { sealedAuctions } from '@mechane/auction-sealed';
   * import { createMechane } from '@mechane/core';
   *
   * const request: { id: string; reports: unknown } = { id: 'auction-sealed/first-price', reports: { ann: { bid: 3 } } };
   * const { untyped } = createMechane().use(sealedAuctions);
   * untyped.run(request.id, { reports: request.reports }).metrics.revenue; // => 3
   * ```
   */
  get untyped(): UntypedMechane {
    return this as object as UntypedMechane;
  }

  /**
   * All that a mechanism says of itself: JSON Schemas of its settings, report, message, ask and outcome, its claims, and `tool`: report
   * and message as the inputs of tools for language models.
   *
   * @throws MechaneError `unknown-mechanism` with the nearest id.
   *
   * @example
   * ```ts
   * import { sealedAuctions } from '@mechane/auction-sealed';
   * import { createMechane } from '@mechane/core';
   *
   * const { tool } = createMechane().use(sealedAuctions).describe('auction-sealed/second-price');
   * tool.message.type; // => 'object'
   * tool.message.properties?.bid?.['x-amount']; // => 'money'
   * ```
   */
  describe(id: M['id']): Description {
    return described(this.#registry.get(id));
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
   * Runs a mechanism at once, with `reports`, `messages` or `columns`. For agents that answer in their own time: {@link open}.
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
  run<Id extends M['id']>(id: Id, play: RunColumns<WithId<M, Id>>): ColumnsResultOf<WithId<M, Id>>;
  run<Id extends M['id']>(id: Id, play: RunMessages<WithId<M, Id>>): ResultOf<WithId<M, Id>>;
  run<Id extends M['id']>(id: Id, play: RunReports<WithId<M, Id>>): ResultOf<WithId<M, Id>>;
  run(id: string, play: object): unknown {
    return runAtOnce(this.#scope, this.#registry.get(id), play);
  }

  /**
   * Opens a run among live agents, to be followed while it happens. Agents are functions, objects with `respond`, or
   * `'external'`: parties that answer by `session.submit`.
   *
   * @throws MechaneError with the code and the path of what is wrong in the settings or the agents.
   */
  open<Id extends M['id']>(id: Id, options: OpenOptions<WithId<M, Id>>): SessionOf<WithId<M, Id>> {
    const play: RunInput = options;
    const session = openSession(this.#scope, this.#registry.get(id), play, readAgents(play.agents, this.agents));
    return session as object as SessionOf<WithId<M, Id>>;
  }

  /**
   * Goes on with a run whose journal has not ended: plays again what was said, then asks. A round that was open has the messages and the
   * time that it had left. The type is that of all mechanisms in use, or of the one that is named.
   *
   * @throws MechaneError `invalid-journal` when the journal is none, of another mechanism than the one named, or has ended;
   * `unknown-agent` when a participant is missing.
   */
  resume<Id extends M['id'] = M['id']>(
    journal: unknown,
    { mechanism: id, ...options }: LiveOptions<WithId<M, Id>> & { readonly mechanism?: Id },
  ): SessionOf<WithId<M, Id>> {
    const { read, mechanism } = this.#readJournal(journal, id);
    if (endOf(read)) throw endedJournal();
    if (read.entries.at(-1)?.kind === 'cancelled') throw cancelledJournal();
    const play: RunInput = options;
    const { settings, seed } = headerOf(read);
    const agents = takingPart(read, readAgents(play.agents, this.agents));
    const session = openSession(this.#scope, mechanism, { ...play, settings, seed }, agents, read);
    return session as object as SessionOf<WithId<M, Id>>;
  }

  /**
   * Plays a journal again: same state, same outcome. The type is that of all mechanisms in use, told apart by `mechanism`, or of the one
   * that is named.
   *
   * @throws MechaneError `invalid-journal` when it is of another mechanism than the one named, or was edited, reordered or cut in a way
   * that cannot have happened.
   */
  replay<Id extends M['id'] = M['id']>(
    journal: unknown,
    { mechanism: id }: { readonly mechanism?: Id } = {},
  ): ResultOf<WithId<M, Id>> {
    const { read, mechanism } = this.#readJournal(journal, id);
    return replay(this.#scope, mechanism, read) as object as ResultOf<WithId<M, Id>>;
  }

  /**
   * Runs a scenario of the public data format: an object with `mechanism`, `settings`, `reports` or `messages`, `types`, `seed`.
   *
   * @throws MechaneError with the code and the path of what is wrong in the scenario.
   */
  runScenario(scenario: unknown, { signal, journal }: ScenarioOptions = {}): RunResult {
    const { mechanism, ...play } = this.#readScenario(scenario);
    return runAtOnce(this.#scope, mechanism, { ...play, signal, journal });
  }

  /**
   * Takes the decision of a scenario with reports up to where it falls into parts, so that others solve them: other threads, or other machines, by
   * {@link solveParts}. {@link combine} then gives what {@link runScenario} would have given. A mechanism falls into parts where `mechanism(id).inParts`
   * is there. Events tell of the run once it is put together, or fails.
   *
   * @throws MechaneError `indivisible` where it is decided as a whole, and whatever {@link runScenario} throws.
   *
   * @example
   * ```ts
   * import { combinatorialAuctions } from '@mechane/auction-combinatorial';
   * import { createMechane } from '@mechane/core';
   *
   * const mechane = createMechane().use(combinatorialAuctions);
   * const scenario = {
   *   mechanism: 'auction-combinatorial/vcg',
   *   settings: { goods: ['A', 'B'] },
   *   reports: {
   *     ann: { xor: [{ bundle: ['A'], value: 28 }] },
   *     bob: { xor: [{ bundle: ['B'], value: 20 }] },
   *     cat: { xor: [{ bundle: ['A', 'B'], value: 32 }] },
   *   },
   * };
   * const division = mechane.divide(scenario);
   * const { seed, parts } = division;
   * const solutions = parts.flatMap((part) => mechane.solveParts(scenario, { seed, parts: [part] }));
   * const { outcome } = mechane.combine(scenario, division, solutions);
   * parts.length; // => 2
   * outcome; // => { allocation: { ann: ['A'], bob: ['B'] }, payments: { ann: 12, bob: 4, cat: 0 } }
   * ```
   */
  divide(scenario: unknown, { signal }: PartOptions = {}): Division {
    const { mechanism, ...play } = this.#readScenario(scenario);
    return divide(this.#scope, mechanism, { ...play, signal });
  }

  /**
   * Solves parts of a scenario that was divided, here or elsewhere: all, or some of them. Together they may take less work than one by one. Limits in
   * its settings hold for those that are solved together.
   *
   * @returns their solutions in their order: plain JSON, for {@link combine}
   * @throws MechaneError `invalid-division` where they are no parts of this scenario; `indivisible`; whatever {@link runScenario} throws.
   */
  solveParts(scenario: unknown, parts: Parts, { signal }: PartOptions = {}): readonly unknown[] {
    const { mechanism, ...play } = this.#readScenario(scenario);
    return solveParts(this.#scope, mechanism, { ...play, signal }, parts);
  }

  /**
   * Puts a scenario together that was divided, by the solutions of all its parts in their order.
   *
   * @throws MechaneError `invalid-division` where a solution is none of this scenario; `indivisible`; whatever {@link runScenario} throws.
   */
  combine(
    scenario: unknown,
    division: Division,
    solutions: readonly unknown[],
    { signal }: PartOptions = {},
  ): RunResult {
    const { mechanism, ...play } = this.#readScenario(scenario);
    return combine(this.#scope, mechanism, { ...play, signal }, division, solutions);
  }

  /**
   * Runs a scenario and waits after each round until the journal has taken it down. With a journal that was cut off, goes on
   * where it ends.
   *
   * @throws MechaneError as {@link runScenario} does, and `invalid-journal` when the journal cut off is not of this scenario.
   */
  async record(scenario: unknown, { journal, signal, recorded }: RecordOptions): Promise<RunResult> {
    const { mechanism, ...play } = this.#readScenario(scenario);
    return record(this.#scope, mechanism, { ...play, signal, journal, note: scenario }, recorded);
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

  #readScenario(scenario: unknown): RunInput & { readonly mechanism: Mechanism } {
    requireRecord(scenario, 'invalid-scenario', [], 'an object with "mechanism" and "reports"');
    refuseUnknownKeys(scenario, scenarioKeys, []);
    const { mechanism: id, settings, reports, types, messages, seed } = scenario;
    if (reports !== undefined && !Array.isArray(reports))
      requireRecord(reports, 'invalid-report', ['reports'], 'an object of reports by agent id, or a list of pairs');
    return { mechanism: this.#registry.get(id as string), settings, reports, types, messages, seed };
  }

  #readJournal(journal: unknown, named: string | undefined): { read: Journal; mechanism: Mechanism } {
    const read = readJournal(journal);
    const { mechanism: id } = headerOf(read);
    if (named !== undefined && named !== id) throw journalOfAnother(id);
    return { read, mechanism: this.#registry.get(id) };
  }
}

/**
 * Starts with no mechanisms: `createMechane().use(plugin)`.
 *
 * @category Runs
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

/** Those who took part when a run was opened, whom it cannot go on without, and those who came in later, who may be outside. */
function takingPart(journal: Journal, present: ReadonlyMap<AgentId, Participant>): Map<AgentId, Participant> {
  const agents = new Map<AgentId, Participant>();
  for (const agent of headerOf(journal).participants) {
    const participant = present.get(agent);
    if (participant === undefined) throw unknownAgent(agent, [...present.keys()], ['agents']);
    agents.set(agent, participant);
  }
  for (const entry of journal.entries) {
    if (entry.kind === 'joined') agents.set(entry.agent, present.get(entry.agent) ?? 'external');
  }
  return agents;
}

const scenarioKeys = ['mechanism', 'settings', 'reports', 'types', 'messages', 'seed'] as const;
