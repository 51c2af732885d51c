import type { AgentId, Mechanism, OutcomeOf, ReportOf, SettingsOf } from '@mechane/core';

/**
 * What came of a play in which everybody is truthful.
 *
 * @category Laws
 */
export interface TruthfulPlay<Settings = unknown, Report = unknown, Outcome = object> {
  /** As the mechanism's schema parsed them. */
  readonly settings: Settings;
  /** What everybody truly is, and reports. */
  readonly reports: ReadonlyMap<AgentId, Report>;
  readonly outcome: Outcome;
  /** What the outcome is worth to an agent after payments, as the domain or else the mechanism says. */
  utility(agent: AgentId): number;
}

/**
 * A law of a third party: something that must be true of every outcome.
 *
 * @category Laws
 */
export interface OutcomeLaw<Settings = unknown, Report = unknown, Outcome = object> {
  /** The package and the law: `acme/modest-price`. */
  readonly name: `${string}/${string}`;
  /** What it says, in one sentence. */
  readonly says: string;
  /** What is wrong with an outcome, in words and with the numbers; `undefined` where nothing is. */
  flaw(play: TruthfulPlay<Settings, Report, Outcome>): string | undefined;
}

/**
 * A law of your own for mechanisms such as this one. Where a subject lists it among its `laws`, the kit goes through the grid, draws random
 * profiles, and shrinks what it finds, as it does for the laws it knows.
 *
 * @category Laws
 * @example
 * ```ts
 * import { lawFor, singleItem, subject, verify } from '@mechane/conformance';
 * import { amount, directMechanism, paymentsByAgent, perAgent } from '@mechane/core';
 * import * as z from 'zod';
 *
 * const flatFee = directMechanism({
 *   id: 'acme/flat-fee',
 *   settings: z.strictObject({}),
 *   report: z.strictObject({ bid: amount }),
 *   outcome: z.strictObject({ payments: paymentsByAgent }),
 *   decide: (reports) => ({ payments: perAgent(reports.keys(), () => 1) }),
 *   claims: [{ law: 'acme/affordable', holds: true, because: 'The fee is small' }],
 * });
 * const affordable = lawFor(flatFee, {
 *   name: 'acme/affordable',
 *   says: 'nobody pays more than its bid',
 *   flaw({ reports, outcome }) {
 *     for (const [agent, { bid }] of reports) {
 *       const payment = outcome.payments[agent] ?? 0;
 *       if (payment > bid) return `${agent} pays ${payment}`;
 *     }
 *     return undefined;
 *   },
 * });
 * const { laws } = await verify(subject({ mechanism: flatFee, domain: singleItem(), laws: [affordable] }));
 * laws.find(({ law }) => law === 'acme/affordable')?.reason; // => 'when ann bids 0, ann pays 1'
 * ```
 */
export function lawFor<const M extends Mechanism>(
  _mechanism: M,
  law: OutcomeLaw<SettingsOf<M>, ReportOf<M>, OutcomeOf<M>>,
): OutcomeLaw {
  return law as object as OutcomeLaw;
}
