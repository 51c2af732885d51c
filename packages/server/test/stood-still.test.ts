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

/** A clock on which a service can stand still. */
function stillness(): (milliseconds: number) => void {
  const now = performance.now.bind(performance);
  let stoodStill = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => now() + stoodStill);
  onTestFinished(() => {
    vi.restoreAllMocks();
  });
  return (milliseconds) => {
    stoodStill += milliseconds;
  };
}

/** A clock of ann and bob at two services that both take themselves for its holder, in its first round. */
async function clockAtTwo() {
  const { store } = await openHouse();
  const standStill = stillness();
  const [first, second] = [holderOn(store), holderOn(store)];
  const settings = { startingPrice: 0, increment: 1 };
  const making = { mechanism: 'auction-english/clock', settings, agents: ['ann', 'bob'] };
  const { id, agents } = (await first('POST', '/sessions', adminToken, making)).body;
  return { standStill, first, second, id, agents };
}

test('a service that stood still shows, and asks, what another has made of a session meanwhile', async () => {
  const { standStill, first, second, id, agents } = await clockAtTwo();
  const before = (await first('GET', `/sessions/${id}`)).body;
  expect((await second('GET', `/sessions/${id}`)).body).toEqual(before);
  for (const agent of ['ann', 'bob'])
    expect(await second('POST', `/sessions/${id}/messages`, agents[agent].token, { message: 'in' })).toMatchObject({
      status: 201,
    });
  await vi.waitFor(async () => expect((await second('GET', `/sessions/${id}`)).body.round).toBe(2));
  const after = (await second('GET', `/sessions/${id}`)).body;
  expect([before.round, after.round]).toEqual([1, 2]);
  standStill(2_000);
  expect((await first('GET', `/sessions/${id}/ask`, agents.ann.token)).body).toMatchObject({ round: 2 });
  expect((await first('GET', `/sessions/${id}`)).body).toEqual(after);
  expect((await first('GET', '/sessions')).body).toEqual([after]);
  for (const agent of ['ann', 'bob'])
    await second('POST', `/sessions/${id}/messages`, agents[agent].token, { message: agent === 'ann' ? 'in' : 'out' });
  await vi.waitFor(async () => expect((await second('GET', `/sessions/${id}`)).body.status).toBe('closed'));
  standStill(2_000);
  const { body: ended } = await first('GET', `/sessions/${id}`);
  expect(ended).toMatchObject({ status: 'closed', outcome: { winner: 'ann', payment: 1 } });
  expect(await first('GET', `/sessions/${id}/ask`, agents.ann.token)).toMatchObject({ status: 204 });
});

test('whoever waits at a service that stands still meanwhile is asked what another asks by then', async () => {
  const { standStill, first, second, id, agents } = await clockAtTwo();
  const say = (at: typeof first, agent: string, round: number) =>
    at('POST', `/sessions/${id}/messages`, agents[agent].token, { message: 'in', round });
  await say(first, 'ann', 1);
  // At the first service, ann waits for the second round; at the second service, that is over by then.
  const waiting = first('GET', `/sessions/${id}/ask?wait=30`, agents.ann.token);
  await second('GET', `/sessions/${id}`);
  standStill(2_000);
  for (const [agent, round] of [
    ['bob', 1],
    ['ann', 2],
    ['bob', 2],
  ] as const)
    await vi.waitFor(async () => expect(await say(second, agent, round)).toMatchObject({ status: 201 }));
  standStill(2_000);
  expect(await say(first, 'bob', 1)).toMatchObject({ status: 503, body: { code: 'seq-taken' } });
  expect((await waiting).body).toMatchObject({ round: 3 });
});

test('a service that stood still refuses nothing that counts, or would count, where another has gone on', async () => {
  const { standStill, first, second, id, agents } = await clockAtTwo();
  const say = (at: typeof first, agent: string, message: unknown, round: number) =>
    at('POST', `/sessions/${id}/messages`, agents[agent].token, { message, key: `${agent} ${round}`, round });
  await second('GET', `/sessions/${id}`);
  const receipts = [await say(second, 'ann', 'in', 1), await say(second, 'bob', 'in', 1)];
  await vi.waitFor(async () => expect((await second('GET', `/sessions/${id}`)).body.round).toBe(2));
  standStill(2_000);
  // To the first service, this is a round that has not begun.
  const third = await first('POST', `/sessions/${id}/messages`, agents.ann.token, {
    message: 'in',
    round: 2,
    key: 'a',
  });
  expect(third).toMatchObject({ status: 201, body: { receipt: { session: id } } });
  expect([await say(first, 'ann', 'in', 1), await say(first, 'bob', 'in', 1)]).toEqual(receipts);
  // To the second, now, bob has not answered.
  standStill(2_000);
  expect(await say(first, 'bob', 'out', 2)).toMatchObject({ status: 201 });
  expect(await say(second, 'bob', 'in', 2)).toMatchObject({ status: 503, body: { code: 'seq-taken' } });
  await vi.waitFor(async () => expect((await say(second, 'bob', 'in', 2)).body.code).toBe('key-reused'));
});
