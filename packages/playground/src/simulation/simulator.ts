import { type Experiment, type Simulation, simulate } from '@mechane/adaptive';
import { sealedAuctions } from '@mechane/auction-sealed';
import { createMechane } from '@mechane/core';

/** What the simulator says: how play went up to some round, or what went wrong. */
export type SimulatorAnswer = { readonly simulation: Simulation; readonly over: boolean } | { readonly error: string };

const mechane = createMechane().use(sealedAuctions);

addEventListener('message', ({ data }: MessageEvent<Experiment>) => {
  void watched(data).catch((thrown: unknown) =>
    postMessage({ error: thrown instanceof Error ? thrown.message : String(thrown) } satisfies SimulatorAnswer),
  );
});

/** Simulates longer and longer with the same seed: what is shown early is how the longer run began. */
async function watched(experiment: Experiment): Promise<void> {
  for (let rounds = Math.min(500, experiment.rounds); ; rounds = Math.min(rounds * 2, experiment.rounds)) {
    const simulation = await simulate({ ...experiment, rounds }, { mechane });
    const over = rounds >= experiment.rounds;
    // Plain values only: what is handed over is copied.
    postMessage(JSON.parse(JSON.stringify({ simulation, over })) as SimulatorAnswer);
    if (over) return;
  }
}
