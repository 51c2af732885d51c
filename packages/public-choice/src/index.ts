import { definePlugin, type Plugin } from '@mechane/core';
import { groves } from './groves.ts';
import { median } from './median.ts';
import { version } from './version.ts';

export type { Groves, GrovesSettings, PublicChoice, Valuation } from './groves.ts';
export type { Location, Median, Peak } from './median.ts';
export { groves, median };

/**
 * A mechanism of this package.
 *
 * @category Plugin
 */
export type PublicChoiceMechanism = typeof groves | typeof median;

/**
 * All mechanisms of public choice.
 *
 * @category Plugin
 * @example
 * ```ts
 * import { createMechane } from '@mechane/core';
 * import { publicChoices } from '@mechane/public-choice';
 *
 * const mechane = createMechane().use(publicChoices);
 * const reports = { ann: { peak: 18 }, bob: { peak: 25 }, cat: { peak: 19 } };
 * mechane.run('public-choice/median', { reports }).outcome.location; // => 19
 * ```
 */
export const publicChoices: Plugin<PublicChoiceMechanism> = definePlugin<PublicChoiceMechanism>({
  name: '@mechane/public-choice',
  version,
  mechanisms: [groves, median],
});
