import type { ArmSummary, Experiment, JointPlay, SimulateOptions, Simulation } from '@mechane/adaptive';
import type { Mechane, Mechanism } from '@mechane/core';
import type { Adaptive } from './adaptive.ts';
import { checkEquilibrium, type EquilibriumCheck } from './equilibrium-check.ts';

/** A simulation, and how far what was played is from equilibria. */
export interface CheckedSimulation extends Simulation {
  readonly equilibrium: EquilibriumCheck;
}

export interface Simulating extends Pick<SimulateOptions, 'signal' | 'seed' | 'onProgress'> {
  readonly cwd: string;
  readonly mechane: Mechane<Mechanism>;
}

/** Simulates an experiment, which may be any JSON, and checks how far what was played is from equilibria. */
export async function checkedSimulation(
  { simulate }: Adaptive,
  experiment: unknown,
  { cwd, ...options }: Simulating,
): Promise<CheckedSimulation> {
  const heard: { readonly arm: number; readonly play: JointPlay | undefined }[] = [];
  const simulated = await simulate(experiment as Experiment, {
    ...options,
    onPlay: (arm, play) => heard.push({ arm, play }),
  });
  const played = heard.map(({ arm, play }) => {
    const { mechanism, settings } = simulated.arms[arm] as ArmSummary;
    return { arm, play, mechanism, settings };
  });
  return { ...simulated, equilibrium: await checkEquilibrium(cwd, options.mechane, played) };
}
