import { describe, expect, test } from 'vitest';
import { adminToken, type House, openHouse } from './house.ts';

const sealed = 'auction-sealed/second-price';
const clock = { mechanism: 'auction-english/clock', settings: { startingPrice: 1, increment: 1 } };

/** Says something in a session; the status of the answer, and its code where it is refused. */
async function says(
  house: House,
  { id, tokens }: { id: string; tokens: Readonly<Record<string, string>> },
  agent: string,
  body: object,
): Promise<string> {
  const { status, body: answer } = await house.post(`/sessions/${id}/messages`, { token: tokens[agent], body });
  return status === 201 ? 'heard' : `${status} ${answer.code}`;
}

const bid = (amount: number, more: object = {}): object => ({ message: { bid: amount }, ...more });
const onAccount = (id: string, account = 'acme'): object => ({ id, account });

describe('an account with a budget', () => {
  test('is refused what could cost more than it has, told what is left, and may say less', async () => {
    const house = await openHouse();
    expect((await house.budget('acme', 10)).body).toEqual({ id: 'acme', budget: 10, spent: 0, held: 0, left: 10 });
    const session = await house.make({ mechanism: sealed, agents: [onAccount('ann'), 'bob'] });
    const { status, body } = await house.post(`/sessions/${session.id}/messages`, {
      token: session.tokens.ann,
      body: bid(10.5),
    });
    expect({ status, ...body }).toMatchObject({
      status: 409,
      code: 'over-budget',
      path: ['message'],
      expected: 'what costs 10 at the most',
    });
    expect(await says(house, session, 'ann', bid(10))).toBe('heard');
    expect(await says(house, session, 'bob', bid(4))).toBe('heard');
    await expect.poll(async () => (await house.get(`/sessions/${session.id}`)).body.status).toBe('closed');
    // What it paid is the second price, not what it had let itself in for.
    expect((await house.budget('acme', 10)).body).toMatchObject({ spent: 4, held: 0, left: 6 });
  });

  test('has one purse across sessions: what is held in one cannot be spent in another, until that one is over', async () => {
    const house = await openHouse();
    await house.budget('acme', 10);
    const one = await house.make({ mechanism: sealed, agents: [onAccount('ann'), 'bob'] });
    const other = await house.make({ mechanism: sealed, agents: [onAccount('cat'), 'dan'] });
    expect(await says(house, one, 'ann', bid(7))).toBe('heard');
    expect(await says(house, other, 'cat', bid(4))).toBe('409 over-budget');
    expect(await says(house, other, 'cat', bid(3))).toBe('heard');
    expect(await says(house, one, 'bob', bid(9))).toBe('heard');
    await expect.poll(async () => (await house.get(`/sessions/${one.id}`)).body.status).toBe('closed');
    expect((await house.budget('acme', 10)).body).toMatchObject({ spent: 0, held: 3, left: 7 });
  });

  test('pays for several agents of one session, each of whom counts', async () => {
    const house = await openHouse();
    await house.budget('acme', 10);
    const both = await house.make({
      mechanism: 'auction-sealed/all-pay',
      agents: [onAccount('ann'), onAccount('bob')],
    });
    expect(await says(house, both, 'ann', bid(6))).toBe('heard');
    expect(await says(house, both, 'bob', bid(5))).toBe('409 over-budget');
    expect(await says(house, both, 'bob', bid(4))).toBe('heard');
    await expect.poll(async () => (await house.get(`/sessions/${both.id}`)).body.status).toBe('closed');
    expect((await house.budget('acme', 10)).body).toMatchObject({ spent: 10, left: 0 });
  });

  test('goes along with a rising price as far as its budget reaches', async () => {
    const house = await openHouse();
    await house.budget('acme', 2);
    const session = await house.make({ ...clock, agents: [onAccount('ann'), 'bob'] });
    for (const price of [1, 2]) {
      const { body } = await house.get(`/sessions/${session.id}/ask?wait=5`, session.tokens.ann);
      expect(body.content.price).toBe(price);
      expect(await says(house, session, 'ann', { message: 'in' })).toBe('heard');
      expect(await says(house, session, 'bob', { message: 'in' })).toBe('heard');
    }
    await house.get(`/sessions/${session.id}/ask?wait=5`, session.tokens.ann);
    expect(await says(house, session, 'ann', { message: 'in' })).toBe('409 over-budget');
    expect(await says(house, session, 'ann', { message: 'out' })).toBe('heard');
    expect(await says(house, session, 'bob', { message: 'in' })).toBe('heard');
    await expect.poll(async () => (await house.get(`/sessions/${session.id}`)).body.status).toBe('closed');
    expect((await house.budget('acme', 2)).body).toMatchObject({ spent: 0, held: 0 });
  });

  test('may think again: a lower bid lets go of what the higher one held, and a repeated message changes nothing', async () => {
    const house = await openHouse();
    await house.budget('acme', 10);
    const session = await house.make({ mechanism: sealed, agents: [onAccount('ann'), 'bob'], within: 60_000 });
    expect(await says(house, session, 'ann', bid(9, { key: 'first' }))).toBe('heard');
    expect(await says(house, session, 'ann', bid(3, { key: 'second' }))).toBe('heard');
    expect((await house.budget('acme', 10)).body).toMatchObject({ held: 3 });
    // What was said before under this key is not said again.
    expect(await says(house, session, 'ann', bid(9, { key: 'first' }))).toBe('heard');
    expect((await house.budget('acme', 10)).body).toMatchObject({ held: 3 });
    expect(await says(house, session, 'ann', bid(1, { key: 'second' }))).toBe('409 key-reused');
    expect(await says(house, session, 'ann', bid(2, { round: 7 }))).toBe('409 out-of-turn');
    expect(await says(house, session, 'ann', { message: { bid: 'all' } })).toBe('400 invalid-message');
    expect((await house.budget('acme', 10)).body).toMatchObject({ held: 3 });
  });

  test('is kept over a restart, with what was held in the middle of a clock', async () => {
    const house = await openHouse();
    await house.budget('acme', 5);
    const session = await house.make({ ...clock, agents: [onAccount('ann'), 'bob'] });
    const other = await house.make({ mechanism: sealed, agents: [onAccount('cat'), 'dan'] });
    for (const agent of ['ann', 'bob']) await says(house, session, agent, { message: 'in' });
    await house.get(`/sessions/${session.id}/ask?wait=5`, session.tokens.ann);
    expect(await says(house, session, 'ann', { message: 'in' })).toBe('heard');
    const again = await house.restart();
    expect((await again.budget('acme', 5)).body).toMatchObject({ spent: 0, held: 2, left: 3 });
    expect(await says(again, other, 'cat', bid(4))).toBe('409 over-budget');
    expect(await says(again, session, 'bob', { message: 'out' })).toBe('heard');
    await expect.poll(async () => (await again.get(`/sessions/${session.id}`)).body.status).toBe('closed');
    expect((await again.budget('acme', 5)).body).toMatchObject({ spent: 2, held: 0, left: 3 });
  });

  test('is lent what a session that is called off had held', async () => {
    const house = await openHouse();
    await house.budget('acme', 5);
    const session = await house.make({ mechanism: sealed, agents: [onAccount('ann'), 'bob'] });
    await says(house, session, 'ann', bid(5));
    await house.post(`/sessions/${session.id}/cancel`, { token: adminToken });
    await expect.poll(async () => (await house.budget('acme', 5)).body.held).toBe(0);
  });

  test('buys in a market that listens, order by order, and sells without any', async () => {
    const house = await openHouse();
    await house.budget('acme', 10);
    const session = await house.make({ mechanism: 'market/order-book', agents: [onAccount('ann'), 'bob'] });
    const order = (side: string, price: number, quantity: number): object => ({
      message: { type: 'limit', side, price, quantity },
    });
    expect(await says(house, session, 'bob', order('sell', 3, 2))).toBe('heard');
    expect(await says(house, session, 'ann', order('buy', 4, 2))).toBe('heard');
    expect(await says(house, session, 'ann', order('buy', 3, 1))).toBe('409 over-budget');
    expect(await says(house, session, 'ann', { message: { type: 'market', side: 'buy', quantity: 1 } })).toBe(
      '409 over-budget',
    );
    expect(await says(house, session, 'ann', order('buy', 2, 1))).toBe('heard');
    expect(await says(house, session, 'ann', order('sell', 5, 1))).toBe('heard');
    await house.post(`/sessions/${session.id}/close`, { token: adminToken });
    // It bought two units at 3, where the orders rested.
    expect((await house.budget('acme', 10)).body).toMatchObject({ spent: 6, held: 0, left: 4 });
  });
});

describe('an account', () => {
  test('without a budget is not limited, and one of less than it has spent says nothing more that costs', async () => {
    const house = await openHouse();
    const make = () => house.make({ mechanism: sealed, agents: [onAccount('ann'), 'bob'] });
    const session = await make();
    expect(await says(house, session, 'ann', bid(1_000))).toBe('heard');
    expect(await says(house, session, 'bob', bid(50))).toBe('heard');
    await expect.poll(async () => (await house.get(`/sessions/${session.id}`)).body.status).toBe('closed');
    expect((await house.budget('acme', 20)).body).toEqual({ id: 'acme', budget: 20, spent: 50, held: 0, left: -30 });
    const next = await make();
    expect(await says(house, next, 'ann', bid(1))).toBe('409 over-budget');
    expect(await says(house, next, 'ann', bid(0))).toBe('heard');
    const market = await house.make({ mechanism: 'market/order-book', agents: [onAccount('ann', 'rich'), 'bob'] });
    const anyPrice = { message: { type: 'market', side: 'buy', quantity: 1 } };
    expect(await says(house, market, 'ann', anyPrice)).toBe('heard');
    expect((await house.budget('acme', null)).body).toMatchObject({ budget: null, left: null });
  });

  test('is the admin’s to set, by a budget that is an amount', async () => {
    const house = await openHouse();
    const put = async (body: unknown, token?: string): Promise<readonly [number, string]> => {
      const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
      const request = { method: 'PUT', headers, body: JSON.stringify(body) };
      const response = await house.service.fetch(new Request('http://house.test/accounts/acme', request));
      return [response.status, ((await response.json()) as { code: string }).code];
    };
    expect(await put({ budget: 1 })).toEqual([401, 'unauthorized']);
    expect(await put({ budget: -1 }, adminToken)).toEqual([400, 'invalid-message']);
    expect(await put({ budget: 1, more: 2 }, adminToken)).toEqual([400, 'unknown-key']);
    expect((await house.budget('x'.repeat(300), 1)).body).toMatchObject({ status: 400, code: 'invalid-query' });
  });

  test('pays for nobody where nobody knows what a message may cost', async () => {
    const house = await openHouse();
    const { status, body } = await house.post('/sessions', {
      token: adminToken,
      body: { mechanism: 'market/fisher', settings: { goods: { wheat: 1 } }, agents: [onAccount('ann')] },
    });
    expect({ status, code: body.code, path: body.path }).toEqual({
      status: 400,
      code: 'cost-unknown',
      path: ['agents'],
    });
  });
});
