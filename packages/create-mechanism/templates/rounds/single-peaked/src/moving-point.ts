/*
 * The moving point: it moves up the line, every agent stops it once where it wants the facility, and the stop of the middle one counts.
 *
 * Moulin, "On strategy-proofness and single peakedness", Public Choice 35 (1980), for the median that it finds. It promises that nobody
 * gains by a lie, and that agents walk least together.
 */
import { type AgentId, defineMechanism, type Mechanism } from '@mechane/core';
import * as z from 'zod';

/** A point moves up a line until half of the agents have stopped it. */
export const movingPoint: Mechanism<{
  id: '__ID__/moving-point';
  settings: Record<string, never>;
  report: { peak: number };
  outcome: { readonly location: number | null };
  message: { stopAt: number };
  ask: { from: number | null };
}> = defineMechanism({
  id: '__ID__/moving-point',
  summary: 'A point moves up a line until half of the agents have stopped it (Moulin 1980)',
  settings: z.strictObject({}),
  report: z.strictObject({ peak: z.number().describe('Where the agent wants the facility') }),
  message: z.strictObject({ stopAt: z.number().describe('Where the agent stops the point') }),
  ask: z.strictObject({ from: z.number().nullable() }),
  outcome: z.strictObject({ location: z.number().nullable() }),

  *conduct({ participants, runClock, tieOrder }) {
    let location: number | null = null;
    let waiting = participants;
    for (let stopped = 0; stopped < waiting.length; stopped++) {
      const from: number | null = location;
      const replies = yield* runClock(waiting, { from }, { direction: 'ascending', stopAt: ({ stopAt }) => stopAt });
      // Whoever is silent has no say. Only the first stop is known: the others are asked again.
      waiting = waiting.filter((agent) => replies.has(agent));
      const stopsAt = (agent: AgentId): number =>
        Math.max(from ?? Number.NEGATIVE_INFINITY, replies.get(agent)?.stopAt ?? Number.NEGATIVE_INFINITY);
      const [first] = [...waiting].sort((a, b) => stopsAt(a) - stopsAt(b) || tieOrder(a, b));
      if (first === undefined) break;
      location = stopsAt(first);
      waiting = waiting.filter((agent) => agent !== first);
    }
    return { location };
  },

  proxy:
    ({ peak }) =>
    () => ({ stopAt: peak }),

  value: (_, { peak }, { location }) => (location === null ? 0 : 0 - Math.abs(location - peak)),
  bestWelfare(types) {
    const peaks = [...types.values()].map(({ peak }) => peak).sort((a, b) => a - b);
    const middle = peaks[(peaks.length - 1) >> 1] ?? 0;
    return 0 - peaks.reduce((walk, peak) => walk + Math.abs(middle - peak), 0);
  },

  claims: [
    { law: 'strategy-proof', holds: true, because: 'Moulin 1980: a lie moves the median only away from one’s peak' },
    { law: 'efficient', holds: true, because: 'Black 1948: the median is where distances add up to least' },
    { law: 'anonymous', holds: true, because: 'By definition: only the peaks count' },
  ],
});
