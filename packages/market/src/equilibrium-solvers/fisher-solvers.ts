import { closedForm } from './closed-form.ts';
import { eisenbergGale } from './eisenberg-gale.ts';
import type { FisherMarket, FisherSolution, FisherSolver, SolverOptions } from './fisher-market.ts';
import { priceAdjustment } from './price-adjustment.ts';
import { proportionalResponse } from './proportional-response.ts';

/**
 * The name of a way to find an equilibrium of a Fisher market.
 *
 * @category Equilibria and utilities
 */
export type FisherMethod = 'closed-form' | 'eisenberg-gale' | 'proportional-response' | 'tatonnement';

export const fisherSolvers: Readonly<Record<FisherMethod, FisherSolver>> = {
  'closed-form': closedForm,
  'eisenberg-gale': eisenbergGale,
  'proportional-response': proportionalResponse,
  tatonnement: priceAdjustment,
};

/**
 * Finds an equilibrium of a Fisher market, by a formula where there is one and by the program of Eisenberg and Gale otherwise, unless a
 * method is named; that must be fit for every agent.
 */
export function solveFisher(market: FisherMarket, options: SolverOptions, method?: FisherMethod): FisherSolution {
  const { goodCount, budgets, rho } = market;
  if (goodCount === 0)
    return { prices: new Float64Array(0), quantities: new Float64Array(0), iterations: 0, method: 'closed-form' };
  const formula = budgets.length === 1 || rho.every((r) => r === 0);
  return fisherSolvers[method ?? (formula ? 'closed-form' : 'eisenberg-gale')].solve(market, options);
}
