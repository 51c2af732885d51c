import type { AgentId, Random } from '@mechane/core';
import type { Case } from './case.ts';
import { broken, type Height } from './case-law.ts';
import { numbersIn, withLeaf } from './leaves.ts';

const strides = [1, -1, 0.5, -0.5, 5, -5, 50, -50] as const;
const mostSteps = 24;

/**
 * Improves a misreport step by step, changing one number at a time, until the climb's height is infinite (a broken law) or no
 * step helps. Plateaus are crossed at random.
 */
export function climb(start: Case, random: Random, heightOf: Height): Case | undefined {
  let current = start;
  let height = heightOf(start);
  for (let step = 0; step < mostSteps; step++) {
    const next = stepped(current, random);
    if (!next) return undefined;
    const reached = heightOf(next);
    if (reached === broken) return next;
    if (reached >= height) [current, height] = [next, reached];
  }
  return undefined;
}

function stepped(given: Case, random: Random): Case | undefined {
  const { agent, deviation } = given;
  const report = deviation.get(agent as AgentId);
  const leaves = [...numbersIn(report)];
  const chosen = leaves[random.below(Math.max(1, leaves.length))];
  if (!chosen) return undefined;
  const [path, number] = chosen;
  const stride = strides[random.below(strides.length)] as number;
  return {
    ...given,
    deviation: new Map(deviation).set(agent as AgentId, withLeaf(report, path, Math.max(0, number + stride))),
  };
}
