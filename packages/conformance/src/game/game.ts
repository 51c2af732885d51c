import { type AgentId, type Mechanism, provide, RandomService, seededRandom, type TieBreak } from '@mechane/core';
import {
  answeredByProxies,
  answeredInOrder,
  conclusionOf,
  conduct,
  type HoldRound,
  paymentsOf,
  RunSetup,
  readSettings,
  refuseUnfitSettings,
  ServiceScope,
  utilityOf,
} from '@mechane/core/host';
import type { Reports } from '../case.ts';
import type { Domain } from '../domain.ts';
import type { Elsewhere, ForeseenPlay } from '../subject.ts';
import { answeredWithDepartures } from './answered-with-departures.ts';
import { type Circumstance, nextCircumstance, under } from './circumstances.ts';
import { Counted } from './counted.ts';
import { type Departing, departs, reportIn } from './departing.ts';
import { type Edge, outcomeAtEdge, userRun } from './edge.ts';
import { RecallablePlays, requireSame } from './nondeterminism.ts';
import { chargedBeside } from './outcome-flaws.ts';
import { freshCopy, frozen, isPlainData, plainCopy } from './plain-copy.ts';
import { AmountsConcerned } from './rounding.ts';
import { agentOf } from './turns.ts';
import { ifPlayable, Unplayable, unplayable } from './unplayable.ts';

/** The rounds that the kit plays before it calls a conversation endless. */
export const longestConversation = 50_000;
/** Rounds that are as much work as a play. */
const roundsPerPlay = 16;
const agentsPerPlay = 4;
/** Finding an optimum by brute force is so much work, compared with a play. */
const workPerOptimum = 0.5;
const mostElsewhere = 64;

const elapsed: () => number = performance.now.bind(performance);

/** A play that is not forgotten yet: laws ask for the same several times in a row. */
interface Latest {
  readonly reports: Reports;
  readonly seed: number;
  readonly played: Played | Unplayable;
}

const latestKept = 4;

/** What is different about a play. */
export interface Variation {
  /** The mechanism, without its shorter way perhaps. */
  readonly mechanism?: Mechanism;
  readonly breakTie?: TieBreak;
}

/** An outcome, and what it took. */
export interface Played {
  readonly outcome: object;
  readonly rounds: number;
}

/** What stays the same under all settings. */
export interface Rules {
  readonly mechanism: Mechanism;
  readonly domain: Domain;
  /** Where the rule is not computed here. */
  readonly elsewhere: Elsewhere | undefined;
  readonly services: ServiceScope;
  readonly edge: Edge;
}

/** What a mechanism and a domain make of each other under certain settings: who can say what, what comes of it, and what that is worth. */
export class Game implements Rules {
  readonly mechanism: Mechanism;
  readonly domain: Domain;
  readonly elsewhere: Elsewhere | undefined;
  /** Whether the settings are the kit's own idea. */
  readonly drawn: boolean;
  /** As the subject gave them, or the kit drew them. */
  readonly given: unknown;
  /** As the mechanism's schema parsed them. */
  readonly settings: unknown;
  readonly breakTie: TieBreak;
  /** The mechanism as it is played where there are decimals. */
  readonly counted: Counted;
  readonly services: ServiceScope;
  readonly edge: Edge;
  /** The amounts that were compared since this was last reset. */
  readonly amounts: AmountsConcerned = new AmountsConcerned();
  /** Whether any play has drawn lots so far. */
  drawsLots = false;
  /** How much has been played: a play is 1, more with many rounds or agents. */
  work = 0;
  /** What is being played, for whoever finds that it does not end. */
  playing: { readonly reports: Reports; readonly seed: number; readonly since: number } | undefined;
  /** The largest amount that anybody paid, or that anything was worth. */
  largestStake = 0;
  /** Whether the domain knows what outcomes are worth, or has the mechanism's word for it. */
  readonly valuesByDomain: boolean;
  /** Outcomes' own words on what they are worth, where only the mechanism says it. */
  readonly ownUtilities: Set<number> = new Set();
  readonly #plainSettings: boolean;
  #grid: readonly unknown[] | undefined;
  readonly #elsewhere = new Map<string, Game>();
  readonly #latest: Latest[] = [];
  #oldest = 0;
  readonly #parsed = new WeakMap<object, unknown>();
  readonly #recallable = new RecallablePlays();
  #onGrid: Map<string, Played | Unplayable> | undefined;
  #gridIndex: ReadonlyMap<unknown, number> | undefined;

  constructor({ mechanism, domain, elsewhere, services, edge }: Rules, given: unknown, drawn = false) {
    const { settings, breakTie, unit } = readSettings(mechanism, freshCopy(given));
    this.mechanism = mechanism;
    this.domain = domain;
    this.elsewhere = elsewhere;
    this.drawn = drawn;
    this.edge = edge;
    this.given = given;
    this.#plainSettings = isPlainData(settings);
    this.settings = this.#plainSettings ? frozen(freshCopy(settings)) : settings;
    this.breakTie = breakTie;
    this.counted = new Counted(this.settings, unit);
    this.services = services;
    this.valuesByDomain = domain.value !== undefined;
  }

  /** The domain's grid. */
  get grid(): readonly unknown[] {
    this.#grid ??= this.domain.grid(this.settings);
    return this.#grid;
  }

  /** The game of this mechanism and domain under other settings; made once for each. */
  under(given: unknown): Game {
    const key = JSON.stringify(given);
    const known = this.#elsewhere.get(key);
    if (known) return known;
    if (this.#elsewhere.size > mostElsewhere) this.#elsewhere.clear();
    const elsewhere = new Game(this, given, this.drawn);
    this.#elsewhere.set(key, elsewhere);
    return elsewhere;
  }

  /** What comes out when these reports are played. @throws Unplayable, Nondeterminism */
  play(reports: Reports, seed: number): object {
    return this.playFully(reports, seed).outcome;
  }

  /** @throws Unplayable, Nondeterminism */
  playFully(reports: Reports, seed: number): Played {
    const known = this.#latest.find((latest) => latest.reports === reports && latest.seed === seed);
    const played = known?.played ?? this.#playOnce(reports, seed);
    if (known === undefined) {
      this.#latest[this.#oldest] = { reports, seed, played };
      this.#oldest = (this.#oldest + 1) % latestKept;
    }
    if (played instanceof Unplayable) throw played;
    return played;
  }

  /** Says what will be played, where the rule is at work elsewhere: it may then answer all of it together. */
  foresee(plays: Iterable<readonly [Reports, number]>): void {
    if (this.elsewhere?.foresee === undefined) return;
    const foreseen: ForeseenPlay[] = [];
    for (const [reports, seed] of plays) {
      const key = this.#onGrid && this.#gridKey(reports, seed);
      if ((key !== undefined && this.#onGrid?.has(key)) || departingIn(reports).size > 0) continue;
      const read = ifPlayable(() => this.#readAll(reports));
      if (read) foreseen.push({ reports: read, seed });
    }
    if (foreseen.length > 0) this.elsewhere.foresee(this.freshSettings(), foreseen);
  }

  /** Plays once more, with nothing remembered. @throws Unplayable */
  playAfresh(reports: Reports, seed: number, variation?: Variation): Played {
    return this.conduct(reports, seed, variation);
  }

  /** What comes out when a user runs it, or how that fails; `undefined` where the run is refused. */
  runAtEdge(reports: Reports, seed: number): unknown {
    const { mechanism, given } = this;
    this.work += 4;
    return outcomeAtEdge(this.edge, mechanism.id, userRun(mechanism, given, reports, seed));
  }

  /** Plays again what was remembered, as it was and under other circumstances. @throws Nondeterminism */
  *recall(): Generator<undefined, void> {
    for (const { reports, seed, outcome } of this.#recallable.all()) {
      yield undefined;
      this.#playAgain(reports, seed, outcome);
      yield undefined;
      this.#playAgain(reports, seed, outcome, nextCircumstance());
    }
  }

  /** Remembers what comes out before anything else is known of the mechanism. */
  rememberFirst(reports: Reports, seed: number): void {
    const played = ifPlayable(() => this.conduct(reports, seed));
    if (played) this.#recallable.keep(reports, seed, played.outcome);
  }

  /** Remembers every profile of the grid while it is gone through. */
  rememberGrid(remembering: boolean): void {
    this.#gridIndex ??= new Map(this.grid.map((type, index) => [type, index]));
    this.#onGrid = remembering ? new Map() : undefined;
  }

  /** What an outcome is worth to an agent of this type before payments. @throws Unplayable when nobody can say. */
  value(agent: AgentId, type: unknown, outcome: object): number {
    const { domain, mechanism } = this;
    const worth = domain.value
      ? this.#asked(() => domain.value?.(agent, type, outcome, this.settings))
      : this.#asked(() => mechanism.value?.(agent, this.parsed(type), outcome, this.freshSettings()));
    if (worth === undefined) throw new Unplayable('refused', 'the outcome does not tell what is worth something');
    return this.#concerned(worth, 'value', agent);
  }

  /** What an outcome is worth to an agent of this type after payments. @throws Unplayable when nobody can say. */
  utility(agent: AgentId, type: unknown, outcome: object): number {
    if (this.domain.value) return this.value(agent, type, outcome) - this.payment(agent, outcome);
    const { mechanism } = this;
    const utility = this.#asked(() => utilityOf(mechanism, agent, this.parsed(type), outcome, this.freshSettings()));
    if (utility === undefined) throw new Unplayable('refused', 'the outcome does not tell what is worth something');
    if (this.ownUtilities.size < 2) this.ownUtilities.add(utility);
    return this.#concerned(utility, 'utility', agent);
  }

  /** What an agent pays. */
  payment(agent: AgentId, outcome: object): number {
    const payments = paymentsOf(outcome);
    if (payments === undefined || payments === null) return 0;
    const beside = chargedBeside(outcome, payments);
    if (beside !== undefined) throw new Unplayable('spoilt', beside);
    return this.#concerned(payments[agent] ?? 0, 'payment', agent);
  }

  /** The sum of all payments; `undefined` where there are none. */
  revenue(outcome: object): number | undefined {
    const payments = paymentsOf(outcome);
    if (payments === undefined || payments === null) return undefined;
    let revenue = 0;
    for (const agent of Object.keys(payments)) revenue += this.payment(agent, outcome);
    return revenue;
  }

  /** The sum of what an outcome is worth to agents of these types before payments. @throws Unplayable */
  welfare(types: Reports, outcome: object): number {
    let welfare = 0;
    for (const [agent, type] of types) welfare += this.value(agent, reportIn(type), outcome);
    return this.amounts.add(welfare);
  }

  /** The largest welfare that any outcome could have, as the domain knows. */
  bestWelfare(types: Reports): number {
    this.work += workPerOptimum;
    return this.amounts.add(Number(this.domain.bestWelfare?.(types, this.settings)));
  }

  /** What staying away is worth to an agent of this type. */
  outsideOption(agent: AgentId, type: unknown): number {
    const { domain, mechanism } = this;
    if (domain.value) return this.amounts.add(domain.outsideOption?.(type, this.settings) ?? 0);
    return this.amounts.add(this.#asked(() => mechanism.outsideOption(agent, this.parsed(type), this.freshSettings())));
  }

  /** Whether an agent of this type can say that at all. */
  mayReport(type: unknown, said: unknown): boolean {
    return this.domain.mayReport?.(type, reportIn(said), this.settings) ?? true;
  }

  parsedAll(reports: Reports): Map<AgentId, unknown> {
    const parsed = new Map<AgentId, unknown>();
    for (const [agent, report] of reports) parsed.set(agent, this.parsed(reportIn(report)));
    return parsed;
  }

  /** What the mechanism's schema makes of a report, frozen. @throws Unplayable when it refuses the report. */
  parsed(report: unknown): unknown {
    if (typeof report !== 'object' || report === null) return this.read(report);
    const known = this.#parsed.get(report);
    if (known !== undefined) return known;
    const parsed = frozen(this.read(report));
    this.#parsed.set(report, parsed);
    return parsed;
  }

  /** What the mechanism's schema makes of a report, as only one play will see it. @throws Unplayable when it refuses the report. */
  read(report: unknown): unknown {
    const schema = this.mechanism.report ?? this.mechanism.message;
    const read = this.#asked(() => schema.safeParse(freshCopy(report)));
    if (read.success) return read.data;
    throw new Unplayable('refused', read.error.issues[0]?.message);
  }

  /** Plays as a run would, with inputs that nobody else will see. @throws Unplayable */
  conduct(reports: Reports, seed: number, { mechanism = this.mechanism, breakTie }: Variation = {}): Played {
    const participants = [...new Set([...reports.keys()].map((key) => agentOf(mechanism, key)))];
    return this.#guarded(reports, seed, this.setup(participants, seed, breakTie), (setup) => {
      const { outcome, rounds } = this.#conducted(setup, reports, mechanism);
      return { outcome: soundCopy(outcome), rounds };
    });
  }

  /** Plays what was read already, under a setup of the caller's. What is done to them is theirs to see. @throws Unplayable */
  conductInputs(setup: RunSetup, inputs: ReadonlyMap<AgentId, unknown>, seed: number): void {
    const { mechanism } = this;
    this.#guarded(inputs, seed, setup, () => {
      if (mechanism.report && mechanism.decide) {
        const { outcome } = conclusionOf(mechanism.decide(inputs, setup));
        return { outcome, rounds: 1 };
      }
      const hold = mechanism.report ? answeredByProxies(mechanism, inputs) : answeredInOrder([...inputs]).hold;
      return conduct(mechanism, setup, hold, longestConversation);
    });
  }

  /** Takes down what is asked and said when the proxies play. @throws Unplayable */
  overhear(reports: Reports, seed: number, hear: (asked: unknown, said: unknown) => void): void {
    const { mechanism } = this;
    this.#guarded(reports, seed, this.setup([...reports.keys()], seed), (setup) => {
      const read = this.#readAll(reports);
      const counted = this.counted.forReports(mechanism, read);
      const answered = answeredByProxies(counted, read);
      const hold: HoldRound = (round, number) => {
        const replies = answered(round, number);
        for (const agent of round.agents) hear(round.contentFor(agent), replies.get(agent));
        return replies;
      };
      return conduct(counted, setup, hold, longestConversation);
    });
  }

  #guarded(reports: Reports, seed: number, setup: RunSetup, play: (setup: RunSetup) => Played): Played {
    this.playing = { reports, seed, since: elapsed() };
    this.work += 1 + Math.floor(reports.size / agentsPerPlay);
    try {
      const played = play(setup);
      this.work += Math.floor(played.rounds / roundsPerPlay);
      return played;
    } catch (thrown) {
      const failure = unplayable(thrown, this.drawn);
      if (failure.kind === 'endless') this.work += longestConversation / roundsPerPlay;
      throw failure;
    } finally {
      setup.scope?.dispose().catch(() => {});
      this.playing = undefined;
    }
  }

  #readAll(reports: Reports): Map<AgentId, unknown> {
    return new Map([...reports].map(([agent, said]) => [agent, this.read(reportIn(said))]));
  }

  /** The setup of one play. */
  setup(
    participants: readonly AgentId[],
    seed: number,
    breakTie: TieBreak = this.breakTie,
    settings: unknown = this.freshSettings(),
  ): RunSetup {
    return new RunSetup({
      settings,
      breakTie,
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

  #conducted(setup: RunSetup, reports: Reports, mechanism: Mechanism): { outcome: unknown; rounds: number } {
    if (!mechanism.report) {
      const messages = [...reports].map(([key, message]) => [agentOf(mechanism, key), this.read(message)] as const);
      const counted = this.counted.forMessages(mechanism, messages);
      return conduct(counted, setup, answeredInOrder(messages).hold, longestConversation);
    }
    const read = this.#readAll(reports);
    this.#refuseUnfit(read, mechanism, setup.settings);
    const departing = departingIn(reports);
    if (departing.size > 0) {
      const counted = this.counted.forDepartures(mechanism, read, [...departing.values()]);
      return conduct(counted, setup, answeredWithDepartures(counted, read, departing), longestConversation);
    }
    const counted = this.counted.forReports(mechanism, read);
    if (!counted.decide) return conduct(counted, setup, answeredByProxies(counted, read), longestConversation);
    const { outcome } = conclusionOf(counted.decide(read, setup));
    return { outcome, rounds: counted.roundsOf?.(outcome) ?? 1 };
  }

  #refuseUnfit(reports: ReadonlyMap<AgentId, unknown>, mechanism: Mechanism, settings: unknown): void {
    if (!mechanism.refuseReport && !mechanism.refuseSettings) return;
    const context = { participants: [...reports.keys()], reports };
    try {
      refuseUnfitSettings(mechanism, settings, context);
    } catch (thrown) {
      throw unplayable(thrown, true);
    }
    if (!mechanism.refuseReport) return;
    for (const report of reports.values()) {
      const flaw = mechanism.refuseReport(report, settings, context);
      if (flaw) throw new Unplayable('refused', flaw.problem);
    }
  }

  #playOnce(reports: Reports, seed: number): Played | Unplayable {
    const key = this.#onGrid && this.#gridKey(reports, seed);
    if (key === undefined) return this.#playGuarded(reports, seed);
    const known = this.#onGrid?.get(key);
    if (known) return known;
    const played = this.#playGuarded(reports, seed);
    this.#onGrid?.set(key, played);
    return played;
  }

  #gridKey(reports: Reports, seed: number): string | undefined {
    let key = `${seed}`;
    for (const [agent, report] of reports) {
      const index = this.#gridIndex?.get(report);
      if (index === undefined) return undefined;
      key += ` ${agent} ${index}`;
    }
    return key;
  }

  #playGuarded(reports: Reports, seed: number): Played | Unplayable {
    try {
      const played = this.conduct(reports, seed);
      const due = this.#recallable.due(reports, seed, played.outcome);
      if (due) this.#playAgain(due.reports, due.seed, due.outcome, due.elsewhere ? nextCircumstance() : undefined);
      return played;
    } catch (thrown) {
      if (thrown instanceof Unplayable) return thrown;
      throw thrown;
    }
  }

  /** @throws Nondeterminism */
  #playAgain(reports: Reports, seed: number, before: unknown, circumstance?: Circumstance): void {
    const play = (): unknown => this.conduct(reports, seed).outcome;
    let outcome: unknown;
    try {
      outcome = circumstance ? under(circumstance, play) : play();
    } catch (thrown) {
      if (!(thrown instanceof Unplayable)) throw thrown;
      outcome = { failure: thrown.message };
    }
    requireSame(reports, seed, before, outcome, `when it was played ${circumstance?.how ?? 'again'}`);
  }

  #concerned(amount: number, what: string, agent: AgentId): number {
    if (typeof amount !== 'number' || Number.isNaN(amount)) {
      throw new Unplayable('spoilt', `the ${what} of ${agent} is ${String(amount)}`);
    }
    const size = Math.abs(amount);
    if (size > this.largestStake && size !== Number.POSITIVE_INFINITY) this.largestStake = size;
    return this.amounts.add(amount);
  }

  /** Settings as only one play will see them. */
  freshSettings(): unknown {
    return this.#plainSettings
      ? freshCopy(this.settings)
      : readSettings(this.mechanism, freshCopy(this.given)).settings;
  }

  #asked<Answer>(question: () => Answer): Answer {
    try {
      return question();
    } catch (thrown) {
      throw unplayable(thrown);
    }
  }
}

/** @throws Unplayable where an outcome is none */
function soundCopy(outcome: unknown): object {
  const { copy, flaw } = plainCopy(outcome);
  if (flaw !== undefined) throw new Unplayable('spoilt', flaw);
  if (typeof copy !== 'object' || copy === null || Array.isArray(copy)) {
    throw new Unplayable(
      'spoilt',
      `the outcome is ${copy === null ? 'null' : Array.isArray(copy) ? 'a list' : String(copy)}`,
    );
  }
  return copy;
}

function departingIn(reports: Reports): ReadonlyMap<AgentId, Departing> {
  const departing = new Map<AgentId, Departing>();
  for (const [agent, said] of reports) if (departs(said)) departing.set(agent, said);
  return departing;
}
