import type * as z from 'zod';
import { badMechanismId, proxyMissing } from '../errors.ts';
import type { Token } from '../services/token.ts';
import type { AgentId } from './agent.ts';
import type { Certificate, Certified, Returned } from './certificate.ts';
import type { Claim } from './claim.ts';
import type { ColumnDecision, Columns } from './columns.ts';
import type { DecisionInParts } from './decision-in-parts.ts';
import type { ErrorDetails } from './mechane-error.ts';
import type { Replies, Round } from './round.ts';
import type { Setup } from './setup.ts';
import type { CommonSettings } from './tie-break.ts';

/**
 * The types of a mechanism by name, as its users meet them (before defaults are filled in).
 *
 * @category Mechanisms
 */
export interface MechanismTypes {
  readonly id: string;
  readonly settings: unknown;
  /** What an agent tells the mechanism, or its proxy: its private type. */
  readonly report: unknown;
  readonly outcome: object;
  /** What an agent says in a round. */
  readonly message?: unknown;
  /** What an agent is asked in a round. */
  readonly ask?: unknown;
  /** Reports in columns, where the mechanism takes them. */
  readonly columns?: unknown;
  /** The proof that comes with an outcome; `undefined` where, or whenever, there is none. */
  readonly certificate?: Certificate | undefined;
}

/**
 * Answers a round, or keeps silent with `undefined`.
 *
 * @category Mechanisms
 */
export type Strategy<Ask = unknown, Message = unknown> = (ask: Ask) => Message | undefined;

const brand: unique symbol = Symbol.for('mechane/mechanism');

/**
 * A mechanism: a conversation with agents that ends in an outcome. Made by {@link defineMechanism} or `directMechanism`.
 * Its methods take what its schemas have parsed.
 *
 * @category Mechanisms
 */
export interface Mechanism<Types extends MechanismTypes = MechanismTypes> {
  /** Carries the types, so that a mechanism spread into another keeps them: `{ ...mechanism, claims }`. */
  readonly [brand]: Types;
  readonly id: Types['id'];
  /** One sentence: what it is. */
  readonly summary: string;
  readonly settings: z.ZodType<unknown, Types['settings']>;
  /** The schema of a report; `undefined` where agents only send messages. */
  readonly report: z.ZodType<unknown, Types['report']> | undefined;
  readonly message: z.ZodType<unknown, Types['message']>;
  /** The shape of what an agent is asked in a round. */
  readonly ask: z.ZodType | undefined;
  /** The shape of an outcome. */
  readonly outcome: z.ZodType<Types['outcome']> | undefined;
  /** The shape of a certificate. */
  readonly certificate: z.ZodType | undefined;
  /** Whether one round of reports decides everything. */
  readonly direct: boolean;
  /** Whether a live agent may revise or withdraw what it said until the round closes. */
  readonly revisable: boolean;
  /** Whether live agents may come in while it goes on: then the list of participants grows. */
  readonly openEntry: boolean;
  /** Whether it sets its own end, so that a live run of it can be given none. */
  readonly endsItself: boolean;
  conduct(setup: Setup): Conversation<Types['ask'], Types['outcome'], Types['certificate']>;
  /** The outcome for reports at once, where there is a shorter way than the conversation. */
  decide?(reports: ReadonlyMap<AgentId, unknown>, setup: Setup): Types['outcome'] | Certified<Types['outcome']>;
  /** How the decision falls into parts that can be solved apart from each other; missing where it is taken as a whole. */
  readonly inParts?: DecisionInParts | undefined;
  /** The straightforward strategy of an agent with this report. */
  proxy(report: unknown, agent: AgentId): Strategy;
  /** When the proxy of this report speaks, in milliseconds since the opening, where that is part of a report. */
  speaksAt?(report: unknown): number;
  /** The time that a message says itself. A scenario may do so; live, the time is the host's, and such a message is refused. */
  timeIn?(message: unknown): number | undefined;
  /** What the outcome is worth to an agent of this type, before payments. */
  value?(agent: AgentId, type: unknown, outcome: Types['outcome'], settings: unknown): number;
  /** What the outcome is worth to an agent of this type after payments. */
  utility?(agent: AgentId, type: unknown, outcome: Types['outcome'], settings: unknown): number;
  /** What staying away is worth. */
  outsideOption(agent: AgentId, type: unknown, settings: unknown): number;
  /** The largest sum of values that any outcome could have. */
  bestWelfare?(types: ReadonlyMap<AgentId, unknown>, settings: unknown): number;
  /** The most that an agent may come to pay if it says this, with all that it has said before; missing where that is not known. */
  mostPaid?(message: unknown, said: SaidWhen): number;
  /** How many rounds the outcome took, where it was decided by the shorter way. */
  roundsOf?(outcome: Types['outcome']): number;
  readonly columns: Columns<Types['columns'], Types['outcome']> | undefined;
  claims(settings: unknown): readonly Claim<Types['settings'], Types['report']>[];
  /** Services that take time to load and have to be ready before a run: see `Mechane.prepare`. */
  readonly needs: readonly Token<unknown>[];
  /** What is wrong with a well-formed report under these settings and among these others; the path starts in the report. */
  refuseReport?(report: unknown, settings: unknown, context: ReportContext): ErrorDetails | undefined;
  /** What is wrong with well-formed settings among these agents; the path starts in the settings. */
  refuseSettings?(settings: unknown, context: ReportContext): ErrorDetails | undefined;
}

/**
 * When something is said: what was asked, and what an agent has let itself in for before.
 *
 * @category Mechanisms
 */
export interface SaidWhen<Settings = unknown, Ask = unknown> {
  readonly settings: Settings;
  readonly ask: Ask;
  /** The most that the agent may come to pay for what it has said in earlier rounds; 0 in its first. */
  readonly before: number;
}

/**
 * Yields rounds, receives replies, returns the outcome, with its certificate where there is one.
 *
 * @category Mechanisms
 */
export type Conversation<
  Ask = unknown,
  Outcome = unknown,
  Proof extends Certificate | undefined = Certificate | undefined,
> = Generator<Round<Ask>, Returned<Outcome, Proof>, Replies<unknown>>;

/**
 * Who else takes part, for a report that names agents or what they bring.
 *
 * @category Mechanisms
 */
export interface ReportContext<Report = unknown> {
  readonly participants: readonly AgentId[];
  /** What all have reported, where that is known: in a run with reports, not while a live round is open. */
  readonly reports: ReadonlyMap<AgentId, Report> | undefined;
}

/**
 * What every mechanism can say of itself besides how it works.
 *
 * @category Mechanisms
 */
export interface Declarations<Settings extends z.ZodType, Report extends z.ZodType, Outcome> {
  readonly summary?: string;
  /** The shape of an outcome, which says what in it is money: without it, amounts are not computed as decimals. */
  readonly outcome?: z.ZodType<NoInfer<Outcome>>;
  /** The shape of a certificate, which says what in it is money. Of `welfare` and `bound` that is known without it. */
  readonly certificate?: z.ZodType;
  value?(agent: AgentId, type: z.output<Report>, outcome: NoInfer<Outcome>, settings: z.output<Settings>): number;
  /** Value less payment, unless it says otherwise. */
  utility?(agent: AgentId, type: z.output<Report>, outcome: NoInfer<Outcome>, settings: z.output<Settings>): number;
  /** 0 unless it says otherwise. */
  outsideOption?(agent: AgentId, type: z.output<Report>, settings: z.output<Settings>): number;
  bestWelfare?(types: ReadonlyMap<AgentId, z.output<Report>>, settings: z.output<Settings>): number;
  readonly claims?: Claims<z.output<Settings>, z.input<Settings>, z.input<Report>>;
  /** Whether a live agent may revise or withdraw what it said until the round closes; not unless it says so. */
  readonly revisable?: boolean;
  /**
   * Whether live agents may come in while it goes on; not unless it says so. Then `participants` is a list that grows, and a round that was asked of
   * that very list is asked of whoever comes in.
   */
  readonly openEntry?: boolean;
  /** Services that take time to load and have to be ready before a run: see `Mechane.prepare`. */
  readonly needs?: readonly Token<unknown>[];
  /**
   * Says what is wrong with a report that is well formed but does not fit the settings, such as a bid for a good that is not for sale,
   * with the path within it. A run refuses it as `invalid-report`; a live agent of a direct mechanism can try again, and nobody
   * else notices.
   */
  refuseReport?(
    report: z.output<Report>,
    settings: z.output<Settings>,
    context: ReportContext<z.output<Report>>,
  ): ErrorDetails | undefined;
  /**
   * Says what is wrong with settings that are well formed but do not fit those who take part, such as the name of somebody who does not, with the
   * path within them. A run refuses them as `invalid-settings` before anybody is asked.
   */
  refuseSettings?(settings: z.output<Settings>, context: ReportContext<z.output<Report>>): ErrorDetails | undefined;
}

/**
 * What a mechanism claims, for all settings or depending on them.
 *
 * @category Mechanisms
 */
export type Claims<Settings, SettingsIn, ReportIn> =
  | readonly Claim<SettingsIn, ReportIn>[]
  | ((settings: Settings) => readonly Claim<SettingsIn, ReportIn>[]);

/**
 * How a definition takes reports in columns: see {@link Columns}.
 *
 * @category Mechanisms
 */
export interface ColumnsDefinition<ColumnsIn, Settings extends z.ZodType, Outcome> {
  /** The names of columns that are money. */
  readonly money?: readonly string[];
  agents(columns: ColumnsIn): readonly AgentId[];
  decide(columns: ColumnsIn, setup: Setup<z.output<Settings>>): ColumnDecision<Outcome>;
}

/** @category Mechanisms */
export interface MechanismDefinition<
  Id extends string,
  Settings extends z.ZodType,
  Report extends z.ZodType,
  Message extends z.ZodType,
  Ask,
  Outcome extends object,
  Proof extends Certificate | undefined,
  ColumnsIn,
> extends Declarations<Settings, Report, Outcome> {
  /** `package/mechanism`. */
  readonly id: Id;
  readonly settings: Settings;
  readonly report?: Report;
  readonly message: Message;
  /** The shape of what an agent is asked in a round. */
  readonly ask?: z.ZodType<NoInfer<Ask>>;
  conduct(setup: Setup<z.output<Settings>, z.output<Message>>): Conversation<Ask, Outcome, Proof>;
  /** The outcome for reports at once, where there is a shorter way than the conversation. */
  decide?(
    reports: ReadonlyMap<AgentId, z.output<Report>>,
    setup: Setup<z.output<Settings>, z.output<Message>>,
  ): Returned<NoInfer<Outcome>, NoInfer<Proof>>;
  roundsOf?(outcome: NoInfer<Outcome>): number;
  /**
   * The most that an agent may come to pay if it says this, whatever the others say: what it has let itself in for `before` included. By this,
   * whoever pays for an agent can keep it within a budget; the kit checks that nobody ever pays more. Missing where that is not known.
   */
  mostPaid?(message: z.output<Message>, said: SaidWhen<z.output<Settings>, NoInfer<Ask>>): number;
  /** Where very many reports may come as typed arrays. */
  readonly columns?: ColumnsDefinition<ColumnsIn, Settings, NoInfer<Outcome>>;
  /** Whether it sets its own end, so that a live run of it can be given none. */
  readonly endsItself?: boolean;
  /** When the proxy of this report speaks, in milliseconds since the opening, where that is part of a report. */
  speaksAt?(report: z.output<Report>): number;
  /** The time that a message says itself. A scenario may do so; live, the time is the host's, and such a message is refused. */
  timeIn?(message: z.output<Message>): number | undefined;
  /** Needed where there are reports: turns one into the strategy that is straightforward for it. */
  proxy?(report: z.output<Report>, agent: AgentId): Strategy<NoInfer<Ask>, z.output<Message>>;
}

/**
 * Defines a mechanism with rounds, written as a generator: `yield* ask(…)` holds a round and gives the replies.
 *
 * @category Mechanisms
 * @example
 * ```ts
 * import { amount, createMechane, defineMechanism, definePlugin, singleItemOutcome, sold, unsold } from '@mechane/core';
 * import * as z from 'zod';
 *
 * // Offers an item to each agent in turn until somebody takes it.
 * const offerRound = defineMechanism({
 *   id: 'example/offer',
 *   settings: z.strictObject({ price: amount }),
 *   report: z.strictObject({ value: amount }),
 *   message: z.enum(['take', 'leave']),
 *   ask: z.strictObject({ price: amount }),
 *   outcome: singleItemOutcome,
 *   *conduct({ settings: { price }, participants, ask }) {
 *     for (const agent of participants) {
 *       const replies = yield* ask([agent], { price });
 *       if (replies.get(agent) === 'take') return sold(participants, agent, price);
 *     }
 *     return unsold(participants);
 *   },
 *   proxy: ({ value }) => ({ price }) => (value >= price ? 'take' : 'leave'),
 * });
 *
 * const mechane = createMechane().use(definePlugin({ name: 'example', version: '1.0.0', mechanisms: [offerRound] }));
 * const reports = { ann: { value: 2 }, bob: { value: 5 } };
 * mechane.run('example/offer', { settings: { price: 3 }, reports }).outcome.winner; // => 'bob'
 * ```
 */
export function defineMechanism<
  const Id extends string,
  Settings extends z.ZodType,
  Message extends z.ZodType,
  Ask,
  Outcome extends object,
  Report extends z.ZodType = z.ZodNever,
  Proof extends Certificate | undefined = undefined,
  ColumnsIn = never,
>(
  definition: MechanismDefinition<Id, Settings, Report, Message, Ask, Outcome, Proof, ColumnsIn>,
): Mechanism<{
  id: Id;
  settings: z.input<Settings>;
  report: z.input<Report>;
  outcome: Outcome;
  message: z.input<Message>;
  ask: Ask;
  columns: ColumnsIn;
  certificate: Proof;
}> {
  const { proxy } = definition;
  if (definition.report && !proxy) {
    throw proxyMissing(definition.id);
  }
  return finish(definition, { direct: false, proxy: proxy ?? (() => () => undefined) });
}

/** Fills in what a definition may leave out and checks what its types cannot. */
export function finish<Types extends MechanismTypes>(definition: object, kind: object): Mechanism<Types> {
  const { id, claims = [] } = definition as { id: string; claims?: Claims<unknown, unknown, unknown> };
  if (!/^[^/\s]+\/[^/\s]+$/.test(id)) {
    throw badMechanismId(id);
  }
  const mechanism = {
    summary: '',
    report: undefined,
    ask: undefined,
    outcome: undefined,
    certificate: undefined,
    columns: undefined,
    needs: [],
    revisable: false,
    openEntry: false,
    endsItself: false,
    outsideOption: () => 0,
    ...definition,
    ...kind,
    [brand]: true,
    claims: typeof claims === 'function' ? claims : () => claims,
  };
  return Object.freeze(mechanism) as object as Mechanism<Types>;
}

/** Recognises a mechanism of any copy of core. */
export function isMechanism(candidate: unknown): candidate is Mechanism {
  return typeof candidate === 'object' && candidate !== null && brand in candidate;
}

/** The types that a mechanism carries. */
type TypesOf<M extends Mechanism> = M[typeof brand];

/**
 * What a mechanism's settings may say: its own, and those that all take.
 *
 * @category Types of mechanisms
 */
export type SettingsOf<M extends Mechanism> = OwnSettings<TypesOf<M>['settings']>;
type OwnSettings<Settings> = unknown extends Settings
  ? Readonly<Record<string, unknown>>
  : // A schema without keys infers an index of `never`, which would forbid the settings that all take.
    (string extends keyof Settings ? unknown : Settings) & CommonSettings;
/** @category Types of mechanisms */
export type ReportOf<M extends Mechanism> = TypesOf<M>['report'];
/**
 * What an agent says in a round: its report, where the mechanism does not say otherwise.
 *
 * @category Types of mechanisms
 */
export type MessageOf<M extends Mechanism> = Stated<TypesOf<M>, 'message', TypesOf<M>['report']>;
/** @category Types of mechanisms */
export type AskOf<M extends Mechanism> = Stated<TypesOf<M>, 'ask', unknown>;
/** @category Types of mechanisms */
export type OutcomeOf<M extends Mechanism> = TypesOf<M>['outcome'];
/** @category Types of mechanisms */
export type ColumnsOf<M extends Mechanism> = Stated<TypesOf<M>, 'columns', never>;
/**
 * The proof that comes with an outcome; `undefined` where, or whenever, there is none.
 *
 * @category Types of mechanisms
 */
export type CertificateOf<M extends Mechanism> = Stated<TypesOf<M>, 'certificate', undefined>;
type Stated<Types extends MechanismTypes, Key extends keyof MechanismTypes, Otherwise> = Key extends keyof Types
  ? Types[Key]
  : Otherwise;
