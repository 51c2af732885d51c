import type { Domain } from '../domain.ts';

/**
 * A domain in which agents and operators believe the types of the grid to be equally likely, and no others to be there. Whether an operator that
 * talks to agents one after the other is credible is decided there: it depends on what the operator may hope for.
 *
 * @category Domains
 * @example
 * ```ts
 * import { believedOnGrid, singleItem } from '@mechane/conformance';
 *
 * believedOnGrid(singleItem({ grid: [0, 1] })).prior; // => undefined
 * ```
 */
export function believedOnGrid<Settings, Report>(domain: Domain<Settings, Report>): Domain<Settings, Report> {
  const { prior: _, ...others } = domain;
  return others;
}
