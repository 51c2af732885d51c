import { setTimeout as pause } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { englishAuctions } from '@mechane/auction-english';
import { createService, openStore, type Places } from '@mechane/server';
import { expect, onTestFinished, test } from 'vitest';

const adminToken = 'the token of the one who runs it all';

/** A service that shares a store with another, which has made a session and holds it. */
async function beside(ask: (there: (request: Request) => Promise<Response>) => Places['ask']) {
  const store = await openStore('sqlite::memory:');
  const plugins = [englishAuctions];
  const there = createService({ plugins, store, adminToken });
  const shared = new Proxy(store, {
    get(target, name: keyof typeof store) {
      if (name !== 'list') return target[name].bind(target);
      return async (...given: Parameters<typeof store.list>) =>
        (await target.list(...given)).map((stored) => ({ ...stored, heldBy: 'another node' }));
    },
  });
  const here = createService({ plugins, store: shared, adminToken, places: { ask: ask(there.here) } });
  onTestFinished(async () => {
    await here.close();
    await there.close();
    await store.close();
  });
  const headers = { authorization: `Bearer ${adminToken}` };
  const making = { mechanism: 'auction-english/clock', settings: { startingPrice: 0, increment: 1 }, agents: ['ann'] };
  const body = JSON.stringify(making);
  await there.fetch(new Request('http://there.test/sessions', { method: 'POST', headers, body }));
  const list = async (own: Record<string, string>): Promise<unknown> =>
    (await here.fetch(new Request('http://here.test/sessions', { headers: own }))).json();
  const seen = await (await there.fetch(new Request('http://there.test/sessions'))).json();
  return { list, headers, seen };
}

test('a list tells of a session that another service holds what that says of it', async () => {
  const { list, headers, seen } = await beside((there) => (_, request) => there(request));
  expect(seen).toMatchObject([{ status: 'open', round: 1, head: expect.stringMatching(/./) }]);
  expect(await list({})).toEqual(seen);
  expect(await list(headers)).toEqual(seen);
});

test('a list tells that a session is open where the service that holds it does not answer', async () => {
  for (const ask of [
    () => Promise.reject(new Error('nobody is there')),
    () => Promise.resolve(new Response('{}', { status: 503 })),
  ]) {
    const { list } = await beside(() => ask);
    expect(await list({})).toMatchObject([{ status: 'open', round: 0, head: '', agents: ['ann'] }]);
  }
});

test('a list does not wait for a service that never answers', { tags: ['long'] }, async () => {
  const never: Places['ask'] = (_, { signal }) =>
    new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }));
  const { list } = await beside(() => never);
  const listed = list({});
  // Whatever nobody holds is gone before the time is over.
  setFlagsFromString('--expose-gc');
  for (let times = 0; times < 5; times++) {
    await pause(200);
    runInNewContext('gc')();
  }
  expect(await listed).toMatchObject([{ status: 'open', round: 0, head: '' }]);
});
