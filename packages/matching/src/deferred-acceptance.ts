/*
 * Deferred acceptance: agents of one side propose down their rankings; those of the other keep the best proposals they have had so far.
 *
 * Gale and Shapley, "College admissions and the stability of marriage", American Mathematical Monthly 69 (1962). It promises a stable
 * matching, the best of all for the proposing side, and that no proposer that wants one match gains by a lie (Dubins and Freedman 1981, Roth
 * 1982). The receiving side may gain: no stable mechanism is strategy-proof for both (Roth 1982).
 */
import {
  type AgentId,
  count,
  directMechanism,
  type Mechanism,
  membersOf,
  perAgent,
  type ReportRequest,
} from '@mechane/core';
import * as z from 'zod';
import { nobodyCalled } from './errors.ts';
import { KeptProposals } from './kept-proposals.ts';
import { ranking, standing } from './ranking.ts';

/**
 * Which side an agent is on, whom of the other it would be matched with, the best first, and with how many.
 *
 * @category Types of mechanisms
 */
export interface Suitor {
  side: 'proposing' | 'receiving';
  ranking: string[];
  capacity?: number | undefined;
}

/**
 * Whom each agent is matched with; the lists of both sides say the same.
 *
 * @category Types of mechanisms
 */
export interface Matching {
  /** The matches of every agent, the best first. */
  readonly matches: Readonly<Record<AgentId, readonly AgentId[]>>;
}

/** @category Types of mechanisms */
export type DeferredAcceptance = Mechanism<{
  id: 'matching/deferred-acceptance';
  settings: Record<string, never>;
  report: Suitor;
  outcome: Matching;
  message: Suitor;
  ask: ReportRequest;
}>;

/**
 * Deferred acceptance. An agent with a capacity ranks single agents and would have as many of the best as it can (responsive
 * preferences, Roth 1985). Whoever it does not rank it is never matched with; agents of its own side are passed over, and a name of nobody
 * who takes part is refused.
 *
 * @category Mechanisms
 * @example
 * ```ts
 * import { createMechane } from '@mechane/core';
 * import { matchings } from '@mechane/matching';
 *
 * const mechane = createMechane().use(matchings);
 * const { outcome } = mechane.run('matching/deferred-acceptance', {
 *   reports: {
 *     ann: { side: 'proposing', ranking: ['mit', 'eth'] },
 *     bob: { side: 'proposing', ranking: ['mit', 'eth'] },
 *     cat: { side: 'proposing', ranking: ['mit'] },
 *     mit: { side: 'receiving', ranking: ['cat', 'bob', 'ann'], capacity: 2 },
 *     eth: { side: 'receiving', ranking: ['ann', 'bob'] },
 *   },
 * });
 * outcome.matches.mit; // => ['cat', 'bob']
 * outcome.matches.ann; // => ['eth']
 * ```
 */
export const deferredAcceptance: DeferredAcceptance = directMechanism({
  id: 'matching/deferred-acceptance',
  summary:
    'One side proposes, the other keeps the best proposals so far, until nobody proposes (Gale and Shapley 1962)',
  settings: z.strictObject({}),
  report: z.strictObject({
    side: z.enum(['proposing', 'receiving']).describe('Whether the agent proposes or is proposed to'),
    ranking: ranking.describe('Whom of the other side it would be matched with, the best first'),
    capacity: count.default(1).describe('With how many it would be matched'),
  }),
  outcome: z.strictObject({ matches: z.record(z.string(), z.array(z.string())) }),

  refuseReport({ ranking: ranked }, _settings, { participants }) {
    const known = membersOf(participants);
    const unknown = ranked.findIndex((name) => !known.has(name));
    return unknown === -1 ? undefined : nobodyCalled(ranked[unknown] as string, unknown, participants);
  },

  decide(reports) {
    const receivers = new Map<AgentId, KeptProposals>();
    const proposers = new Map<AgentId, Proposer>();
    for (const [agent, suitor] of reports) {
      if (suitor.side === 'receiving') receivers.set(agent, new KeptProposals(suitor.ranking, suitor.capacity));
      else proposers.set(agent, { agent, wishes: suitor.ranking.values(), places: suitor.capacity });
    }
    propose(proposers, receivers);
    return { matches: matchesOf(reports, receivers) };
  },

  utility: (agent, { ranking: ranked }, { matches }) =>
    (matches[agent] ?? []).reduce((sum, match) => sum + standing(match, ranked), 0),

  mostPaid: () => 0,
  claims: [
    {
      law: 'strategy-proof',
      holds: true,
      domain: 'proposers',
      because: 'Dubins and Freedman 1981, Roth 1982: truth is dominant for proposers that want one match',
    },
    {
      law: 'strategy-proof',
      holds: false,
      domain: 'marriage',
      because: 'Roth 1982: no stable mechanism is strategy-proof for both sides',
      witness: {
        reports: {
          ann: { side: 'proposing', ranking: ['x', 'y'] },
          bob: { side: 'proposing', ranking: ['y', 'x'] },
          x: { side: 'receiving', ranking: ['bob', 'ann'] },
          y: { side: 'receiving', ranking: ['ann', 'bob'] },
        },
        deviation: { x: { side: 'receiving', ranking: ['bob'] } },
        agent: 'x',
      },
    },
    {
      law: 'not-obviously-manipulable',
      holds: true,
      domain: 'proposers',
      because: 'Troyan and Morrill 2020: what is strategy-proof has no manipulation, obvious or not',
    },
    {
      law: 'not-obviously-manipulable',
      holds: true,
      domain: 'marriage',
      because: 'Troyan and Morrill 2020: no stable mechanism is obviously manipulable',
    },
    {
      law: 'non-bossy',
      holds: false,
      domain: 'marriage',
      because: 'Ergin 2002: a proposer that stays alone may set off a chain of refusals between others',
      witness: {
        reports: {
          ann: { side: 'proposing', ranking: ['x', 'y'] },
          bob: { side: 'proposing', ranking: ['y', 'x'] },
          cat: { side: 'proposing', ranking: ['x'] },
          x: { side: 'receiving', ranking: ['bob', 'cat', 'ann'] },
          y: { side: 'receiving', ranking: ['ann', 'bob'] },
        },
        deviation: { cat: { side: 'proposing', ranking: [] } },
        agent: 'cat',
      },
    },
    { law: 'core', holds: true, domain: 'marriage', because: 'Gale and Shapley 1962: the matching is stable' },
    {
      law: 'pareto-efficient',
      holds: true,
      domain: 'marriage',
      because: 'Gale and Shapley 1962: what is stable is efficient',
    },
    {
      law: 'individually-rational',
      holds: true,
      because: 'By definition: nobody is matched with whom it does not rank',
    },
  ],
});

interface Proposer {
  readonly agent: AgentId;
  /** Whom it has not asked yet, the best first. */
  readonly wishes: Iterator<AgentId>;
  /** How many matches it still wants. */
  places: number;
}

/** In which order proposals are made does not matter: McVitie and Wilson 1971. */
function propose(proposers: ReadonlyMap<AgentId, Proposer>, receivers: ReadonlyMap<AgentId, KeptProposals>): void {
  const free = [...proposers.values()];
  for (let proposer = free.pop(); proposer; proposer = free.pop()) {
    while (proposer.places > 0) {
      const { value: wish, done } = proposer.wishes.next();
      if (done) break;
      const receiver = receivers.get(wish);
      const turnedDown = receiver ? receiver.hear(proposer.agent) : proposer.agent;
      if (turnedDown === proposer.agent) continue;
      proposer.places -= 1;
      const other = proposers.get(turnedDown ?? '');
      if (turnedDown === undefined || other === undefined) continue;
      other.places += 1;
      free.push(other);
    }
  }
}

function matchesOf(
  reports: ReadonlyMap<AgentId, Suitor>,
  receivers: ReadonlyMap<AgentId, KeptProposals>,
): Readonly<Record<AgentId, readonly AgentId[]>> {
  const kept = new Map<AgentId, readonly AgentId[]>();
  const keepers = new Map<AgentId, AgentId[]>();
  for (const [receiver, { proposers }] of receivers) {
    kept.set(receiver, proposers);
    for (const proposer of proposers) {
      const others = keepers.get(proposer);
      if (others) others.push(receiver);
      else keepers.set(proposer, [receiver]);
    }
  }
  return perAgent(reports.keys(), (agent) => {
    const own = keepers.get(agent);
    if (own === undefined) return kept.get(agent) ?? [];
    return own.length === 1 ? own : bestFirst(own, (reports.get(agent) as Suitor).ranking);
  });
}

function bestFirst(names: readonly AgentId[], ranked: readonly AgentId[]): readonly AgentId[] {
  const chosen = new Set(names);
  return ranked.filter((name) => chosen.has(name));
}
