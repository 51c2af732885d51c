/** What works beside the page, each in a worker of its own. */
export type Beside = 'kit' | 'solver' | 'simulator';

const starting: Readonly<Record<Beside, () => Worker>> = {
  kit: () => new Worker(new URL('./kit/kit-worker.ts', import.meta.url), { type: 'module' }),
  solver: () => new Worker(new URL('./games/solver.ts', import.meta.url), { type: 'module' }),
  simulator: () => new Worker(new URL('./simulation/simulator.ts', import.meta.url), { type: 'module' }),
};

/** Starts a worker; whoever starts it ends it. */
export function startWorker(name: Beside): Worker {
  return starting[name]();
}
