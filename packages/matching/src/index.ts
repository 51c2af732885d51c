import { definePlugin, type Plugin } from '@mechane/core';
import { boston } from './boston.ts';
import { deferredAcceptance } from './deferred-acceptance.ts';
import { serialDictatorship } from './serial-dictatorship.ts';
import { topTradingCycles } from './top-trading-cycles.ts';
import { version } from './version.ts';

export type { Boston } from './boston.ts';
export type { DeferredAcceptance } from './deferred-acceptance.ts';
export type {
  Assignment,
  ItemRanking,
  SerialDictatorship,
  SerialDictatorshipSettings,
} from './serial-dictatorship.ts';
export type { Matching, Suitor } from './suitors.ts';
export type { Owner, Reassignment, TopTradingCycles } from './top-trading-cycles.ts';
export { boston, deferredAcceptance, serialDictatorship, topTradingCycles };

/**
 * A mechanism of this package.
 *
 * @category Plugin
 */
export type MatchingMechanism =
  | typeof serialDictatorship
  | typeof topTradingCycles
  | typeof deferredAcceptance
  | typeof boston;

/**
 * All mechanisms of matching.
 *
 * @category Plugin
 * @example
 * ```ts
 * import { createMechane } from '@mechane/core';
 * import { matchings } from '@mechane/matching';
 *
 * const mechane = createMechane().use(matchings);
 * const reports = {
 *   ann: { owns: 'flat', ranking: ['house'] },
 *   bob: { owns: 'house', ranking: ['flat'] },
 * };
 * mechane.run('matching/top-trading-cycles', { reports }).outcome.allocation; // => { ann: 'house', bob: 'flat' }
 * ```
 */
export const matchings: Plugin<MatchingMechanism> = definePlugin<MatchingMechanism>({
  name: '@mechane/matching',
  version,
  mechanisms: [serialDictatorship, topTradingCycles, deferredAcceptance, boston],
});
