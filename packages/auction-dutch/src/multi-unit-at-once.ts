/*
 * How the Dutch auction of several units goes when all thresholds are known at once: units are taken in the order of the rounds, or of
 * the prices, in which the clock meets the thresholds.
 */
import type { AgentId, TieOrder } from '@mechane/core';
import { tooManySteps } from './errors.ts';
import type { Sale } from './multi-unit-outcome.ts';
import type { FullMultiUnitSettings } from './multi-unit-settings.ts';
import { fallingSteps } from './price-steps.ts';
import type { UnitThresholds } from './unit-thresholds.ts';

/** What its conversation with proxies comes to. */
export function multiUnitAtOnce(
  reports: ReadonlyMap<AgentId, UnitThresholds>,
  settings: FullMultiUnitSettings,
  tieOrder: TieOrder,
): { readonly sales: readonly Sale[]; readonly rounds: number } {
  if (reports.size === 0) return { sales: [], rounds: 0 };
  const { units, startingPrice, decrement, floor } = settings;
  if (decrement === undefined) {
    const takings = takingsOf(reports, units, (threshold) =>
      threshold < floor ? Infinity : -Math.min(threshold, startingPrice),
    );
    const sales = firstOf(takings, units, tieOrder).map(({ when, agent }) => ({ price: -when, agent }));
    return { sales, rounds: sales.length + (sales.length < units ? 1 : 0) };
  }
  const { last, priceOf, firstAtMost } = fallingSteps(startingPrice, decrement, floor);
  const takings = firstOf(takingsOf(reports, units, firstAtMost), units, tieOrder);
  const rounds = takings.length < units ? last : (takings.at(-1)?.when ?? last);
  if (rounds === Number.POSITIVE_INFINITY) throw tooManySteps(startingPrice, decrement);
  return { sales: takings.map(({ when, agent }) => ({ price: priceOf(when), agent })), rounds };
}

/** A unit that an agent would take, and when: sooner is less, and never is infinite. */
interface Taking {
  readonly agent: AgentId;
  readonly when: number;
}

function takingsOf(
  reports: ReadonlyMap<AgentId, UnitThresholds>,
  units: number,
  whenMet: (threshold: number) => number,
): Taking[] {
  const takings: Taking[] = [];
  for (const [agent, { thresholds }] of reports) {
    for (const threshold of thresholds.slice(0, units)) {
      const when = whenMet(threshold);
      if (when === Number.POSITIVE_INFINITY) break;
      takings.push({ agent, when });
    }
  }
  return takings;
}

/** The first so many, by the tie order where they are at once. */
function firstOf(takings: Taking[], units: number, tieOrder: TieOrder): readonly Taking[] {
  return takings.sort((a, b) => a.when - b.when || tieOrder(a.agent, b.agent)).slice(0, units);
}
