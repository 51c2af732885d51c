import { type Domain, singleItem } from '@mechane/conformance';
import {
  type AgentId,
  amount,
  type Claim,
  directMechanism,
  type LawName,
  type Mechanism,
  perAgent,
  type Setup,
} from '@mechane/core';
import * as z from 'zod';

/** A mechanism that breaks the law it claims, or keeps it. */
export interface Specimen {
  readonly law: LawName;
  /** What is special about it. */
  readonly what: string;
  readonly mechanism: Mechanism;
  readonly domain: Domain;
  readonly settings?: readonly unknown[];
}

/** A report of a sealed auction of one item, and whatever else it may have. */
export interface Bid {
  readonly bid: number;
  readonly [field: string]: unknown;
}

/** Bids from the highest to the lowest, equal ones in the order of the tie rule. */
export type Ranked = readonly (readonly [AgentId, Bid])[];

/** What a rule is given. */
export interface Given {
  readonly ranked: Ranked;
  readonly bids: readonly number[];
  readonly reports: ReadonlyMap<AgentId, Bid>;
  readonly participants: readonly AgentId[];
  readonly settings: Readonly<Record<string, unknown>>;
  readonly setup: Setup;
}

/** Who wins and what is paid; whatever else it says goes into the outcome. */
export interface Award {
  readonly winner?: AgentId | null;
  readonly price?: number;
  /** What a participant that does not win pays. */
  readonly losersPay?: (agent: AgentId) => number;
  readonly [field: string]: unknown;
}

export interface Extras {
  /** What the outcome says is money. */
  readonly outcome?: z.ZodType;
  readonly settings?: z.ZodType;
  readonly report?: z.ZodType;
  readonly claims?: readonly Claim[];
  readonly value?: (agent: AgentId, type: Bid, outcome: { winner: AgentId | null }) => number;
  readonly utility?: () => number;
  readonly outsideOption?: () => number;
  readonly bestWelfare?: (types: ReadonlyMap<AgentId, Bid>) => number;
  readonly mostPaid?: (report: Bid) => number;
}

export const item: Domain = singleItem() as Domain;
/** Reports of conversations about one item. */
export const values: Domain = singleItem({ report: (value: number) => ({ value }), largest: 60 }) as Domain;
const bid = z.strictObject({ bid: amount });
const reserve = z.strictObject({ reserve: amount.default(0) });

/** A sealed auction of one item in which the highest bid wins and pays the second, or the reserve, but for what a rule says. */
export function sealed(name: string, rule: (given: Given) => Award, extras: Extras = {}): Mechanism {
  const { settings = reserve, report = bid, claims = [], ...more } = extras;
  return directMechanism({
    id: `test/${name.replaceAll(/[^\w]+/g, '-')}`,
    settings,
    report,
    decide(reports: ReadonlyMap<AgentId, unknown>, setup: Setup) {
      const given = reports as ReadonlyMap<AgentId, Bid>;
      const own = setup.settings as Readonly<Record<string, unknown>>;
      const least = typeof own.reserve === 'number' ? own.reserve : 0;
      const ranked = [...given]
        .filter(([, { bid }]) => bid >= least)
        .sort(([a, x], [b, y]) => y.bid - x.bid || setup.tieOrder(a, b));
      const bids = ranked.map(([, { bid }]) => bid);
      const { participants } = setup;
      const award = rule({ ranked, bids, reports: given, participants, settings: own, setup });
      const {
        winner = ranked[0]?.[0] ?? null,
        price = Math.max(least, bids[1] ?? 0),
        losersPay = () => 0,
        ...rest
      } = award;
      return {
        winner,
        payments: perAgent(participants, (agent) => (agent === winner ? price : losersPay(agent))),
        ...rest,
      };
    },
    value: (agent: AgentId, type: unknown, outcome: object) =>
      (outcome as { winner: AgentId | null }).winner === agent ? (type as Bid).bid : 0,
    claims,
    ...(more as object),
  }) as object as Mechanism;
}

/** The rule of the second-price auction. */
export const vickrey = (): Award => ({});

/** Gathers what breaks, or keeps, one law. */
export function specimens(
  law: LawName,
  ...all: readonly (readonly [
    what: string,
    rule: (given: Given) => Award,
    extras?: Extras,
    settings?: readonly unknown[],
  ])[]
): readonly Specimen[] {
  return all.map(([what, rule, extras, settings]) => ({
    law,
    what,
    mechanism: sealed(what, rule, extras),
    domain: item,
    ...(settings ? { settings } : {}),
  }));
}

/** A specimen of another kind than a sealed auction of one item. */
export function specimen(
  law: LawName,
  what: string,
  mechanism: Mechanism,
  domain: unknown,
  settings?: readonly unknown[],
): Specimen {
  return { law, what, mechanism, domain: domain as Domain, ...(settings ? { settings } : {}) };
}
