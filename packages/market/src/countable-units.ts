import type { AgentId, ErrorDetails, ReportContext } from '@mechane/core';
import { beyondCounting } from './errors.ts';

/** All units of a market together: beyond, sums would lose units in silence. */
export const mostUnits: number = Number.MAX_SAFE_INTEGER;

interface Counted {
  readonly quantity: number;
}

/** Says that an order is for more units than can be counted together with those of the others. */
export type RefuseUncountable<Report> = (
  report: Report,
  settings: unknown,
  context: ReportContext<Report>,
) => ErrorDetails | undefined;

/**
 * Refuses orders whose units cannot be counted exactly together with those of all others: in a run where they come to too many; in a live
 * run, where nobody knows what others will order, beyond an equal share of all that can be counted.
 *
 * @param ordersOf the orders of a report
 * @param pathTo where in the report the quantity of an order is
 */
export function refuseUncountable<Report>(
  ordersOf: (report: Report) => readonly Counted[],
  pathTo: (report: Report, index: number) => readonly (string | number)[],
): RefuseUncountable<Report> {
  const totals = new WeakMap<ReadonlyMap<AgentId, Report>, number>();
  const unitsOf = (report: Report): number => ordersOf(report).reduce((sum, { quantity }) => sum + quantity, 0);
  const totalOf = (reports: ReadonlyMap<AgentId, Report>): number => {
    let total = totals.get(reports);
    if (total === undefined) {
      total = 0;
      for (const report of reports.values()) total += unitsOf(report);
      totals.set(reports, total);
    }
    return total;
  };
  return (report, _settings, { participants, reports }) => {
    if (reports && totalOf(reports) <= mostUnits) return undefined;
    const share = Math.floor(mostUnits / participants.length);
    if (unitsOf(report) <= share) return undefined;
    const orders = ordersOf(report);
    const largest = orders.reduce(
      (most, { quantity }, index) => (quantity > (orders[most] as Counted).quantity ? index : most),
      0,
    );
    return beyondCounting(pathTo(report, largest), share);
  };
}
