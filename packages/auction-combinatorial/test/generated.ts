import { createMechane, definePlugin } from '@mechane/core';
import { packageGenerators } from '../src/generators/package-generators.ts';
import type { PackageScenario } from '../src/generators/package-scenario.ts';

const mechane = createMechane().use(
  definePlugin({ name: 'generators', version: '1.0.0', mechanisms: [], generators: packageGenerators }),
);

/** An instance of one of the package's generators. */
export function generated(id: string, settings: object = {}, seed = 1): PackageScenario {
  return mechane.generate(id, { settings, seed }).instance as PackageScenario;
}

export interface FlatBid {
  readonly bidder: string;
  readonly goods: readonly number[];
  readonly value: number;
}

/** All bids of an instance whose goods are called by their numbers. */
export function bidsOf({ reports }: PackageScenario): FlatBid[] {
  return Object.entries(reports).flatMap(([bidder, { xor }]) =>
    xor.map(({ bundle, value }) => ({ bidder, goods: bundle.map(Number), value })),
  );
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** How far a mean over a sample may stray: five standard errors. */
export function strayOf(values: readonly number[]): number {
  const middle = mean(values);
  return 5 * Math.sqrt(mean(values.map((value) => (value - middle) ** 2)) / values.length);
}
