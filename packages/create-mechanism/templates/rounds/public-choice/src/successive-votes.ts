/*
 * Successive votes: each alternative in turn stands against the one that won so far, and a majority changes it.
 *
 * Black, "The theory of committees and elections" (1958), as the amendment procedure; Gibbard, "Manipulation of voting schemes",
 * Econometrica 41 (1973). It promises that truth is best between two alternatives. Among more, it cannot.
 */
import { type Claim, defineMechanism, type Mechanism } from '@mechane/core';
import * as z from 'zod';

interface Valuation {
  values: Record<string, number>;
}

/** Each alternative in turn is put to the vote against the one that won so far. */
export const successiveVotes: Mechanism<{
  id: '__ID__/successive-votes';
  settings: { alternatives: string[] };
  report: Valuation;
  outcome: { readonly chosen: string };
  message: 'change' | 'keep';
  ask: { standing: string; challenger: string };
}> = defineMechanism({
  id: '__ID__/successive-votes',
  summary: 'Each alternative in turn is put to the vote against the one that won so far (Black 1958)',
  settings: z.strictObject({
    alternatives: z
      .array(z.string())
      .min(1)
      .refine((names) => new Set(names).size === names.length, 'expected no alternative twice')
      .describe('What can be chosen, in the order of the votes; the first stands where nobody moves'),
  }),
  report: z.strictObject({ values: z.record(z.string(), z.number()).describe('What each alternative is worth') }),
  message: z.enum(['change', 'keep']),
  ask: z.strictObject({ standing: z.string(), challenger: z.string() }),
  outcome: z.strictObject({ chosen: z.string() }),

  refuseReport({ values }, { alternatives }) {
    const unknown = Object.keys(values).find((name) => !alternatives.includes(name));
    if (unknown === undefined) return undefined;
    const expected = `one of ${alternatives.join(', ')}`;
    return { problem: `${JSON.stringify(unknown)} is no alternative`, path: ['values', unknown], expected };
  },

  *conduct({ settings: { alternatives }, participants, ask }) {
    const [first = '', ...challengers] = alternatives;
    let chosen = first;
    for (const challenger of challengers) {
      const replies = yield* ask(participants, { standing: chosen, challenger });
      const changes = [...replies.values()].filter((vote) => vote === 'change').length;
      // Silence keeps what stands: a change needs more than half of all.
      if (changes * 2 > participants.length) chosen = challenger;
    }
    return { chosen };
  },

  proxy: (type) => (ask) => (worth(type, ask.challenger) > worth(type, ask.standing) ? 'change' : 'keep'),

  value: (_, type, { chosen }) => worth(type, chosen),
  bestWelfare: (types, { alternatives }) =>
    alternatives
      .map((name) => [...types.values()].reduce((sum, type) => sum + worth(type, name), 0))
      .reduce((best, sum) => Math.max(best, sum)),

  claims: ({ alternatives: [one = '', two, three] }) => [
    { law: 'anonymous', holds: true, because: 'By definition: votes are counted, whoever casts them' },
    ...(three === undefined || two === undefined ? truthful : manipulable(one, two, three)),
  ],
});

type VotingClaim = Claim<{ alternatives: string[] }, Valuation>;

const truthful: VotingClaim[] = [
  {
    law: 'strategy-proof',
    holds: true,
    because: 'May 1952: between two alternatives a vote helps only what it is for',
  },
];

/** Condorcet’s cycle: whoever sees its favourite lose at the end votes for the second best at the beginning. */
function manipulable(one: string, two: string, three: string): VotingClaim[] {
  const ranked = (...names: string[]) => ({
    values: Object.fromEntries(names.map((name, position) => [name, names.length - position])),
  });
  const reports = { ann: ranked(one, two, three), bob: ranked(two, three, one), cat: ranked(three, one, two) };
  return [
    {
      law: 'strategy-proof',
      holds: false,
      because: 'Gibbard 1973: among three alternatives every voting rule but dictatorship can be manipulated',
      witness: {
        settings: { alternatives: [one, two, three] },
        reports,
        deviation: { ann: ranked(two, one, three) },
        agent: 'ann',
      },
    },
  ];
}

/** What an alternative is worth to an agent: 0 where it does not say. */
function worth({ values }: Valuation, name: string): number {
  return Object.hasOwn(values, name) ? (values[name] ?? 0) : 0;
}
