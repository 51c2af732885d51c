import 'reflect-metadata';

/*
 * The door for whoever hosts, examines or describes other people's mechanisms: the kit, the command, services, simulations. What stands here
 * plays mechanisms without the checks of a run, and is of no use to whoever only runs or writes one.
 */

export { type Conclusion, conclusionOf } from './contract/certificate.ts';
export { isAgentColumn } from './contract/columns.ts';
export { invisible } from './contract/invisible.ts';
export { isMechanism } from './contract/mechanism.ts';
export { paymentsOf } from './contract/payments.ts';
export { isPlugin } from './contract/plugin.ts';
export { tieBreak } from './contract/tie-break.ts';
export { roundedAmount, unknownKey, whyRounded } from './errors.ts';
export { type AmountsIn, amountsIn } from './input/amounts-in.ts';
export { countKeys, firstTwice } from './input/lost-keys.ts';
export { readReports, readSettings, refuseUnfitSettings } from './input/read-play.ts';
export { firstRounded, type RoundedNumber } from './input/rounded-numbers.ts';
export { inWrittenOrder } from './input/written-order.ts';
export { type AnyResult, Session } from './live/session.ts';
export { canonicalJson } from './play/canonical-json.ts';
export { unitNamed, unitOfMessages, unitOfReports } from './play/choose-unit.ts';
export { answeredBy, answeredByProxies, answeredInOrder, conduct, type HoldRound } from './play/conduct.ts';
export { type Conducted, type Conversed, Conversing } from './play/conversing.ts';
export { countedIn } from './play/counted-in.ts';
export { described, inputSchema, toolInput } from './play/description.ts';
export { induced } from './play/induce.ts';
export { endOf, headerOf } from './play/journal.ts';
export { efficiencyOf, revenueOf, utilityOf, welfareOf } from './play/metrics.ts';
export { type MoneyOf, moneyOf } from './play/money-of.ts';
export { readJournal } from './play/read-journal.ts';
export { RunSetup, type RunSetupInput } from './play/run-setup.ts';
export { localEvents } from './services/events.ts';
export { ServiceScope } from './services/service-scope.ts';
export { openTelemetry } from './services/telemetry.ts';
