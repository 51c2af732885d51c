import type { Policy } from './policy.ts';

/**
 * Pulls the same arm for ever: what other policies are measured against.
 *
 * @category Policies
 */
export function fixed(arms: number, arm = 0): Policy {
  return { arms, choose: () => arm, learn: () => undefined };
}
