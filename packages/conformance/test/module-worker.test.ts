import { beforeAll, expect, test, vi } from 'vitest';
import type { Said, Task } from '../src/apart/said.ts';

const at = (name: string): string => new URL(`./modules/${name}.mjs`, import.meta.url).href;

/** What the worker has said, and how it is spoken to, without a thread. */
const said: Said[] = [];
let tell: (message: Task | 'stop') => void = () => {};

beforeAll(async () => {
  const parentPort = {
    // As a thread's door: functions do not pass it.
    postMessage: (message: Said) => void said.push(structuredClone(message)),
    on: (_: string, listener: typeof tell) => {
      tell = listener;
    },
  };
  const { getBuiltinModule } = process;
  const door = vi
    .spyOn(process, 'getBuiltinModule')
    .mockImplementation(((name: string) =>
      name === 'node:worker_threads' ? { parentPort } : getBuiltinModule(name)) as typeof getBuiltinModule);
  await import('../src/apart/module-worker.ts');
  door.mockRestore();
});

/** What is said to a message, up to the last of it. */
async function answered(message: Task, isLast: (said: Said) => boolean): Promise<readonly Said[]> {
  said.length = 0;
  tell(message);
  await vi.waitFor(() => expect(said.some(isLast)).toBe(true), 60_000);
  return said.filter((each) => !('alive' in each));
}

test('a worker says what it has loaded, how far it is, and what it finds', async () => {
  const task: Task = { module: at('pays'), laws: ['strategy-proof'], runs: 3 };
  expect(await answered(task, (each) => 'report' in each)).toMatchObject([
    { subjects: 1 },
    { begun: { mechanism: 'test/pays-its-bid', seed: 1 } },
    { progress: { law: 'strategy-proof', claim: true, done: 0, total: 1 } },
    { verdict: { law: 'strategy-proof', verdict: 'refuted' } },
    { report: { mechanism: 'test/pays-its-bid', laws: [{ verdict: 'refuted' }] } },
  ]);
});

test.each([
  ['missing', 'to-load'],
  ['nothing', 'to-find-subjects'],
])('a worker says why it cannot examine a module: %s', async (name, failed) => {
  expect(await answered({ module: at(name) }, (each) => 'failed' in each)).toMatchObject([{ failed }]);
});

test('what cannot be sent as it is, is sent as JSON', async () => {
  const task: Task = { module: at('keeps-a-function'), laws: ['strategy-proof'], runs: 3 };
  const [report] = (await answered(task, (each) => 'report' in each)).flatMap((each) =>
    'report' in each ? [each.report] : [],
  );
  expect(report?.laws).toMatchObject([{ verdict: 'refuted' }]);
});

test('a worker that is told to stop has not decided', async () => {
  tell('stop');
  const task: Task = { module: at('pays'), laws: ['strategy-proof'] };
  expect(await answered(task, (each) => 'report' in each)).toContainEqual({
    report: expect.objectContaining({ laws: [expect.objectContaining({ verdict: 'undecided' })] }),
  });
});
