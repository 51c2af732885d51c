/*
 * Top trading cycles: everybody points at the owner of the best item that is left; whoever stands in a cycle trades along it and leaves.
 *
 * Shapley and Scarf, "On cores and indivisibility", Journal of Mathematical Economics 1 (1974), who credit David Gale. It promises the one
 * outcome in the core (Roth and Postlewaite 1977), and that nobody gains by a lie, alone (Roth 1982) or in a group (Bird 1984).
 */
import {
  type AgentId,
  directMechanism,
  emptyRecord,
  type Mechanism,
  type ReportRequest,
  type TieOrder,
} from '@mechane/core';
import * as z from 'zod';
import { nobodysItem } from './errors.ts';
import { ranking, standing } from './ranking.ts';

/**
 * What an agent brings, and the items it would have instead, the best first.
 *
 * @category Types of mechanisms
 */
export interface Owner {
  owns: string;
  ranking: string[];
}

/**
 * Who goes home with which item.
 *
 * @category Types of mechanisms
 */
export interface Reassignment {
  readonly allocation: Readonly<Record<AgentId, string>>;
  /** The cycles in which items were passed on: each gets what the next one brought, the last what the first did. */
  readonly cycles: readonly (readonly AgentId[])[];
}

/** @category Types of mechanisms */
export type TopTradingCycles = Mechanism<{
  id: 'matching/top-trading-cycles';
  settings: Record<string, never>;
  report: Owner;
  outcome: Reassignment;
  message: Owner;
  ask: ReportRequest;
}>;

/**
 * Top trading cycles. An agent gets nothing that it ranks below its own or not at all. A run refuses a ranking of an item that nobody
 * brings; live, where agents cannot know, such items are passed over. Where
 * several claim to own the same item, it belongs to the one that the tie order prefers, and the others take no part.
 *
 * @category Mechanisms
 * @example
 * ```ts
 * import { createMechane } from '@mechane/core';
 * import { matchings } from '@mechane/matching';
 *
 * const mechane = createMechane().use(matchings);
 * const reports = {
 *   ann: { owns: 'flat', ranking: ['house', 'loft'] },
 *   bob: { owns: 'house', ranking: ['flat'] },
 *   cat: { owns: 'loft', ranking: ['flat', 'house'] },
 * };
 * const { outcome } = mechane.run('matching/top-trading-cycles', { reports });
 * outcome.allocation; // => { ann: 'house', bob: 'flat', cat: 'loft' }
 * ```
 */
export const topTradingCycles: TopTradingCycles = directMechanism({
  id: 'matching/top-trading-cycles',
  summary: 'Owners trade along cycles in which each points at the best item left (Shapley and Scarf 1974)',
  settings: z.strictObject({}),
  report: z.strictObject({
    owns: z.string().describe('The item the agent brings'),
    ranking: ranking.describe('The items it would have instead, the best first'),
  }),
  outcome: z.strictObject({ allocation: z.record(z.string(), z.string()), cycles: z.array(z.array(z.string())) }),

  refuseReport({ ranking: ranked }, _settings, { reports }) {
    if (reports === undefined) return undefined;
    const brought = broughtIn(reports);
    const unknown = ranked.findIndex((item) => !brought.has(item));
    return unknown === -1 ? undefined : nobodysItem(ranked[unknown] as string, unknown, brought);
  },

  decide(reports, { tieOrder }) {
    const ownerOf = owners(reports, tieOrder);
    const traders = [...ownerOf.values()].sort(tieOrder);
    const allocation = emptyRecord<string>();
    const cycles = tradingCycles(traders.map((agent) => reports.get(agent) as Owner)).map((cycle) => {
      for (const [index, trader] of cycle.entries()) {
        const giver = traders[cycle[(index + 1) % cycle.length] as number] as AgentId;
        allocation[traders[trader] as AgentId] = (reports.get(giver) as Owner).owns;
      }
      return cycle.map((trader) => traders[trader] as AgentId);
    });
    return { allocation, cycles };
  },

  utility: (agent, type, { allocation }) => standing(allocation[agent], acceptable(type)),
  outsideOption: (_, type) => standing(type.owns, acceptable(type)),

  mostPaid: () => 0,
  claims: [
    {
      law: 'strategy-proof',
      holds: true,
      domain: 'housing',
      because: 'Roth 1982, where all know who owns what: who is there to trade with does not depend on a lie',
    },
    {
      law: 'group-strategy-proof',
      holds: true,
      domain: 'housing',
      because: 'Bird 1984, where all know who owns what',
    },
    {
      law: 'not-obviously-manipulable',
      holds: true,
      domain: 'housing',
      because: 'Troyan and Morrill 2020: what is strategy-proof has no manipulation, obvious or not',
    },
    {
      law: 'non-bossy',
      holds: true,
      domain: 'housing',
      because: 'Pápai 2000: who trades for the same item takes nothing else out of the market',
    },
    { law: 'core', holds: true, because: 'Shapley and Scarf 1974: each cycle gets the best of all that is left' },
    { law: 'pareto-efficient', holds: true, because: 'Shapley and Scarf 1974: an outcome in the core is efficient' },
    { law: 'individually-rational', holds: true, because: 'By definition: an agent can always point at itself' },
  ],
});

/** The items an agent would go home with, its own the last of them. */
function acceptable({ owns, ranking: ranked }: Owner): readonly string[] {
  const own = ranked.indexOf(owns);
  return own === -1 ? [...ranked, owns] : ranked.slice(0, own + 1);
}

const knownItems = new WeakMap<ReadonlyMap<AgentId, Owner>, ReadonlySet<string>>();

/** All items that agents bring, collected once for all rankings. */
function broughtIn(reports: ReadonlyMap<AgentId, Owner>): ReadonlySet<string> {
  const known = knownItems.get(reports);
  if (known) return known;
  const brought = new Set<string>();
  for (const { owns } of reports.values()) brought.add(owns);
  knownItems.set(reports, brought);
  return brought;
}

function owners(reports: ReadonlyMap<AgentId, Owner>, tieOrder: TieOrder): Map<string, AgentId> {
  const ownerOf = new Map<string, AgentId>();
  for (const [agent, { owns }] of reports) {
    const other = ownerOf.get(owns);
    if (other === undefined || tieOrder(agent, other) < 0) ownerOf.set(owns, agent);
  }
  return ownerOf;
}

/** Follows where traders point until a path bites its tail. Every one reads its ranking once, so this takes time in their lengths. */
function tradingCycles(traders: readonly Owner[]): number[][] {
  const ownerOf = new Map(traders.map(({ owns }, trader) => [owns, trader]));
  const gone = traders.map(() => false);
  const read = traders.map(() => 0);
  /** Who brings the best item that is left; a trader that has come to its own, or to its end, points at itself. */
  const nextOf = (trader: number): number => {
    const { ranking: ranked } = traders[trader] as Owner;
    for (let place = read[trader] as number; place < ranked.length; place++) {
      const owner = ownerOf.get(ranked[place] as string);
      if (owner === undefined || gone[owner]) continue;
      read[trader] = place;
      return owner;
    }
    read[trader] = ranked.length;
    return trader;
  };
  const cycles: number[][] = [];
  const path: number[] = [];
  const position = traders.map(() => -1);
  for (const first of traders.keys()) {
    if (!gone[first]) path.push(first);
    while (path.length > 0) {
      const last = path.at(-1) as number;
      position[last] = path.length - 1;
      const next = nextOf(last);
      const start = position[next] as number;
      if (start === -1) {
        path.push(next);
        continue;
      }
      const cycle = path.splice(start);
      for (const trader of cycle) gone[trader] = true;
      cycles.push(cycle);
    }
  }
  return cycles;
}
