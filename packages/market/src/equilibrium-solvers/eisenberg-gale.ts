/*
 * Fisher markets as a convex program: equilibrium prices minimize
 *
 *     Σ supply · price − Σ budget · log(least cost of a unit of utility),
 *
 * the dual of the program of Eisenberg and Gale (Annals of Mathematical Statistics 30, 1959), whose objective is the product of utilities
 * to the power of budgets. The gradient is excess supply. Newton's method on it, with two helps: goods that may have no price keep
 * away from 0 by a barrier that is taken back step by step (the primal–dual interior-point method); and linear utilities, whose
 * demand jumps, are approached by the exponential method of multipliers (Tseng and Bertsekas, Mathematical Programming 60, 1993):
 * agents shift what they spend towards better goods ever more sharply.
 */
import { CentralPath } from './central-path.ts';
import type { FisherSolver } from './fisher-market.ts';
import { solveLinear } from './linear-equilibrium.ts';
import { solveScarce } from './scarce-goods.ts';
import { linearFrom } from './spending.ts';

/** Below this, agents need goods so much together that some good may well be free. */
const complementsFrom = -1;
/** Sharper, and rounding of prices shows in what agents spend. */
const gentlest = 16;
const sharpest = 1e5;
const sharpening = 4;
const patience = 200;
/** What linear agents may regret in the end, as a part of all money. */
const settled = 1e-16;

export const eisenbergGale: FisherSolver = {
  name: 'eisenberg-gale',
  unfit: () => undefined,
  solve(market, options) {
    const { rho, goodCount } = market;
    const smooth = rho.every((r) => r < linearFrom);
    if (rho.every((r) => r >= linearFrom)) {
      const exact = solveLinear(market, options);
      if (exact) return { ...exact, method: this.name };
    }
    if (rho.every((r) => r === Number.NEGATIVE_INFINITY)) {
      const scarce = solveScarce(market, options);
      if (scarce) return { ...scarce, method: this.name };
    }
    const path = new CentralPath(market, options);
    let barrier = rho.some((r) => r < complementsFrom) ? 0.1 / goodCount : 0;
    const lowest = path.lastBarrier;
    let [sharpness, rounds] = [gentlest, 0];
    if (!smooth) path.sharpen(0, sharpness);
    while (!path.exhausted()) {
      if (barrier > lowest) path.descend(barrier, 1, true);
      else path.descend(barrier, sharpness === sharpest ? 1e-10 : smooth ? 1e-6 : 0.03);
      if (barrier <= lowest && (smooth || path.regret() <= settled)) {
        path.descend(barrier, 1e-12);
        if (smooth || path.regret() <= 10 * settled) break;
      }
      if (barrier > lowest) barrier *= 0.1;
      if (smooth) continue;
      if (++rounds === patience) break;
      const sharper = Math.min(sharpest, sharpness * sharpening);
      path.sharpen(sharpness, sharper);
      sharpness = sharper;
    }
    return { ...path.solution(), method: this.name };
  },
};
