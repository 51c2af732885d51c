/*
 * The median voter: a facility on a line is built where the middle agent wants it.
 *
 * Black, "On the rationale of group decision-making", Journal of Political Economy 56 (1948); Moulin, "On strategy-proofness and single
 * peakedness", Public Choice 35 (1980). It promises that nobody gains by a lie, alone or in a group, and that agents walk least together.
 */
import { type AgentId, directMechanism, type Mechanism, type ReportRequest } from '@mechane/core';
import * as z from 'zod';

/**
 * Where an agent wants the facility.
 *
 * @category Types of mechanisms
 */
export interface Peak {
  peak: number;
}

/**
 * Where it is built; `null` where nobody wants it anywhere.
 *
 * @category Types of mechanisms
 */
export interface Location {
  readonly location: number | null;
}

/** @category Types of mechanisms */
export type Median = Mechanism<{
  id: 'public-choice/median';
  settings: Record<string, never>;
  report: Peak;
  outcome: Location;
  message: Peak;
  ask: ReportRequest;
}>;

/**
 * The median mechanism: of an even number of peaks, the lower of the middle two.
 *
 * @category Mechanisms
 * @example
 * ```ts
 * import { createMechane } from '@mechane/core';
 * import { publicChoices } from '@mechane/public-choice';
 *
 * const mechane = createMechane().use(publicChoices);
 * const reports = { ann: { peak: 1 }, bob: { peak: 10 }, cat: { peak: 4 } };
 * mechane.run('public-choice/median', { reports }).outcome.location; // => 4
 * ```
 */
export const median: Median = directMechanism({
  id: 'public-choice/median',
  summary: 'The facility is built at the lower median of where agents want it (Moulin 1980)',
  settings: z.strictObject({}),
  report: z.strictObject({ peak: z.number().describe('Where the agent wants the facility') }),
  outcome: z.strictObject({ location: z.number().nullable() }),

  decide: (reports) => ({ location: lowerMedian(reports) }),

  mostPaid: () => 0,
  value: (_, { peak }, { location }) => (location === null ? 0 : 0 - Math.abs(location - peak)),
  bestWelfare(types) {
    const location = lowerMedian(types) ?? 0;
    return 0 - [...types.values()].reduce((walk, { peak }) => walk + Math.abs(location - peak), 0);
  },

  claims: [
    {
      law: 'strategy-proof',
      holds: true,
      because: 'Moulin 1980: a lie moves the median only away from the peak of the liar',
    },
    {
      law: 'group-strategy-proof',
      holds: true,
      because: 'Moulin 1980: whoever moves the median away from its own side gains nothing',
    },
    {
      law: 'participation',
      holds: true,
      because: 'By definition: whoever comes moves the median towards its own peak, and not beyond it',
    },
    {
      law: 'not-obviously-manipulable',
      holds: true,
      because: 'Troyan and Morrill 2020: what is strategy-proof has no manipulation, obvious or not',
    },
    {
      law: 'non-bossy',
      holds: true,
      because: 'By definition: all get the same choice, and who changes it for others changes it for itself',
    },
    { law: 'efficient', holds: true, because: 'Black 1948: the median is where distances add up to least' },
    { law: 'pareto-efficient', holds: true, because: 'Black 1948: the median lies between peaks' },
    { law: 'anonymous', holds: true, because: 'By definition: only the peaks count' },
  ],
});

function lowerMedian(reports: ReadonlyMap<AgentId, Peak>): number | null {
  const peaks = [...reports.values()].map(({ peak }) => peak).sort((a, b) => a - b);
  return peaks[(peaks.length - 1) >> 1] ?? null;
}
