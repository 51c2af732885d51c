import type { Mechane, Mechanism } from '@mechane/core';
import type { Adaptive, CheckedSimulation, JointPlay, SimulatedArm } from './adaptive.ts';
import { checkEquilibrium } from './equilibrium-check.ts';

export interface Simulating {
  readonly cwd: string;
  readonly mechane: Mechane<Mechanism>;
  readonly signal: AbortSignal;
  readonly seed?: number;
  onProgress(rounds: number): void;
}

/** Simulates an experiment, and checks how far what was played is from equilibria. */
export async function checkedSimulation(
  { simulate }: Adaptive,
  experiment: unknown,
  { cwd, ...options }: Simulating,
): Promise<CheckedSimulation> {
  const heard: { readonly arm: number; readonly play: JointPlay | undefined }[] = [];
  const simulated = await simulate(experiment, { ...options, onPlay: (arm, play) => heard.push({ arm, play }) });
  const played = heard.map(({ arm, play }) => {
    const { mechanism, settings } = simulated.arms[arm] as SimulatedArm;
    return { arm, play, mechanism, settings };
  });
  return { ...simulated, equilibrium: await checkEquilibrium(cwd, options.mechane, played) };
}
