/*
 * Tâtonnement: an auctioneer calls prices, everybody says what it would buy, and prices rise where too much is wanted. Nothing is traded
 * before supply meets demand.
 *
 * Walras, Éléments d'économie politique pure (1874). Where goods are substitutes it converges (Arrow, Block and Hurwicz, Econometrica 27,
 * 1959); in general it does not: in the economy of Scarf, International Economic Review 1 (1960), prices go round and round. So it
 * promises nothing but to say what became of the prices.
 */
import {
  type AgentId,
  type Certificate,
  type Certified,
  certified,
  defineMechanism,
  type ErrorDetails,
  History,
  historyOmitted,
  type Mechanism,
  type Replies,
  type Round,
  type Setup,
  type Told,
} from '@mechane/core';
import * as z from 'zod';
import { type Brought, CalledGoods } from './called-goods.ts';
import { noAnswer, priceOfNoGood } from './errors.ts';
import { exchangeReport, refuseMoney } from './exchange.ts';
import type { ExchangeReport } from './exchange-agents.ts';
import { type PathVerdict, PricePath } from './price-path.ts';
import { type PriceStep, priceStep, stepped } from './price-step.ts';
import { ProxiedDemands, wantedBy } from './proxied-demands.ts';
import { bundleValue } from './utility/bundle-value.ts';
import { type Bundle, bundle, shapeOf } from './utility/utility.ts';

/** @category Types of mechanisms */
export interface TatonnementSettings {
  /** How prices change: `{ kind: 'multiplicative', size: 0.1 }` unless given. */
  step?: PriceStep | undefined;
  /** The prices called first: 1, 2, 3 and so on for the goods by name, unless given. A good that is not named then costs 1. */
  initialPrices?: Record<string, number> | undefined;
  /** Rounds after which to stop: 2,000 unless given. */
  maxRounds?: number | undefined;
  /** The excess up to which supply meets demand, as a part of supply: 1e-6 unless given. */
  tolerance?: number | undefined;
}

interface FullTatonnementSettings extends TatonnementSettings {
  step: PriceStep;
  maxRounds: number;
  tolerance: number;
}

/**
 * Before the first prices, agents are asked what they have and want; then, what they would hold in the end at the prices called.
 *
 * @category Types of mechanisms
 */
export type TatonnementAsk =
  | { readonly ask: 'endowment' }
  | { readonly ask: 'demand'; readonly prices: Readonly<Record<string, number>> };

/**
 * What an agent has and which goods it wants, or what it would hold at the prices called.
 *
 * @category Types of mechanisms
 */
export type TatonnementMessage = Brought | Wanted;

interface Wanted {
  demand: Record<string, number>;
}

/**
 * A round: the prices called, and by how much demand exceeded supply, as a part of supply.
 *
 * @category Types of mechanisms
 */
export interface PriceRound {
  readonly prices: Readonly<Record<string, number>>;
  readonly excess: Readonly<Record<string, number>>;
}

/** @category Types of mechanisms */
export interface TatonnementOutcome extends Told<PriceRound> {
  readonly status: PathVerdict;
  /** The last prices called, summing to 1, and 0 for what nobody wants who has anything. */
  readonly prices: Readonly<Record<string, number>>;
  /** What everybody holds in the end: its endowment, unless prices converged. */
  readonly allocation: Readonly<Record<AgentId, Bundle>>;
}

/** @category Types of mechanisms */
export type Tatonnement = Mechanism<{
  id: 'market/tatonnement';
  settings: TatonnementSettings;
  report: ExchangeReport;
  outcome: TatonnementOutcome;
  message: TatonnementMessage;
  ask: TatonnementAsk;
  certificate: PathCertificate;
}>;

/**
 * How the path of prices ended, and the worst excess demand at its end.
 *
 * @category Types of mechanisms
 */
export interface PathCertificate extends Certificate {
  readonly status: PathVerdict;
  readonly residual: number;
}

const settings: z.ZodType<FullTatonnementSettings, TatonnementSettings> = z.strictObject({
  step: priceStep.default({ kind: 'multiplicative', size: 0.1 }),
  initialPrices: z.record(z.string(), z.number().positive()).optional(),
  maxRounds: z.int().positive().max(1_000_000).default(2_000),
  tolerance: z.number().positive().max(1).default(1e-6),
});

/** Plain numbers, as they sum to 1: there is no money. */
const prices = z.record(z.string(), z.number().nonnegative());

/**
 * Tâtonnement on an exchange economy. An agent that is silent about its endowment brings nothing; one that is silent about its
 * demand would keep what it has. The first prices differ from good to good, so that symmetry alone does not make them an equilibrium.
 *
 * Prices are called of goods that somebody wants who has anything, even where there are none of them. Goods that are left over when prices have
 * settled, or run away from each other, are called once more, for nothing; if more than all of one is wanted then, prices have run away from an
 * equilibrium that there is not. The verdict is the certificate's status, too, with the `residual`: the largest excess of the last round; of what
 * is left over, no more counts than the part of their income that its owners expect from it.
 *
 * @category Mechanisms
 * @example
 * ```ts
 * import { createMechane } from '@mechane/core';
 * import { markets } from '@mechane/market';
 *
 * const mechane = createMechane().use(markets);
 * const scarf = (has: string, other: string) =>
 *   ({ endowment: { [has]: 1 }, utility: { kind: 'leontief' as const, weights: { [has]: 1, [other]: 1 } } });
 * const reports = { ann: scarf('x', 'y'), bob: scarf('y', 'z'), cat: scarf('z', 'x') };
 * mechane.run('market/tatonnement', { reports }).outcome.status; // => 'cycling'
 * ```
 */
export const tatonnement: Tatonnement = defineMechanism({
  id: 'market/tatonnement',
  summary:
    'Calls prices and raises those of goods of which too much is wanted, until supply meets demand or it is clear that it will not',
  settings,
  report: exchangeReport,
  message: z.union([
    z.strictObject({ endowment: bundle, wants: z.array(z.string()) }),
    z.strictObject({ demand: bundle }),
  ]),
  ask: z.discriminatedUnion('ask', [
    z.strictObject({ ask: z.literal('endowment') }),
    z.strictObject({ ask: z.literal('demand'), prices }),
  ]),
  outcome: z.strictObject({
    status: z.enum(['converged', 'cycling', 'diverged', 'max-rounds', 'interrupted']),
    prices,
    allocation: z.record(z.string(), bundle),
    history: z.array(z.strictObject({ prices, excess: z.record(z.string(), z.number()) })),
    historyOmitted,
  }),
  refuseSettings({ initialPrices }, { reports }) {
    if (initialPrices === undefined || reports === undefined) return undefined;
    const goods = new Set<string>();
    for (const { endowment, utility } of reports.values()) {
      for (const good of [...Object.keys(endowment), ...Object.keys(utility.weights)]) goods.add(good);
    }
    const stranger = Object.keys(initialPrices).find((good) => !goods.has(good));
    const unpriced = [...goods].filter((good) => !Object.hasOwn(initialPrices, good));
    return stranger === undefined || unpriced.length === 0 ? undefined : priceOfNoGood(stranger, unpriced);
  },
  refuseReport: refuseMoney,
  conduct: grope,
  proxy: (report) => (asked) =>
    asked.ask === 'endowment' ? broughtBy(report) : { demand: wantedBy(report, asked.prices) },
  decide: gropeAtOnce,
  roundsOf: ({ history, historyOmitted = 0 }) => 1 + history.length + historyOmitted,
  utility: (agent, { utility }, { allocation }) => bundleValue(utility, allocation[agent] ?? {}),
  outsideOption: (_agent, { endowment, utility }) => bundleValue(utility, endowment),
  claims: [
    {
      law: 'strategy-proof',
      holds: false,
      because: 'The equilibrium it finds depends on what is reported (Hurwicz 1972)',
      witness: {
        settings: { tolerance: 1e-9 },
        reports: {
          ann: { endowment: { x: 1 }, utility: { kind: 'cobb-douglas', weights: { x: 1, y: 1 } } },
          bob: { endowment: { y: 1 }, utility: { kind: 'cobb-douglas', weights: { x: 1, y: 1 } } },
        },
        deviation: { ann: { endowment: { x: 1 }, utility: { kind: 'cobb-douglas', weights: { x: 3, y: 2 } } } },
      },
    },
  ],
});

type Groping = Generator<Round<TatonnementAsk>, Certified<TatonnementOutcome, PathCertificate>, Replies<unknown>>;
type TatonnementSetup = Setup<FullTatonnementSettings, TatonnementMessage>;

function* grope({ settings, participants, ask }: TatonnementSetup): Groping {
  const brought = yield* ask(participants, { ask: 'endowment' } as TatonnementAsk, { refuse: expecting('endowment') });
  const called = new CalledGoods(participants, brought as ReadonlyMap<AgentId, Brought>);
  const { endowments } = called;
  let demands = new Map<AgentId, Bundle>();
  const path = pricesCalled(called, settings);
  let step = path.next([]);
  while (!step.done) {
    const content: TatonnementAsk = { ask: 'demand', prices: called.named(step.value) };
    const replies = yield* ask(participants, content, { refuse: expecting('demand') });
    demands = new Map(participants.map((agent) => [agent, demanded(replies.get(agent), endowments[agent] as Bundle)]));
    step = path.next(called.excess(demands.values()));
  }
  return concluded(called, step.value, () => demands);
}

/** What the conversation with proxies comes to. */
function gropeAtOnce(
  reports: ReadonlyMap<AgentId, ExchangeReport>,
  { settings, participants, signal }: TatonnementSetup,
): Certified<TatonnementOutcome, PathCertificate> {
  const called = new CalledGoods(
    participants,
    new Map([...reports].map(([agent, report]) => [agent, broughtBy(report)])),
  );
  const demands = new ProxiedDemands(
    called,
    participants.map((agent) => reports.get(agent) as ExchangeReport),
  );
  const path = pricesCalled(called, settings, signal);
  let step = path.next([]);
  while (!step.done) step = path.next(demands.excess(step.value));
  const prices = called.named(step.value.prices);
  return concluded(
    called,
    step.value,
    () => new Map(participants.map((agent) => [agent, wantedBy(reports.get(agent) as ExchangeReport, prices)])),
  );
}

/** How the prices that were called ended: the last of them, and the worst excess there. */
interface Path extends Told<PriceRound> {
  readonly verdict: PathVerdict;
  readonly worst: number;
  readonly prices: readonly number[];
}

/** Calls prices by the numbers of the goods, and hears of each by how much demand exceeds supply. */
function* pricesCalled(
  called: CalledGoods,
  { step, initialPrices, maxRounds, tolerance }: FullTatonnementSettings,
  signal?: AbortSignal,
): Generator<readonly number[], Path, readonly number[]> {
  const { goods } = called;
  if (goods.length === 0) return { verdict: 'converged', worst: 0, prices: [], history: [] };
  const history = new History<PriceRound>();
  let last: readonly number[] = [];
  let worst = Infinity;
  const call = function* (
    prices: readonly number[],
  ): Generator<readonly number[], readonly number[], readonly number[]> {
    last = prices;
    const excess = yield prices;
    if (history.isFull) history.omit(1);
    else history.add({ prices: called.named(prices), excess: called.named(excess) }, 2 * goods.length);
    worst = called.worstOf(excess, prices);
    return excess;
  };
  let verdict: PathVerdict = 'max-rounds';
  let prices = scaled(goods.map((good, index) => initialPrices?.[good] ?? (initialPrices ? 1 : index + 1)));
  const path = new PricePath();
  for (let round = 1; round <= maxRounds; round++) {
    const excess = yield* call(prices);
    const said = path.verdict(prices, excess, worst, tolerance);
    if (said !== undefined) {
      verdict = said;
      const unsold = excess.map((over) => over < -tolerance);
      if (said !== 'cycling' && unsold.includes(true)) {
        // What is left over must do for nothing: if it were free, no more than all of it should be wanted.
        yield* call(scaled(prices.map((price, j) => (unsold[j] ? 0 : price))));
        verdict = worst <= 2 * tolerance ? 'converged' : 'diverged';
      }
      break;
    }
    if (signal?.aborted) {
      verdict = 'interrupted';
      break;
    }
    prices = scaled(prices.map((price, j) => stepped(step, price, excess[j] as number, round)));
  }
  return { verdict, worst, prices: last, ...history.told() };
}

function concluded(
  called: CalledGoods,
  { verdict, worst, prices, ...told }: Path,
  demandsThere: () => ReadonlyMap<AgentId, Bundle>,
): Certified<TatonnementOutcome, PathCertificate> {
  const traded = verdict === 'converged' && called.goods.length > 0;
  const allocation = traded ? called.traded(demandsThere()) : called.endowments;
  return certified(
    { status: verdict, prices: called.allNamed(called.named(prices)), allocation, ...told },
    { status: verdict, residual: worst },
  );
}

/** What an agent says that it has and wants. */
function broughtBy({ endowment, utility }: ExchangeReport): Brought {
  return { endowment, wants: shapeOf(utility).weights.map(([good]) => good) };
}

/** Refuses the answer to the other question. */
function expecting(
  field: 'endowment' | 'demand',
): (agent: AgentId, message: TatonnementMessage) => ErrorDetails | undefined {
  return (_agent, message) => (field in message ? undefined : noAnswer(field));
}

function demanded(message: TatonnementMessage | undefined, endowment: Bundle): Bundle {
  return (message as Wanted | undefined)?.demand ?? endowment;
}

function scaled(prices: readonly number[]): readonly number[] {
  const total = prices.reduce((sum, price) => sum + price, 0);
  return total > 0 ? prices.map((price) => price / total) : prices;
}
