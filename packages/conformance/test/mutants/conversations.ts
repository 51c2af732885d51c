import {
  type AgentId,
  amount,
  defineMechanism,
  type Mechanism,
  perAgent,
  type SaidWhen,
  type Setup,
} from '@mechane/core';
import * as z from 'zod';
import { type Specimen, specimen, values } from './mutant.ts';

const worth = z.strictObject({ value: amount });

interface Sale {
  readonly winner: AgentId | null;
  readonly payments: Readonly<Record<AgentId, number>>;
}

const sale = (participants: readonly AgentId[], winner: AgentId | null, price: number, more: object = {}): Sale => ({
  winner,
  payments: perAgent(participants, (agent) => (agent === winner ? price : 0)),
  ...more,
});
const value = (agent: AgentId, type: { value: number }, { winner }: Sale): number =>
  winner === agent ? type.value : 0;
type ClockSetup = Setup<Readonly<Record<string, unknown>>, 'in' | 'out'>;

interface ClockRules {
  /** Who of those still in are asked in a round. */
  readonly asked?: (active: readonly AgentId[], all: readonly AgentId[], round: number) => readonly AgentId[];
  readonly priceAt?: (called: number, before: number, round: number) => number;
  readonly step?: (round: number) => number;
  readonly silent?: 'in' | 'out';
  readonly proxy?: (value: number, price: number) => 'in' | 'out' | undefined;
  readonly longest?: number;
  readonly mostPaid?: (message: 'in' | 'out', price: number, before: number) => number;
  readonly ended?: (participants: readonly AgentId[], active: readonly AgentId[], price: number) => Sale;
}

/** A rising clock by ones: whoever is alone pays the price at which the last rival left; if all leave at once, the price before. */
export function clock(name: string, rules: ClockRules): Mechanism {
  const {
    asked = (active) => active,
    priceAt = (called) => called,
    step = () => 1,
    silent = 'out',
    longest = 400,
  } = rules;
  return defineMechanism({
    id: `test/${name.replaceAll(/[^\w]+/g, '-')}`,
    settings: z.strictObject({}),
    report: worth,
    message: z.enum(['in', 'out']),
    *conduct({ participants, breakTie, ask }: ClockSetup) {
      let active = participants;
      let called = 1;
      let before = 0;
      for (let round = 1; active.length > 1 && round <= longest; round++) {
        const replies = yield* ask(asked(active, participants, round), { price: called, round });
        const stayed = asked(active, participants, round).filter((agent) => (replies.get(agent) ?? silent) === 'in');
        if (stayed.length === 1) return sale(participants, stayed[0] ?? null, priceAt(called, before, round));
        if (stayed.length === 0) return sale(participants, breakTie(active), before);
        active = stayed;
        before = called;
        called += step(round);
      }
      if (active.length > 1 && rules.ended) return rules.ended(participants, active, before);
      return sale(
        participants,
        active.length === 1 ? (active[0] ?? null) : active.length > 1 ? breakTie(active) : null,
        before,
      );
    },
    proxy:
      ({ value }) =>
      ({ price }) =>
        rules.proxy?.(value, price) ?? (price <= value ? 'in' : 'out'),
    ...(rules.mostPaid && {
      mostPaid: (message: 'in' | 'out', { ask, before }: SaidWhen<unknown, { price: number }>) =>
        Number(rules.mostPaid?.(message, ask.price, before)),
    }),
    value,
  }) as object as Mechanism;
}

type BidSetup = Setup<Readonly<Record<string, unknown>>, number>;

interface TwoRounds {
  readonly second: (first: ReadonlyMap<AgentId, number>) => unknown;
  readonly award: (
    participants: readonly AgentId[],
    one: ReadonlyMap<AgentId, number>,
    two: ReadonlyMap<AgentId, number>,
    setup: BidSetup,
  ) => Sale;
}

/** Everybody bids twice, the second time having heard something of the first. */
function twice(name: string, { second, award }: TwoRounds): Mechanism {
  return defineMechanism({
    id: `test/${name.replaceAll(/[^\w]+/g, '-')}`,
    settings: z.strictObject({}),
    report: worth,
    message: amount,
    *conduct(setup: BidSetup) {
      const { participants, ask } = setup;
      const one = yield* ask(participants, { round: 1 });
      const two = yield* ask(participants, { round: 2, heard: second(one) });
      return award(participants, one, two, setup);
    },
    proxy:
      ({ value }) =>
      () =>
        value,
    value,
  }) as object as Mechanism;
}

const ranked = (bids: ReadonlyMap<AgentId, number>, { tieOrder }: BidSetup): readonly (readonly [AgentId, number])[] =>
  [...bids].sort(([a, x], [b, y]) => y - x || tieOrder(a, b));

/** Truthful as long as everybody plays by the proxies. */
export const temptingConversations: readonly Specimen[] = (
  [
    clock('whoever left may come back', {
      asked: (_, all) => all,
      priceAt: (called, before, round) => (round > 3 ? before / 4 : called),
    }),
    clock('silence is consent, and the silent pay nothing', {
      silent: 'in',
      priceAt: (called, before) => Math.min(called, before) / 2,
    }),
    clock('the price falls in the last round', {
      longest: 8,
      ended: (participants, active) => sale(participants, [...active].sort()[0] ?? null, 0),
    }),
    clock('proxies stay too long', { proxy: (value, price) => (price <= value + 2 ? 'in' : 'out') }),
    clock('proxies leave too early', { proxy: (value, price) => (price <= value - 3 ? 'in' : 'out') }),
    clock('who is left pays the first price called', { priceAt: () => 1 }),
    twice('the first bid is told and the second is paid', {
      second: (first) => ({ highest: Math.max(0, ...first.values()) }),
      award: (participants, one, two, setup) => {
        const [best] = ranked(two, setup);
        return sale(
          participants,
          best?.[0] ?? null,
          Math.min(
            best?.[1] ?? 0,
            Math.max(0, ...[...one].filter(([agent]) => agent !== best?.[0]).map(([, bid]) => bid)),
          ),
        );
      },
    }),
    twice('whoever is silent in the second round keeps its bid and pays nothing', {
      second: () => 'again',
      award: (participants, one, two, setup) => {
        const [best, next] = ranked(new Map([...one, ...two]), setup);
        const isSilent = best !== undefined && !two.has(best[0]);
        return sale(participants, best?.[0] ?? null, isSilent ? 0 : (next?.[1] ?? 0));
      },
    }),
    twice('a lower second bid lowers the price', {
      second: () => 'again',
      award: (participants, one, two, setup) => {
        const [best, next] = ranked(one, setup);
        const own = best === undefined ? 0 : (two.get(best[0]) ?? best[1]);
        return sale(participants, best?.[0] ?? null, own < (best?.[1] ?? 0) ? (next?.[1] ?? 0) / 2 : (next?.[1] ?? 0));
      },
    }),
  ] satisfies readonly Mechanism[]
).map((mechanism) => specimen('strategy-proof', mechanism.id.slice(5), mechanism, values));

/** What is best for sure is not told from what is best by luck. */
export const notObvious: readonly Specimen[] = (
  [
    twice('sealed, in two rounds', {
      second: () => 'again',
      award: (participants, one, _two, setup) => {
        const [best, next] = ranked(one, setup);
        return sale(participants, best?.[0] ?? null, next?.[1] ?? 0);
      },
    }),
    clock('a clock by which the last two are sealed', {
      priceAt: (called, before) => before + (called - before) / 2 + 1,
    }),
    clock('a clock that charges the round', { priceAt: (called, _, round) => called + (round > 2 ? 1 : 0) }),
    clock('a clock that gives a rebate late', { priceAt: (called, _, round) => (round > 2 ? 0 : called) }),
    clock('proxies leave too early', { proxy: (value, price) => (price < value - 1 ? 'in' : 'out') }),
  ] satisfies readonly Mechanism[]
).map((mechanism) => specimen('obviously-strategy-proof', mechanism.id.slice(5), mechanism, values));

type Replied = ReadonlyMap<AgentId, number>;

/** Holds a round of bids. */
function* bidsOf({ ask, participants }: BidSetup, asked: readonly AgentId[] = participants): Generator<never, Replied> {
  return (yield* ask(asked, 'a bid') as never as Generator<never, Replied>) as Replied;
}

const numbered = (name: string, conduct: (setup: BidSetup) => Generator, decide?: object): Mechanism =>
  ({
    ...(defineMechanism({
      id: `test/${name.replaceAll(/[^\w]+/g, '-')}`,
      settings: z.strictObject({}),
      report: worth,
      message: amount,
      conduct: conduct as never,
      proxy:
        ({ value }: { value: number }) =>
        () =>
          value,
      value,
    }) as object),
    ...decide,
  }) as object as Mechanism;

const secondPriceOf = (setup: BidSetup, bids: ReadonlyMap<AgentId, number>, more: object = {}): Sale => {
  const [best, next] = ranked(bids, setup);
  return sale(setup.participants, best?.[0] ?? null, next?.[1] ?? 0, more);
};

function* sealedBids(setup: BidSetup): Generator {
  return secondPriceOf(setup, yield* bidsOf(setup));
}

type Reported = ReadonlyMap<AgentId, { value: number }>;
const said = (reports: Reported): ReadonlyMap<AgentId, number> =>
  new Map([...reports].map(([agent, { value }]) => [agent, value]));

/** The shorter way leads somewhere else. */
export const wrongShortcuts: readonly Specimen[] = (
  [
    numbered('at once is first price', sealedBids, {
      decide: (reports: Reported, setup: BidSetup) =>
        sale(
          setup.participants,
          ranked(said(reports), setup)[0]?.[0] ?? null,
          ranked(said(reports), setup)[0]?.[1] ?? 0,
        ),
    }),
    numbered('at once, ties go by arrival', sealedBids, {
      decide: (reports: Reported, setup: BidSetup) => {
        const best = Math.max(0, ...said(reports).values());
        return {
          ...secondPriceOf(setup, said(reports)),
          winner: [...reports].find(([, { value }]) => value === best)?.[0] ?? null,
        };
      },
    }),
    numbered('at once, six are too many', sealedBids, {
      decide: (reports: Reported, setup: BidSetup) =>
        secondPriceOf(setup, reports.size === 6 ? new Map() : said(reports)),
    }),
    numbered('at once, prices are whole', sealedBids, {
      decide: (reports: Reported, setup: BidSetup) =>
        secondPriceOf(setup, new Map([...said(reports)].map(([agent, bid]) => [agent, Math.round(bid)]))),
    }),
    numbered('at once, it took nine rounds', sealedBids, {
      decide: (reports: Reported, setup: BidSetup) => secondPriceOf(setup, said(reports)),
      roundsOf: () => 9,
    }),
    numbered('at once, nothing is said of the rounds', sealedBids, {
      decide: (reports: Reported, setup: BidSetup) => secondPriceOf(setup, said(reports), { atOnce: true }),
    }),
  ] satisfies readonly Mechanism[]
).map((mechanism) => specimen('structural/shortcut', mechanism.id.slice(5), mechanism, values));

/** Silence, or insisting, keeps it going for ever. */
export const endless: readonly Specimen[] = (
  [
    numbered('asks until all have answered', function* (setup) {
      const heard = new Map<AgentId, number>();
      while (heard.size < setup.participants.length) {
        const replies = yield* bidsOf(
          setup,
          setup.participants.filter((agent) => !heard.has(agent)),
        );
        for (const [agent, bid] of replies) heard.set(agent, bid);
      }
      return secondPriceOf(setup, heard);
    }),
    numbered('asks three for ever', function* (setup) {
      do yield* bidsOf(setup);
      while (setup.participants.length === 3);
      return secondPriceOf(setup, new Map());
    }),
    numbered('asks again while nobody bids', function* (setup) {
      let bids: ReadonlyMap<AgentId, number> = new Map();
      while (bids.size === 0 && setup.participants.length > 0) bids = yield* bidsOf(setup);
      return secondPriceOf(setup, bids);
    }),
    numbered('asks again where two tie', function* (setup) {
      for (;;) {
        const bids = yield* bidsOf(setup);
        if (new Set(bids.values()).size === bids.size) return secondPriceOf(setup, bids);
      }
    }),
    numbered('takes an answer for granted', function* (setup) {
      const bids = yield* bidsOf(setup);
      return {
        ...secondPriceOf(setup, bids),
        texts: setup.participants.map((agent) => (bids.get(agent) as number).toFixed(2)),
      };
    }),
  ] satisfies readonly Mechanism[]
).map((mechanism) => specimen('structural/ends', mechanism.id.slice(5), mechanism, values));

/** One bad agent takes the outcome from the others. */
export const fragile: readonly Specimen[] = (
  [
    numbered('takes an answer for granted', function* (setup) {
      const bids = yield* bidsOf(setup);
      return {
        ...secondPriceOf(setup, bids),
        texts: setup.participants.map((agent) => (bids.get(agent) as number).toFixed(2)),
      };
    }),
    numbered('shares by who answered', function* (setup) {
      const bids = yield* bidsOf(setup);
      return {
        winner: null,
        payments: perAgent(
          setup.participants,
          () => setup.participants.length / (bids.size - setup.participants.length + 1),
        ),
      };
    }),
    numbered('charges only those who answer', function* (setup) {
      const bids = yield* bidsOf(setup);
      return { winner: null, payments: perAgent(bids.keys(), () => 0) };
    }),
    numbered('waits for everybody', function* (setup) {
      let bids: ReadonlyMap<AgentId, number> = new Map();
      while (bids.size < setup.participants.length) bids = yield* bidsOf(setup);
      return secondPriceOf(setup, bids);
    }),
    numbered('sums what is missing', function* (setup) {
      const bids = yield* bidsOf(setup);
      const sum = setup.participants.reduce((total, agent) => total + Number(bids.get(agent)), 0);
      return { ...secondPriceOf(setup, bids), sum };
    }),
  ] satisfies readonly Mechanism[]
).map((mechanism) => specimen('structural/bad-agents', mechanism.id.slice(5), mechanism, values));

let auctions = 0;
const counted = new Map<string, number>();

/** The journal does not tell what came out. */
export const unreplayable: readonly Specimen[] = (
  [
    numbered('numbers its auctions', function* (setup) {
      auctions += 1;
      return secondPriceOf(setup, yield* bidsOf(setup), { auction: auctions });
    }),
    numbered('asks more the second time', function* (setup) {
      const key = setup.participants.join();
      counted.set(key, (counted.get(key) ?? 0) + 1);
      const bids = yield* bidsOf(setup);
      if (Number(counted.get(key)) % 2 === 0) yield* bidsOf(setup);
      return secondPriceOf(setup, bids);
    }),
    numbered('draws its own lots', function* (setup) {
      const bids = yield* bidsOf(setup);
      return { ...secondPriceOf(setup, bids), ticket: Math.floor(Math.random() * 1e9) };
    }),
    numbered('tells the time', function* (setup) {
      return secondPriceOf(setup, yield* bidsOf(setup), { at: performance.now() });
    }),
    numbered('asks whom it likes', function* (setup) {
      const few = setup.participants.filter(() => Math.random() < 0.7);
      return secondPriceOf(setup, yield* bidsOf(setup, few));
    }),
  ] satisfies readonly Mechanism[]
).map((mechanism) => specimen('structural/replay', mechanism.id.slice(5), mechanism, values));
