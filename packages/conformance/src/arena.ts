import { type AgentId, type Mechanism, provide, RandomService, seededRandom, type TieBreak } from '@mechane/core';
import {
  answeredByProxies,
  answeredInOrder,
  conclusionOf,
  conduct,
  RunSetup,
  readSettings,
  ServiceScope,
  utilityOf,
  welfareOf,
} from '@mechane/core/host';
import type { Reports } from './case.ts';
import { cloned, frozen } from './copies.ts';
import type { Domain } from './domain.ts';
import { type Scale, scaleOf } from './scale.ts';
import { Unplayable, unplayable } from './unplayable.ts';

/** The rounds that the kit plays before it calls a conversation endless. */
export const longestConversation = 50_000;

/** An outcome, and what it took. */
export interface Played {
  readonly outcome: object;
  readonly rounds: number;
}

/**
 * Where a mechanism is played under one of its settings: straight through core's induced direct mechanism, without the checks
 * of a run, and never the same profile twice.
 */
export class Arena {
  readonly mechanism: Mechanism;
  readonly domain: Domain;
  /** As the subject gave them. */
  readonly given: unknown;
  /** As the mechanism's schema parsed them. */
  readonly settings: unknown;
  readonly breakTie: TieBreak;
  readonly services: ServiceScope;
  readonly grid: readonly unknown[];
  /** Whether any play has drawn lots so far. */
  drawsLots = false;
  /** How often the mechanism has been played. */
  plays = 0;
  #changesInputs = false;
  readonly #scale: Scale;
  readonly #gridIndex: ReadonlyMap<unknown, number>;
  readonly #onGrid = new Map<string, Played | Unplayable>();
  readonly #byProfile = new Map<Reports, { seed: number; played: Played | Unplayable } | undefined>();
  readonly #elsewhere = new Map<string, Arena>();
  readonly #parsed = new WeakMap<object, unknown>();
  readonly #scales = new WeakMap<object, Scale>();

  constructor(mechanism: Mechanism, domain: Domain, given: unknown, services: ServiceScope) {
    const { settings, breakTie } = readSettings(mechanism, given);
    this.mechanism = mechanism;
    this.domain = domain;
    this.given = given;
    this.settings = frozen(settings);
    this.breakTie = breakTie;
    this.services = services;
    this.grid = domain.grid(settings);
    this.#gridIndex = new Map(this.grid.map((type, index) => [type, index]));
    this.#scale = scaleOf(settings);
  }

  /** An arena for this mechanism and domain under other settings; made once for each. */
  under(given: unknown): Arena {
    const key = JSON.stringify(given);
    const known = this.#elsewhere.get(key);
    if (known) return known;
    const elsewhere = new Arena(this.mechanism, this.domain, given, this.services);
    this.#elsewhere.set(key, elsewhere);
    return elsewhere;
  }

  /** Remembers what comes out of these profiles once it is known. */
  remember(profiles: Iterable<Reports>): void {
    for (const reports of profiles) if (!this.#byProfile.has(reports)) this.#byProfile.set(reports, undefined);
  }

  /** What comes out when these reports are played. @throws Unplayable */
  play(reports: Reports, seed: number): object {
    return this.playFully(reports, seed).outcome;
  }

  /** @throws Unplayable */
  playFully(reports: Reports, seed: number): Played {
    const known = this.#byProfile.get(reports);
    const played = known?.seed === seed ? known.played : this.#playOnGrid(reports, seed);
    if (known === undefined && this.#byProfile.has(reports)) this.#byProfile.set(reports, { seed, played });
    if (played instanceof Unplayable) throw played;
    return played;
  }

  /** Plays once more, with inputs of its own and nothing remembered. @throws Unplayable */
  playAfresh(reports: Reports, seed: number): Played {
    return this.conduct(this.freshInputs(reports), seed);
  }

  /** Reports as only this play will see them. */
  freshInputs(reports: Reports): Map<AgentId, unknown> {
    return new Map([...reports].map(([agent, report]) => [agent, this.#read(cloned(report))]));
  }

  /** What an outcome is worth to an agent of this type after payments. @throws Unplayable when the mechanism cannot say. */
  utility(agent: AgentId, type: unknown, outcome: object): number {
    return this.#asked(() => Number(utilityOf(this.mechanism, agent, this.parsed(type), outcome, this.settings)));
  }

  /** The sum of what an outcome is worth to agents of these types before payments. @throws Unplayable */
  welfare(types: Reports, outcome: object): number {
    return this.#asked(() => Number(welfareOf(this.mechanism, this.parsedAll(types), this.settings, outcome)));
  }

  outsideOption(agent: AgentId, type: unknown): number {
    return this.#asked(() => this.mechanism.outsideOption(agent, this.parsed(type), this.settings));
  }

  parsedAll(reports: Reports): Map<AgentId, unknown> {
    const parsed = new Map<AgentId, unknown>();
    for (const [agent, report] of reports) parsed.set(agent, this.parsed(report));
    return parsed;
  }

  /** What the mechanism's schema makes of a report, frozen. @throws Unplayable when it refuses the report. */
  parsed(report: unknown): unknown {
    if (typeof report !== 'object' || report === null) return this.#read(report);
    const known = this.#parsed.get(report);
    if (known !== undefined) return known;
    const parsed = frozen(this.#read(report));
    this.#parsed.set(report, parsed);
    return parsed;
  }

  /** How far sums over these reports may be off: nothing where every input is a whole number. */
  toleranceFor(...reports: readonly Reports[]): number {
    let { integral, size } = this.#scale;
    for (const map of reports) {
      for (const report of map.values()) {
        const scale = this.#scaleOf(report);
        integral &&= scale.integral;
        size += scale.size;
      }
    }
    return integral ? 0 : 1e-9 * Math.max(1, size);
  }

  /** Plays inputs that are already parsed. @throws Unplayable */
  conduct(reports: ReadonlyMap<AgentId, unknown>, seed: number, mechanism: Mechanism = this.mechanism): Played {
    return this.conductIn(this.setup([...reports.keys()], seed), reports, mechanism);
  }

  /** @throws Unplayable */
  conductIn(setup: RunSetup, reports: ReadonlyMap<AgentId, unknown>, mechanism: Mechanism = this.mechanism): Played {
    this.plays += 1;
    try {
      if (mechanism.decide && mechanism.report) {
        const { outcome } = conclusionOf(mechanism.decide(reports, setup));
        return { outcome, rounds: mechanism.roundsOf?.(outcome) ?? 1 };
      }
      const hold = mechanism.report ? answeredByProxies(mechanism, reports) : answeredInOrder([...reports]).hold;
      return conduct(mechanism, setup, hold, longestConversation);
    } catch (thrown) {
      throw unplayable(thrown);
    } finally {
      void setup.scope?.dispose();
    }
  }

  /** The setup of one play. */
  setup(participants: readonly AgentId[], seed: number, settings: unknown = this.settings): RunSetup {
    return new RunSetup({
      settings,
      breakTie: this.breakTie,
      participants,
      seed,
      signal: undefined,
      openScope: () => {
        const scope = new ServiceScope(this.services);
        const random = () => {
          this.drawsLots = true;
          return seededRandom(seed);
        };
        scope.bind(provide(RandomService, random, 'run'));
        return scope;
      },
    });
  }

  #playOnGrid(reports: Reports, seed: number): Played | Unplayable {
    const key = this.#gridKey(reports, seed);
    if (key === undefined) return this.#playGuarded(reports, seed);
    const known = this.#onGrid.get(key);
    if (known) return known;
    const played = this.#playGuarded(reports, seed);
    this.#onGrid.set(key, played);
    return played;
  }

  #gridKey(reports: Reports, seed: number): string | undefined {
    let key = `${seed}`;
    for (const [agent, report] of reports) {
      const index = this.#gridIndex.get(report);
      if (index === undefined) return undefined;
      key += ` ${agent} ${index}`;
    }
    return key;
  }

  /** A mechanism that writes into its inputs trips over their being frozen: it is given copies from then on. */
  #playGuarded(reports: Reports, seed: number): Played | Unplayable {
    try {
      if (this.#changesInputs) return this.playAfresh(reports, seed);
      try {
        return this.conduct(this.parsedAll(reports), seed);
      } catch (thrown) {
        if (!(thrown instanceof Unplayable && thrown.cause instanceof TypeError)) throw thrown;
        const played = this.playAfresh(reports, seed);
        this.#changesInputs = true;
        return played;
      }
    } catch (thrown) {
      return unplayable(thrown);
    }
  }

  #read(report: unknown): unknown {
    const read = (this.mechanism.report ?? this.mechanism.message).safeParse(report);
    if (read.success) return read.data;
    throw new Unplayable('refused', read.error.issues[0]?.message);
  }

  #asked<Answer>(question: () => Answer): Answer {
    try {
      return question();
    } catch (thrown) {
      throw unplayable(thrown);
    }
  }

  #scaleOf(report: unknown): Scale {
    if (typeof report !== 'object' || report === null) return scaleOf(report);
    const known = this.#scales.get(report);
    if (known) return known;
    const scale = scaleOf(report);
    this.#scales.set(report, scale);
    return scale;
  }
}
