import type { AgentId } from '../contract/agent.ts';
import { type Certified, certified, conclusionOf, type Returned } from '../contract/certificate.ts';
import type { ColumnDecision, Columns } from '../contract/columns.ts';
import type { DecisionInParts } from '../contract/decision-in-parts.ts';
import type { Conversation, Mechanism, SaidWhen, Strategy } from '../contract/mechanism.ts';
import type { Refusal } from '../contract/refusal.ts';
import { type Replies, type Round, type Rounds, rounds } from '../contract/round.ts';
import type { Setup } from '../contract/setup.ts';
import type { TieOrder } from '../contract/tie-break.ts';
import { imprecise, whyImprecise } from '../errors.ts';
import type { AmountsIn } from '../input/amounts-in.ts';
import { validate } from '../input/validate.ts';
import type { Random } from '../services/random.ts';
import type { Token } from '../services/token.ts';
import { byCommitment, sealingSchema } from './commit-reveal.ts';
import { type MoneyOf, moneyOf } from './money-of.ts';
import type { Unit } from './unit.ts';

/**
 * A mechanism that takes and gives decimals, and whose rule sees whole numbers of a unit: all money that goes in is counted in it, all that comes out
 * is written as a decimal. So a rule that is exact on whole numbers is exact on decimals.
 *
 * @throws MechaneError `imprecise-amount`, when it is played, for an amount that is no whole number of units.
 */
export function countedIn(unit: Unit, mechanism: Mechanism): Mechanism {
  const money = moneyOf(mechanism);
  if (money === undefined) return mechanism;
  const edge = new Edge(unit, money);
  const { decide, inParts, columns, mostPaid, bestWelfare } = mechanism;
  const counted: Partial<Mechanism> = {
    conduct: (setup) => edge.conversation(mechanism, setup),
    ...(decide && {
      decide: (reports: ReadonlyMap<AgentId, unknown>, setup: Setup) =>
        edge.returned(mechanism.decide?.(edge.reports(reports), edge.setup(setup)) as Returned<object>),
    }),
    ...(inParts && { inParts: edge.inParts(inParts) }),
    ...(mostPaid && { mostPaid: (message, said) => edge.mostPaid(mechanism, message, said) }),
    ...(bestWelfare && {
      bestWelfare: (types: ReadonlyMap<AgentId, unknown>, settings: unknown) =>
        unit.written(bestWelfare(edge.reports(types), edge.in(money.settings, settings))),
    }),
    proxy: (report, agent) => edge.strategy(mechanism.proxy(edge.in(money.report, report), agent)),
    ...(columns && { columns: edge.columns(columns) }),
  };
  return Object.freeze({ ...mechanism, ...counted });
}

/** A mechanism as it is played: its money counted in the unit, and its reports sealed as the settings say. */
export function playedWith(mechanism: Mechanism, unit: Unit | undefined, sealing: unknown): Mechanism {
  const counted = unit === undefined ? mechanism : countedIn(unit, mechanism);
  if (sealing === undefined) return counted;
  return byCommitment(counted, validate(sealingSchema, sealing, 'invalid-settings', ['settings', 'sealing']));
}

/** What stands between a rule, which counts, and everybody else, who writes decimals. */
class Edge {
  readonly #unit: Unit;
  readonly #money: MoneyOf;

  constructor(unit: Unit, money: MoneyOf) {
    this.#unit = unit;
    this.#money = money;
  }

  in(amounts: AmountsIn | undefined, value: unknown): unknown {
    return amounts ? amounts.changed(value, this.#counted) : value;
  }

  out(amounts: AmountsIn | undefined, value: unknown): unknown {
    return amounts ? amounts.changed(value, this.#unit.written) : value;
  }

  /** Whoever plays a run has refused what is finer than the unit, so that the error here, which knows no path, is for others. */
  readonly #counted = (amount: number): number => {
    const units = this.#unit.counted(amount);
    if (units === undefined) throw imprecise(amount, this.#unit.amount, []);
    return units;
  };

  reports(reports: ReadonlyMap<AgentId, unknown>): Map<AgentId, unknown> {
    return mapped(reports, (report) => this.in(this.#money.report, report));
  }

  returned(returned: Returned<object>): Returned<object> {
    const { outcome, certificate } = conclusionOf(returned);
    const written = this.out(this.#money.outcome, outcome) as object;
    if (certificate === undefined) return written;
    return certified(
      written,
      this.out(this.#money.certificate, certificate) as typeof certificate,
    ) as Certified<object>;
  }

  /** What goes from one part to another stays counted: nobody else reads it. */
  inParts(rule: DecisionInParts): DecisionInParts {
    return {
      divide: (reports, setup) => rule.divide(this.reports(reports), this.setup(setup)),
      solve: (parts, reports, setup) => rule.solve(parts, this.reports(reports), this.setup(setup)),
      combine: (decided, solutions, reports, setup) =>
        this.returned(rule.combine(decided, solutions, this.reports(reports), this.setup(setup))),
    };
  }

  setup(setup: Setup): Setup {
    return new CountedSetup(setup, this.in(this.#money.settings, setup.settings), this.#unit);
  }

  strategy(strategy: Strategy): Strategy {
    return (ask) => {
      const message = strategy(this.in(this.#money.ask, ask));
      return message === undefined ? undefined : this.out(this.#money.message, message);
    };
  }

  mostPaid(mechanism: Mechanism, message: unknown, { settings, ask, before }: SaidWhen): number {
    const counted = {
      settings: this.in(this.#money.settings, settings),
      ask: this.in(this.#money.ask, ask),
      before: this.#counted(before),
    };
    return this.#unit.written(Number(mechanism.mostPaid?.(this.in(this.#money.message, message), counted)));
  }

  *conversation(mechanism: Mechanism, setup: Setup): Conversation<unknown, object> {
    const conversation = mechanism.conduct(this.setup(setup));
    let step = conversation.next(new Map());
    while (!step.done) {
      const replies: Replies<unknown> = yield this.#round(step.value, mechanism, setup);
      step = conversation.next(retold(replies, (message) => this.in(this.#money.message, message)));
    }
    return this.returned(step.value);
  }

  #round(round: Round, { direct, refuseReport }: Mechanism, { settings, participants }: Setup): Round {
    const context = { participants, reports: undefined };
    const { contentFor, clock, refuse } = round;
    // What is wrong with a report is told in the amounts that were written.
    const refused = (agent: AgentId, message: unknown): Refusal | undefined =>
      direct ? refuseReport?.(message, settings, context) : refuse?.(agent, this.in(this.#money.message, message));
    return {
      ...round,
      contentFor: (agent) => this.out(this.#money.ask, contentFor(agent)),
      clock: clock && {
        ...clock,
        stopAt: (message) => this.#unit.written(clock.stopAt(this.in(this.#money.message, message))),
      },
      refuse: (agent, message) => this.#tooFine(message) ?? refused(agent, message),
    };
  }

  /** What is wrong with a message that names an amount finer than the unit. */
  #tooFine(message: unknown): Refusal | undefined {
    let flaw: Refusal | undefined;
    this.#money.message?.each(message, [], (amount, path) => {
      if (flaw === undefined && this.#unit.counted(amount) === undefined)
        flaw = whyImprecise(amount, this.#unit.amount, path);
    });
    return flaw;
  }

  columns(columns: Columns<unknown, object>): Columns<unknown, object> {
    return {
      ...columns,
      decide: (given, setup) => {
        const { outcome, welfare, bestWelfare, revenue } = columns.decide(
          this.#countedColumns(given),
          this.setup(setup),
        );
        const { written } = this.#unit;
        const decision: ColumnDecision<object> = {
          outcome: this.out(this.#money.outcome, outcome) as object,
          welfare: written(welfare),
          bestWelfare: written(bestWelfare),
          revenue: written(revenue),
        };
        return decision;
      },
    };
  }

  #countedColumns(given: unknown): unknown {
    const columns = { ...(given as Record<string, unknown>) };
    for (const name of this.#money.columns ?? []) {
      const column = columns[name];
      if (column instanceof Float64Array) columns[name] = column.map(this.#counted);
    }
    return columns;
  }
}

/** The setup of a run, with settings in which money is counted. */
class CountedSetup implements Setup {
  readonly ask: Rounds<unknown>['ask'] = rounds.ask;
  readonly askEach: Rounds<unknown>['askEach'] = rounds.askEach;
  readonly runClock: Rounds<unknown>['runClock'] = rounds.runClock;
  readonly listen: Rounds<unknown>['listen'] = rounds.listen;
  readonly listenEach: Rounds<unknown>['listenEach'] = rounds.listenEach;
  readonly settings: unknown;
  readonly participants: readonly AgentId[];
  readonly written: (amount: number) => number;
  readonly #setup: Setup;

  constructor(setup: Setup, settings: unknown, { written }: Unit) {
    this.settings = settings;
    this.participants = setup.participants;
    this.written = written;
    this.#setup = setup;
  }

  get breakTie(): (candidates: readonly AgentId[]) => AgentId {
    return this.#setup.breakTie;
  }

  get tieOrder(): TieOrder {
    return this.#setup.tieOrder;
  }

  get random(): Random {
    return this.#setup.random;
  }

  get service(): <Service>(token: Token<Service>) => Service {
    return this.#setup.service;
  }

  get run(): string | undefined {
    return this.#setup.run;
  }

  get signal(): AbortSignal | undefined {
    return this.#setup.signal;
  }
}

function mapped<Value>(map: ReadonlyMap<AgentId, Value>, change: (value: Value) => Value): Map<AgentId, Value> {
  const changed = new Map<AgentId, Value>();
  for (const [agent, value] of map) changed.set(agent, change(value));
  return changed;
}

/** Replies with other messages, accepted when they were. */
function retold(replies: Replies<unknown>, change: (message: unknown) => unknown): Replies<unknown> {
  const told: Replies<unknown> = mapped(replies, change);
  if (replies.at === undefined) return told;
  return Object.assign(told, { at: (agent: AgentId) => replies.at?.(agent) ?? 0, closedAt: replies.closedAt });
}
