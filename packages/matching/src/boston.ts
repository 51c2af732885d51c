/*
 * Immediate acceptance, known as the Boston mechanism: in round k, all who still want a place ask for it where they rank it k-th, and what is
 * taken is taken for good.
 *
 * Abdulkadiroğlu and Sönmez, "School choice: a mechanism design approach", American Economic Review 93 (2003); Boston placed its students so until
 * 2005. It is efficient by what proposers say, and invites them to say something else: who asks for a popular place in vain finds its
 * second choice taken. What comes of that in equilibrium is stable, and no better for anybody than truth under deferred acceptance (Ergin and
 * Sönmez, "Games of school choice under the Boston mechanism", Journal of Public Economics 90, 2006).
 */
import { type AgentId, directMechanism, type Mechanism, type ReportRequest } from '@mechane/core';
import * as z from 'zod';
import { ranksIn } from './ranking.ts';
import { type Matching, matchesOf, matching, refuseStrangers, type Suitor, suitor, worthOfMatches } from './suitors.ts';

/** @category Types of mechanisms */
export type Boston = Mechanism<{
  id: 'matching/boston';
  settings: Record<string, never>;
  report: Suitor;
  outcome: Matching;
  message: Suitor;
  ask: ReportRequest;
}>;

/** Bob asks for x in vain, and when he asks for y, that has taken cat. */
const contested: Readonly<Record<AgentId, Suitor>> = {
  ann: { side: 'proposing', ranking: ['x', 'y'] },
  bob: { side: 'proposing', ranking: ['x', 'y'] },
  cat: { side: 'proposing', ranking: ['y', 'x'] },
  x: { side: 'receiving', ranking: ['ann', 'bob', 'cat'] },
  y: { side: 'receiving', ranking: ['bob', 'cat', 'ann'] },
};

/**
 * Immediate acceptance. What agents say and get is what they say and get under deferred acceptance, so that the two can be played on the same
 * reports. Names of one’s own side, and of whoever keeps silent, are passed over before choices are counted.
 *
 * @category Mechanisms
 * @example
 * ```ts
 * import { createMechane } from '@mechane/core';
 * import { matchings, type Suitor } from '@mechane/matching';
 *
 * const mechane = createMechane().use(matchings);
 * const reports: Record<string, Suitor> = {
 *   ann: { side: 'proposing', ranking: ['mit', 'eth'] },
 *   bob: { side: 'proposing', ranking: ['mit', 'eth'] },
 *   cat: { side: 'proposing', ranking: ['eth'] },
 *   mit: { side: 'receiving', ranking: ['ann', 'bob'] },
 *   eth: { side: 'receiving', ranking: ['bob', 'cat'] },
 * };
 * // ETH would rather have Bob, who asks when it has taken Cat.
 * mechane.run('matching/boston', { reports }).outcome.matches.eth; // => ['cat']
 * mechane.run('matching/deferred-acceptance', { reports }).outcome.matches.eth; // => ['bob']
 * ```
 */
export const boston: Boston = directMechanism({
  id: 'matching/boston',
  summary:
    'One side asks down its rankings, the other takes the best who ask, for good (Abdulkadiroğlu and Sönmez 2003)',
  settings: z.strictObject({}),
  report: suitor,
  outcome: matching,
  refuseReport: refuseStrangers,

  decide(reports) {
    const receivers = new Map<AgentId, Receiver>();
    for (const [agent, { side, ranking, capacity }] of reports)
      if (side === 'receiving') receivers.set(agent, new Receiver(ranking, capacity));
    const proposers: Proposer[] = [];
    for (const [agent, { side, ranking, capacity }] of reports) {
      if (side === 'receiving') continue;
      proposers.push({ agent, choices: ranking.filter((name) => receivers.has(name)), places: capacity });
    }
    accept(proposers, receivers);
    return { matches: matchesOf(reports, receivers) };
  },

  utility: worthOfMatches,
  mostPaid: () => 0,
  claims: [
    {
      law: 'strategy-proof',
      holds: false,
      domain: 'proposers',
      because: 'Abdulkadiroğlu and Sönmez 2003: who asks for a popular place in vain loses the second choice, too',
      witness: {
        reports: contested,
        deviation: { bob: { side: 'proposing', ranking: ['y'] } },
        agent: 'bob',
      },
    },
    {
      law: 'core',
      holds: false,
      domain: 'marriage',
      because: 'Abdulkadiroğlu and Sönmez 2003: y would rather have bob, and has taken cat when he asks',
      witness: {
        reports: contested,
      },
    },
    {
      law: 'pareto-efficient',
      holds: true,
      domain: 'marriage',
      because:
        'Abdulkadiroğlu and Sönmez 2003: each has the best of what is left by those before it, who have the best of theirs',
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
  /** Whom of the other side it ranks, the best first. */
  readonly choices: readonly AgentId[];
  /** How many matches it still wants. */
  places: number;
}

/** One who is asked, and has taken some for good. */
class Receiver {
  readonly #rankOf: (agent: AgentId) => number;
  readonly #ranking: readonly AgentId[];
  readonly #places: number;
  /** Where in its ranking those stand who have been taken. */
  readonly #taken: number[] = [];

  constructor(ranking: readonly AgentId[], places: number) {
    this.#ranking = ranking;
    this.#rankOf = ranksIn(ranking);
    this.#places = places;
  }

  /** Those who have been taken, the best first. */
  get proposers(): readonly AgentId[] {
    return this.#taken.sort(ascending).map((rank) => this.#ranking[rank] as AgentId);
  }

  /** Takes the best of those who ask at once, as long as there are places. */
  take(asking: readonly AgentId[]): readonly AgentId[] {
    const left = this.#places - this.#taken.length;
    if (left === 0) return [];
    const ranks = asking.map(this.#rankOf).filter((rank) => rank !== -1);
    const taken = ranks.sort(ascending).slice(0, left);
    for (const rank of taken) this.#taken.push(rank);
    return taken.map((rank) => this.#ranking[rank] as AgentId);
  }
}

function ascending(one: number, other: number): number {
  return one - other;
}

/** Round by round, all who still want a match ask the next on their lists. */
function accept(proposers: readonly Proposer[], receivers: ReadonlyMap<AgentId, Receiver>): void {
  let left = proposers;
  for (let round = 0; ; round++) {
    left = left.filter(({ choices, places }) => places > 0 && choices.length > round);
    if (left.length === 0) return;
    const asking = new Map<AgentId, Proposer[]>();
    for (const proposer of left) {
      const choice = proposer.choices[round] as AgentId;
      const others = asking.get(choice);
      if (others) others.push(proposer);
      else asking.set(choice, [proposer]);
    }
    for (const [choice, those] of asking) {
      const taken = (receivers.get(choice) as Receiver).take(those.map(({ agent }) => agent));
      if (taken.length === 0) continue;
      const chosen = new Set(taken);
      for (const proposer of those) if (chosen.has(proposer.agent)) proposer.places -= 1;
    }
  }
}
