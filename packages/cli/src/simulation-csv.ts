import type { Estimate } from '@mechane/adaptive';
import type { CheckedSimulation } from './checked-simulation.ts';
import { csvLines } from './csv.ts';

const columns = [
  'seed',
  'rounds',
  'arm',
  'mechanism',
  'pulls',
  'welfare',
  'revenue',
  'efficiency',
  'price_of_anarchy',
  'smiths_alpha',
  'regret',
  'coarse',
  'correlated',
  'checked_coarse',
  'checked_correlated',
] as const;

/** A line for each arm of each simulation, under a line of names; what is not known is left empty. */
export function simulationsCsv(simulations: readonly CheckedSimulation[]): string {
  const lines = simulations.flatMap(({ seed, rounds, arms, regret, convergence, equilibrium }) =>
    arms.map((arm, index) => [
      seed,
      rounds,
      index,
      arm.mechanism,
      ...[arm.pulls, arm.welfare, arm.revenue, arm.efficiency, arm.priceOfAnarchy, arm.smithsAlpha].map(meanOf),
      regret.designer,
      convergence.coarse,
      convergence.correlated,
      equilibrium.coarse,
      equilibrium.correlated,
    ]),
  );
  return csvLines([columns, ...lines]);
}

function meanOf(measure: number | Estimate | null): number | null {
  return typeof measure === 'object' ? (measure?.mean ?? null) : measure;
}
