/*
 * Deferred acceptance: agents of one side propose down their rankings; those of the other keep the best proposals they have had so far.
 *
 * Gale and Shapley, "College admissions and the stability of marriage", American Mathematical Monthly 69 (1962). It promises a stable
 * matching, the best of all for the proposing side, and that no proposer that wants one match gains by a lie (Dubins and Freedman 1981, Roth
 * 1982). The receiving side may gain: no stable mechanism is strategy-proof for both (Roth 1982).
 */
import { type AgentId, directMechanism, type Mechanism, type ReportRequest } from '@mechane/core';
import * as z from 'zod';
import { KeptProposals } from './kept-proposals.ts';
import { type Matching, matchesOf, matching, refuseStrangers, type Suitor, suitor, worthOfMatches } from './suitors.ts';

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
  report: suitor,
  outcome: matching,
  refuseReport: refuseStrangers,

  decide(reports) {
    const receivers = new Map<AgentId, KeptProposals>();
    const proposers = new Map<AgentId, Proposer>();
    for (const [agent, { side, ranking, capacity }] of reports) {
      if (side === 'receiving') receivers.set(agent, new KeptProposals(ranking, capacity));
      else proposers.set(agent, { agent, wishes: ranking.values(), places: capacity });
    }
    propose(proposers, receivers);
    return { matches: matchesOf(reports, receivers) };
  },

  utility: worthOfMatches,

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
      if (turnedDown === undefined) continue;
      const other = proposers.get(turnedDown) as Proposer;
      other.places += 1;
      free.push(other);
    }
  }
}
