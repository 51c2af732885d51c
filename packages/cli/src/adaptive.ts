import { fileURLToPath } from 'node:url';
import type { Mechane, Mechanism } from '@mechane/core';
import type { EquilibriumCheck } from './equilibrium-check.ts';
import { CliError } from './errors.ts';
import { findPluginPackages } from './plugin-folders.ts';
import { importFrom } from './plugins.ts';

/** A mean and how far the 95 % interval goes to either side; `null` as JSON where nothing is known of it. */
export interface Estimated {
  readonly mean: number;
  readonly halfWidth: number | null;
}

/** What is shown of an arm. */
export interface SimulatedArm {
  readonly mechanism: string;
  readonly settings: unknown;
  readonly pulls: number | Estimated | null;
  readonly welfare: Estimated | null;
  readonly revenue: Estimated | null;
  readonly efficiency: Estimated | null;
  readonly priceOfAnarchy: number | Estimated | null;
  readonly smithsAlpha: number | Estimated | null;
}

/** A simulation, as far as the command looks into it. */
export interface Simulated {
  readonly seed: number;
  readonly rounds: number;
  readonly complete: boolean;
  readonly reason?: string;
  readonly objective: string;
  readonly pulls: readonly number[];
  readonly reward: Estimated | null;
  readonly regret: { readonly designer: number; readonly bidders: readonly SimulatedBidder[] };
  readonly history: readonly { readonly round: number; readonly kind: string; readonly because: string }[];
  readonly failures: readonly { readonly arm: number; readonly round: number }[];
  readonly arms: readonly SimulatedArm[];
  readonly convergence: { readonly coarse: number; readonly correlated: number | null };
}

/** A simulation, and how far what was played is from equilibria. */
export interface CheckedSimulation extends Simulated {
  readonly equilibrium: EquilibriumCheck;
}

/** How often everybody bid what: see the package. */
export interface JointPlay {
  readonly agents: readonly string[];
  readonly reports: readonly (readonly object[])[];
  readonly types: readonly (readonly object[])[];
  readonly counts: readonly (readonly Float64Array[])[];
  readonly rounds: number;
  readonly range: number;
}

export interface SimulatedBidder {
  readonly agent: string;
  readonly kind: string;
  readonly arm: number;
  readonly utility: Estimated | null;
  readonly externalRegret: number;
  readonly swapRegret: number | null;
}

/** What replications come to. */
export interface Replicated {
  readonly reward: Estimated | null;
  readonly regret: Estimated | null;
  readonly coarse: Estimated | null;
  readonly correlated: Estimated | null;
  readonly arms: readonly SimulatedArm[];
}

/** The part of @mechane/adaptive that the command uses. */
export interface Adaptive {
  simulate(
    experiment: unknown,
    options: {
      readonly mechane: Mechane<Mechanism>;
      readonly signal: AbortSignal;
      readonly seed?: number;
      onProgress(rounds: number): void;
      onPlay?(arm: number, play: JointPlay | undefined): void;
    },
  ): Promise<Simulated>;
  replicated(simulations: readonly Simulated[]): Replicated;
}

const packageName = '@mechane/adaptive';
const commandFolder: string = fileURLToPath(new URL('..', import.meta.url)).replace(/[/\\]$/, '');

/**
 * Loads @mechane/adaptive as the project in `cwd` would.
 *
 * @throws CliError `missing-plugin` when the project does not depend on it
 */
export async function adaptiveOf(cwd: string): Promise<Adaptive> {
  const found = findPluginPackages(cwd, commandFolder).find(({ name }) => name === packageName);
  if (found === undefined) {
    throw new CliError('missing-plugin', {
      problem: `simulations are run by ${packageName}, which is not installed here`,
      fix: `npm install ${packageName}`,
    });
  }
  return (await importFrom(found)) as object as Adaptive;
}
