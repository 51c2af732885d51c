import { createService, openStore, type Places } from '@mechane/server';
import { expect, onTestFinished, test } from 'vitest';

const adminToken = 'the token of the one who runs it all';

async function asked(seen?: Places['seen'], token = adminToken): Promise<Response> {
  const store = await openStore('sqlite::memory:');
  const places: Places = { ask: () => Promise.reject(new Error('nobody holds anything')), ...(seen ? { seen } : {}) };
  const service = createService({ plugins: [], store, adminToken, places });
  onTestFinished(async () => {
    await service.close();
    await store.close();
  });
  return service.fetch(new Request('http://here.test/cluster', { headers: { authorization: `Bearer ${token}` } }));
}

const node = { address: '10.0.0.1:4701', isUp: true, holdsSessions: true, works: false };
const job = { name: 'run-1', what: '{"command":"run"}', begun: '2026-11-30T08:00:00.000Z', pieces: 3, done: 1 };

test('whoever runs several services is told of them and of their work, without what it is about', async () => {
  const answer = await asked(async () => ({ nodes: [node], jobs: [job] }));
  const { what: _, ...told } = job;
  expect(await answer.json()).toEqual({ nodes: [node], jobs: [told] });
});

test('a service that is alone tells of none', async () => {
  expect(await (await asked()).json()).toEqual({ nodes: [], jobs: [] });
});

test('nobody else is told', async () => {
  expect((await asked(async () => ({ nodes: [node], jobs: [job] }), 'guessed')).status).toBe(401);
});
