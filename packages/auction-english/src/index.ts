import { definePlugin, type Plugin } from '@mechane/core';
import { clinching } from './clinching.ts';
import { clock } from './clock.ts';
import { openOutcry } from './open-outcry.ts';
import { proxy } from './proxy.ts';
import { timed } from './timed.ts';
import { version } from './version.ts';

export type { TimedLead, TimedMessage } from './bidding-period.ts';
export type { Clinching, ClinchingAsk, ClinchingMessage } from './clinching.ts';
export type { ClinchingOutcome, DemandChange } from './clinching-outcome.ts';
export type { ClinchingSettings } from './clinching-settings.ts';
export type { ClockAsk, ClockMessage, EnglishClock } from './clock.ts';
export type { ClockOutcome, Departure } from './clock-outcome.ts';
export type { ClockSettings } from './clock-settings.ts';
export type { ItemValue } from './item-value.ts';
export type { OpenOutcry, OutcryAsk, OutcryMessage } from './open-outcry.ts';
export type { OpenOutcryOutcome, StandingBid } from './outcry-outcome.ts';
export type { OpenOutcrySettings } from './outcry-settings.ts';
export type { Lead, ProxyAuction, ProxyOutcome, ProxySettings } from './proxy.ts';
export type { TimedAsk, TimedAuction } from './timed.ts';
export type { TimedOutcome } from './timed-outcome.ts';
export type { TimedReport } from './timed-report.ts';
export type { TimedSettings } from './timed-settings.ts';
export type { UnitValues } from './unit-values.ts';
export type { ValueColumns } from './value-columns.ts';
export { clinching, clock, openOutcry, proxy, timed };

/**
 * A mechanism of this package.
 *
 * @category Plugin
 */
export type EnglishAuction = typeof clock | typeof openOutcry | typeof proxy | typeof timed | typeof clinching;

/**
 * All ascending auctions.
 *
 * @category Plugin
 * @example
 * ```ts
 * import { englishAuctions } from '@mechane/auction-english';
 * import { createMechane } from '@mechane/core';
 *
 * const mechane = createMechane().use(englishAuctions);
 * const settings = { startingPrice: 5, increment: 1 };
 * const reports = { ann: { value: 9 }, bob: { value: 7 }, eve: { value: 8 } };
 * const { outcome, metrics } = mechane.run('auction-english/clock', { settings, reports });
 * outcome.payment; // => 9
 * metrics.rounds; // => 5
 * ```
 */
export const englishAuctions: Plugin<EnglishAuction> = definePlugin<EnglishAuction>({
  name: '@mechane/auction-english',
  version,
  mechanisms: [clock, openOutcry, proxy, timed, clinching],
});
