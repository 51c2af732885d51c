import { expect, test, vi } from 'vitest';
import type { SilenceWatch } from '../src/foreign/silence.ts';

const patience = { first: 40, others: 20 };
const watch: SilenceWatch = { cells: new Int32Array(new SharedArrayBuffer(12)), group: 4_711, patience };
const threads = { workerData: watch };
vi.mock('node:worker_threads', () => ({ ...threads, default: threads, Worker: class {} }));

test('a question that is not answered in time ends the whole group of processes, and only that does', async () => {
  const kill = vi.spyOn(process, 'kill').mockImplementation(() => {
    throw new Error('there is no such group');
  });
  try {
    const [question, silent, watching] = [0, 1, 2];
    // Nobody watches any more: nothing happens, and it ends.
    Atomics.store(watch.cells, watching, 0);
    await import('../src/foreign/silence-worker.ts');
    expect(kill).not.toHaveBeenCalled();
    // The second question is not answered.
    Atomics.store(watch.cells, watching, 1);
    Atomics.store(watch.cells, question, 2);
    vi.resetModules();
    await import('../src/foreign/silence-worker.ts');
    expect(kill).toHaveBeenCalledExactlyOnceWith(-4_711, 'SIGKILL');
    expect(Atomics.load(watch.cells, silent)).toBe(1);
  } finally {
    kill.mockRestore();
  }
});
