import { deserialize } from 'node:v8';
import type { CheckedSimulation } from '../checked-simulation.ts';
import type { Context } from '../context.ts';
import type { SimulateOptions } from '../simulate-options.ts';
import type { NamedTask } from './named-task.ts';
import { Spread, valueIn } from './spread.ts';

/** Simulates an experiment once for each seed, by the nodes of a cluster, and tells what came of it. @throws ReportedElsewhere what the first that cannot be played throws. */
export async function simulatedByNodes(
  experiment: unknown,
  seeds: readonly number[],
  file: string,
  { cluster = '', job, json, csv, seed }: SimulateOptions,
  context: Context,
  tell: (simulations: readonly CheckedSimulation[]) => Promise<void>,
): Promise<void> {
  const typed = { experiment, seeds: seeds.length, ...(seed === undefined ? {} : { seed }), json, csv };
  const record = { command: 'simulate', inputs: [file], options: typed } as const;
  const tasks = seeds.map((each): NamedTask => ({ task: 'replicate', given: { experiment, seed: each } }));
  await new Spread(cluster, job, context).told({ record, tasks }, async (outcomes) => {
    const simulations: CheckedSimulation[] = [];
    for await (const outcome of outcomes)
      simulations.push(deserialize(Buffer.from(valueIn(outcome) as string, 'base64')) as CheckedSimulation);
    await tell(simulations);
  });
}
