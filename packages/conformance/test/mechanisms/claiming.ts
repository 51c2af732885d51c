import type { Claim, LawName, Mechanism } from '@mechane/core';

/** The mechanism, claiming nothing but this. */
export function claiming<M extends Mechanism>(mechanism: M, ...claims: readonly Claim[]): M {
  return { ...mechanism, claims: () => claims };
}

/** The claim that a law holds. */
export function holds(law: LawName, domain?: string): Claim {
  return { law, holds: true, because: 'it is said to', ...(domain === undefined ? {} : { domain }) };
}

/** The mechanism, claiming that a law holds. */
export function claimingThat<M extends Mechanism>(mechanism: M, law: LawName): M {
  return claiming(mechanism, holds(law));
}
