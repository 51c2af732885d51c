import type { Claim, Witness } from './claim.ts';

/**
 * The claims of a mechanism in which truth is a dominant strategy: where an agent's value is its own, it is also the best reply when the others
 * are truthful, and the best in expectation whatever the prior.
 *
 * @param because what shows it, with the paper
 * @param domain the types for which it holds, where not for all
 * @category Claims
 * @example
 * ```ts
 * import { truthful } from '@mechane/core';
 *
 * truthful('Vickrey 1961: the price is set by the others').map(({ law }) => law)[0]; // => 'strategy-proof'
 * ```
 */
export function truthful(because: string, domain?: string): readonly Claim<never, never>[] {
  const among = domain === undefined ? {} : { domain };
  return [
    { law: 'strategy-proof', holds: true, because, ...among },
    { law: 'ex-post-incentive-compatible', holds: true, because: `It is strategy-proof. ${because}`, ...among },
    { law: 'bayesian-incentive-compatible', holds: true, because: `It is strategy-proof. ${because}`, ...among },
  ];
}

/**
 * The claims that one profitable misreport among truthful agents refutes: truth is neither dominant nor an equilibrium, under one name or several.
 *
 * @param witness the misreport
 * @category Claims
 * @example
 * ```ts
 * import { untruthful } from '@mechane/core';
 *
 * const witness = { reports: { ann: { bid: 9 } }, deviation: { ann: { bid: 0 } }, agent: 'ann' };
 * untruthful('Vickrey 1961: a winner pays its bid', witness).every(({ holds }) => !holds); // => true
 * ```
 */
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
