import type { Claim, Witness } from '@mechane/core';

/** Why an auction that serves the highest bids is efficient at truthful bids, and, where it is, why its outcomes are in the core. */
export interface EfficiencyGrounds {
  readonly efficient: string;
  readonly core?: string;
}

/**
 * An auction that serves the highest bids is efficient, and with money to share that is Pareto efficient, unless a reserve keeps
 * something from whoever values it, as the witness shows.
 */
export function efficientWithoutReserve<Settings, Report>(
  reserve: number,
  grounds: EfficiencyGrounds,
  witness: Witness<Settings, Report>,
): readonly Claim<Settings, Report>[] {
  const withheld = 'By definition: below the reserve nobody gets what somebody values';
  const claim = (law: 'efficient' | 'pareto-efficient' | 'core', because: string): Claim<Settings, Report> =>
    reserve === 0 ? { law, holds: true, because } : { law, holds: false, because: withheld, witness };
  return [
    claim('efficient', grounds.efficient),
    claim('pareto-efficient', grounds.efficient),
    ...(grounds.core === undefined ? [] : [claim('core', grounds.core)]),
  ];
}
