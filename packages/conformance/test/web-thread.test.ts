import { verifyModule } from '@mechane/conformance/thread';
import { afterEach, expect, test, vi } from 'vitest';
import { starter } from '../src/apart/thread.ts';

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

type Hear = (event: { readonly data?: unknown; readonly message?: string }) => void;

/** A browser whose threads do what a test says, once they have a task. */
function inABrowser(act: (say: (data: unknown) => void, fail: (message: string) => void) => void): string[] {
  const ended: string[] = [];
  class Worker {
    readonly #listeners = new Map<string, Hear>();
    addEventListener(event: string, hear: Hear): void {
      this.#listeners.set(event, hear);
    }
    postMessage(): void {
      act(
        (data) => this.#listeners.get('message')?.({ data }),
        (message) => this.#listeners.get('error')?.({ message }),
      );
    }
    terminate(): void {
      ended.push('terminated');
    }
  }
  vi.spyOn(process, 'getBuiltinModule').mockReturnValue(undefined as never);
  vi.stubGlobal('Worker', Worker);
  return ended;
}

const module = new URL('https://auctions.example/mine.js');
const begun = { mechanism: 'test/hangs', seed: 1, kit: '0.0.0' };
const progress = { mechanism: 'test/hangs', law: 'efficient', mode: 'interim', claim: true, done: 1, total: 2 };
const verdict = { law: 'no-deficit', claim: true, verdict: 'holds', method: 'exhaustive', examined: 3 };

test('a thread of a browser that says nothing any more is ended, and what it had found is told', async () => {
  const ended = inABrowser((say) => {
    for (const said of [{ subjects: 2 }, { begun }, { verdict }, { progress }]) say(said);
  });
  const reports = await verifyModule(module, { silence: 0.05 });
  expect(reports).toMatchObject([
    { ...begun, laws: [verdict, { law: 'efficient', mode: 'interim', verdict: 'does-not-end' }] },
  ]);
  expect(ended).toEqual(['terminated']);
});

test('a thread that is silent before it has begun with any subject has not loaded them', async () => {
  inABrowser((say) => say({ subjects: 1 }));
  await expect(verifyModule(module, { silence: 0.05 })).rejects.toMatchObject({ code: 'module-unusable' });
});

test('a thread of a browser that fails is told of', async () => {
  inABrowser((_, fail) => fail('the script is none'));
  await expect(verifyModule(module)).rejects.toMatchObject({
    code: 'module-unusable',
    message: expect.stringContaining('the script is none'),
  });
});

test('a thread of a browser hears whoever started it, and answers', () => {
  inABrowser(() => {});
  const heard: unknown[] = [];
  const listeners: Hear[] = [];
  vi.stubGlobal('addEventListener', (_: string, hear: Hear) => listeners.push(hear));
  vi.stubGlobal('postMessage', (message: unknown) => heard.push(`sent ${message}`));
  const { send, hear } = starter();
  hear(
    (message) => heard.push(`heard ${message}`),
    () => {},
  );
  for (const listener of listeners) listener({ data: 'a task' });
  send('an answer');
  expect(heard).toEqual(['heard a task', 'sent an answer']);
});
