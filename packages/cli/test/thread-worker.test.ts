import { EventEmitter, once } from 'node:events';
import { beforeAll, expect, test, vi } from 'vitest';
import { here } from './command.ts';

/** The thread's end of the line, and what it is told when it starts: here, both ends are in one thread. */
const thread = vi.hoisted(() => ({
  parentPort: undefined as undefined | (EventEmitter & { postMessage(found: object): void }),
  workerData: { task: 'play', cwd: '', flag: new Int32Array(new SharedArrayBuffer(4)) },
}));
vi.mock('node:worker_threads', () => thread);

beforeAll(async () => {
  const port = new EventEmitter();
  thread.parentPort = Object.assign(port, { postMessage: (found: object) => port.emit('found', found) });
  thread.workerData.cwd = here;
  await import('../src/thread-worker.ts');
});

/** What the thread answers to a scenario. */
async function found(scenario: object): Promise<{ readonly result?: string; readonly error?: object }> {
  const port = thread.parentPort as EventEmitter;
  const answer = once(port, 'found');
  port.emit('message', scenario);
  const [reply] = await answer;
  return reply;
}

test('a thread that plays plays what it is sent, one after another', async () => {
  for (const [ann, bob] of [
    [3, 5],
    [9, 2],
  ] as const) {
    const reports = { ann: { bid: ann }, bob: { bid: bob } };
    const { result = '' } = await found({ mechanism: 'auction-sealed/second-price', reports });
    expect(JSON.parse(result).outcome).toMatchObject({
      winner: ann > bob ? 'ann' : 'bob',
      payment: Math.min(ann, bob),
    });
  }
});

test('what goes wrong comes back in its public form', async () => {
  const { error } = await found({ mechanism: 'auction-sealed/second-prise', reports: {} });
  expect(error).toMatchObject({ code: 'unknown-mechanism', fix: 'did you mean "auction-sealed/second-price"?' });
});

test('a search hears the flag, as it would hear a signal', async () => {
  const scenario = { mechanism: 'auction-sealed/second-price', reports: { ann: { bid: 3 } } };
  Atomics.store(thread.workerData.flag, 0, 1);
  expect(await found(scenario)).toMatchObject({ error: { code: 'aborted' } });
  Atomics.store(thread.workerData.flag, 0, 0);
  expect(JSON.parse((await found(scenario)).result ?? '').outcome.winner).toBe('ann');
});
