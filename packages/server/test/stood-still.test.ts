import { createService, type Places, type Service, type ServiceOptions } from '@mechane/server';
import { expect, onTestFinished, test, vi } from 'vitest';
import { type Answer, adminToken, mechaneForTests, openHouse } from './house.ts';

/** A service that takes itself for the holder of every session of a store. */
function holderOn(store: ServiceOptions['store']) {
  const places: Places = { ask: (_, request) => service.here(request) };
  const service: Service = createService({ mechane: mechaneForTests(), adminToken, store, places });
  onTestFinished(() => service.close());
  return async (
    method: string,
    path: string,
    token?: string,
    body?: object,
  ): Promise<Pick<Answer, 'status' | 'body'>> => {
    const response = await service.fetch(
      new Request(`http://house.test${path}`, {
        method,
        headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );
    const text = await response.text();
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
  };
}

test('a service that stood still shows, and asks, what another has made of a session meanwhile', async () => {
  const { store } = await openHouse();
  const now = performance.now.bind(performance);
  let stoodStill = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => now() + stoodStill);
  onTestFinished(() => {
    vi.restoreAllMocks();
  });
  const [first, second] = [holderOn(store), holderOn(store)];
  const settings = { startingPrice: 0, increment: 1 };
  const making = { mechanism: 'auction-english/clock', settings, agents: ['ann', 'bob'] };
  const { id, agents } = (await first('POST', '/sessions', adminToken, making)).body;
  const before = (await first('GET', `/sessions/${id}`)).body;
  expect((await second('GET', `/sessions/${id}`)).body).toEqual(before);
  for (const agent of ['ann', 'bob'])
    expect(await second('POST', `/sessions/${id}/messages`, agents[agent].token, { message: 'in' })).toMatchObject({
      status: 201,
    });
  await vi.waitFor(async () => expect((await second('GET', `/sessions/${id}`)).body.round).toBe(2));
  const after = (await second('GET', `/sessions/${id}`)).body;
  expect([before.round, after.round]).toEqual([1, 2]);
  stoodStill += 2_000;
  expect((await first('GET', `/sessions/${id}/ask`, agents.ann.token)).body).toMatchObject({ round: 2 });
  expect((await first('GET', `/sessions/${id}`)).body).toEqual(after);
  expect((await first('GET', '/sessions')).body).toEqual([after]);
  for (const agent of ['ann', 'bob'])
    await second('POST', `/sessions/${id}/messages`, agents[agent].token, { message: agent === 'ann' ? 'in' : 'out' });
  await vi.waitFor(async () => expect((await second('GET', `/sessions/${id}`)).body.status).toBe('closed'));
  stoodStill += 2_000;
  const { body: ended } = await first('GET', `/sessions/${id}`);
  expect(ended).toMatchObject({ status: 'closed', outcome: { winner: 'ann', payment: 1 } });
  expect(await first('GET', `/sessions/${id}/ask`, agents.ann.token)).toMatchObject({ status: 204 });
});
