/*
 * The median voter: a facility on a line is built where the middle agent wants it.
 *
 * Black, "On the rationale of group decision-making", Journal of Political Economy 56 (1948); Moulin, "On strategy-proofness and single
 * peakedness", Public Choice 35 (1980). It promises that nobody gains by a lie, alone or in a group, and that agents walk least together.
 */
import { directMechanism, type Mechanism } from '@mechane/core';
import * as z from 'zod';

/** The facility is built at the lower median of where agents want it. */
export const median: Mechanism<{
  id: '__ID__/median';
  settings: Record<string, never>;
  report: { peak: number };
  outcome: { readonly location: number | null };
}> = directMechanism({
  id: '__ID__/median',
  summary: 'The facility is built at the lower median of where agents want it (Moulin 1980)',
  settings: z.strictObject({}),
  report: z.strictObject({ peak: z.number().describe('Where the agent wants the facility') }),
  outcome: z.strictObject({ location: z.number().nullable() }),

  decide: (reports) => ({ location: lowerMedian([...reports.values()].map(({ peak }) => peak)) }),

  value: (_, { peak }, { location }) => (location === null ? 0 : 0 - Math.abs(location - peak)),
  bestWelfare(types) {
    const peaks = [...types.values()].map(({ peak }) => peak);
    const location = lowerMedian(peaks) ?? 0;
    return 0 - peaks.reduce((walk, peak) => walk + Math.abs(location - peak), 0);
  },

  claims: [
    { law: 'strategy-proof', holds: true, because: 'Moulin 1980: a lie moves the median only away from one’s peak' },
    { law: 'group-strategy-proof', holds: true, because: 'Moulin 1980: whoever helps to move the median away loses' },
    { law: 'efficient', holds: true, because: 'Black 1948: the median is where distances add up to least' },
    { law: 'anonymous', holds: true, because: 'By definition: only the peaks count' },
  ],
});

function lowerMedian(peaks: readonly number[]): number | null {
  return [...peaks].sort((a, b) => a - b)[(peaks.length - 1) >> 1] ?? null;
}
