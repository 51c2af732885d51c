import type { Claim, Witness } from '@mechane/core';

/**
 * What it means that truth is a dominant strategy: where an agent's value is its own, it is also the best reply when the others
 * are truthful, and the best in expectation whatever the prior.
 */
export function truthful(because: string, domain?: string): readonly Claim<never, never>[] {
  const among = domain === undefined ? {} : { domain };
  return [
    { law: 'strategy-proof', holds: true, because, ...among },
    { law: 'ex-post-incentive-compatible', holds: true, because: `It is strategy-proof. ${because}`, ...among },
    { law: 'bayesian-incentive-compatible', holds: true, because: `It is strategy-proof. ${because}`, ...among },
  ];
}

/** What one profitable misreport among truthful agents shows: truth is neither dominant nor an equilibrium, under one name or several. */
export function untruthful<Settings, Report>(
  because: string,
  witness: Witness<Settings, Report>,
): readonly Claim<Settings, Report>[] {
  const notEven = `It is not even strategy-proof. ${because}`;
  return [
    { law: 'strategy-proof', holds: false, because, witness },
    { law: 'ex-post-incentive-compatible', holds: false, because, witness },
    { law: 'obviously-strategy-proof', holds: false, because: notEven, witness },
    { law: 'group-strategy-proof', holds: false, because: notEven, witness },
    { law: 'false-name-proof', holds: false, because: notEven, witness },
  ];
}
