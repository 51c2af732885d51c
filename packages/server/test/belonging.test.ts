import { expect, test } from 'vitest';
import { adminToken, type House, openHouse } from './house.ts';

/** Makes a session that people come into by a code, as a class does. */
async function openClass(house: House, code: string): Promise<{ id: string; tokens: Record<string, string> }> {
  const body = { mechanism: 'auction-sealed/second-price', agents: [], entry: 'open', label: 'a class' };
  const made = await house.post('/sessions', {
    token: adminToken,
    body,
    headers: { 'idempotency-key': `code ${code}` },
  });
  const { body: found } = await house.get(`/codes/${code.toLowerCase()}`);
  expect(found.session).toBe(made.body.id);
  const tokens: Record<string, string> = {};
  for (const agent of ['ann', 'bob']) {
    const joined = await house.post(`/sessions/${found.session}/join`, { token: found.joinToken, body: { agent } });
    tokens[agent] = joined.body.token;
  }
  return { id: made.body.id, tokens };
}

const auction = { mechanism: 'auction-sealed/first-price', label: 'round 1' };

test('whoever has a code comes in, whatever the case of its letters; of a code that nobody gave, nothing is known', async () => {
  const house = await openHouse();
  const { id } = await openClass(house, 'HAWK42');
  expect((await house.get(`/sessions/${id}`)).body).toMatchObject({ label: 'a class', agents: ['ann', 'bob'] });
  expect(await house.get('/codes/HAWK43')).toMatchObject({ status: 404, body: { code: 'unknown-code' } });
});

test('a code opens no session that is closed to others, and none that has ended', async () => {
  const house = await openHouse();
  const headers = { 'idempotency-key': 'code SHUT' };
  await house.post('/sessions', { token: adminToken, body: { ...auction, agents: ['ann'] }, headers });
  expect((await house.get('/codes/SHUT')).status).toBe(404);
  const { id } = await openClass(house, 'OVER');
  await house.post(`/sessions/${id}/cancel`, { token: adminToken });
  expect((await house.get('/codes/OVER')).status).toBe(404);
});

test('a session that belongs to another hands its places to those who take part there, each with what it alone is told', async () => {
  const house = await openHouse();
  const { id, tokens } = await openClass(house, 'HAWK42');
  const agents = [
    { id: 'ann', told: { value: 73 } },
    { id: 'bob', told: { value: 21 } },
  ];
  const waiting = house.get(`/sessions/${id}/places?wait=20`, tokens.ann);
  const first = await house.make({ ...auction, agents, of: id });
  const { body } = await waiting;
  expect(body).toEqual([
    { session: first.id, mechanism: auction.mechanism, label: 'round 1', token: first.tokens.ann, told: { value: 73 } },
  ]);
  expect(JSON.stringify((await house.get(`/sessions/${first.id}`, tokens.bob)).body)).not.toContain('73');
  const second = await house.make({ ...auction, agents: ['ann'], of: id });
  const after = (who: string): Promise<{ body: { session: string }[] }> =>
    house.get(`/sessions/${id}/places?after=${first.id}`, tokens[who]);
  expect((await after('ann')).body.map(({ session }) => session)).toEqual([second.id]);
  expect((await after('bob')).body).toEqual([]);
});

test('after a restart, the places are the same, and whoever waits hears of new ones', async () => {
  const before = await openHouse();
  const { id, tokens } = await openClass(before, 'HAWK42');
  const first = await before.make({ ...auction, agents: ['bob'], of: id });
  const house = await before.restart();
  const { body } = await house.get(`/sessions/${id}/places`, tokens.bob);
  expect(body).toMatchObject([{ session: first.id, token: first.tokens.bob }]);
  const waiting = house.get(`/sessions/${id}/places?after=${first.id}&wait=20`, tokens.bob);
  const second = await house.make({ ...auction, agents: ['bob'], of: id });
  expect((await waiting).body).toMatchObject([{ session: second.id }]);
});

test('places are for those who take part: others are turned away', async () => {
  const house = await openHouse();
  const { id, tokens } = await openClass(house, 'HAWK42');
  const other = await house.make({ ...auction, agents: ['eve'] });
  expect((await house.get(`/sessions/${id}/places`)).status).toBe(401);
  expect((await house.get(`/sessions/${id}/places`, other.tokens.eve)).status).toBe(403);
  expect((await house.get(`/sessions/${id}/places?wait=soon`, tokens.ann)).status).toBe(400);
});

test('what belongs to a session is listed alone, page by page; to one that is not there, nothing belongs', async () => {
  const house = await openHouse();
  const { id } = await openClass(house, 'HAWK42');
  await house.make({ ...auction, agents: ['ann'] });
  const own = [await house.make({ ...auction, agents: ['ann'], of: id })];
  await house.make({ ...auction, agents: ['ann'] });
  own.push(await house.make({ ...auction, agents: ['bob'], of: id }));
  const listed = await house.get(`/sessions?of=${id}&limit=1`);
  expect(listed.body).toMatchObject([{ id: own[0]?.id, of: id, label: 'round 1' }]);
  expect(listed.headers.get('link')).toBe(`</sessions?after=${own[0]?.id}&limit=1&of=${id}>; rel="next"`);
  expect((await house.get(`/sessions?of=${id}&after=${own[0]?.id}`)).body).toMatchObject([{ id: own[1]?.id }]);
  expect((await house.get('/sessions?of=nowhere')).body).toEqual([]);
});

test('once the session that others belong to has ended, nobody waits for more', async () => {
  const house = await openHouse();
  const { id, tokens } = await openClass(house, 'HAWK42');
  const first = await house.make({ ...auction, agents: ['ann'], of: id });
  await house.post(`/sessions/${id}/close`, { token: adminToken });
  const { body } = await house.get(`/sessions/${id}/places?wait=20`, tokens.ann);
  expect(body).toMatchObject([{ session: first.id }]);
  expect((await house.get(`/sessions/${id}/places?wait=20`, tokens.bob)).body).toEqual([]);
});

test('of a round that is open, all see how many have answered, and nobody what', async () => {
  const house = await openHouse();
  const made = await house.make({ ...auction, agents: ['ann', 'bob'] });
  const seen = async (): Promise<unknown> => (await house.get(`/sessions/${made.id}`)).body.answered;
  expect(await seen()).toBe(0);
  await house.post(`/sessions/${made.id}/messages`, { token: made.tokens.ann, body: { message: { bid: 7 } } });
  expect(await seen()).toBe(1);
});
