import { connect, type Receipt, ServiceError, type SessionEvent } from '@mechane/client';
import { isMechaneError } from '@mechane/core';
import { expect, test } from 'vitest';
import { adminToken, openHouse } from './houses.ts';

const vickrey = 'auction-sealed/second-price';
const clock = 'auction-english/clock';
const book = 'market/order-book';

async function allOf<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

test('functions far away bid in a sealed auction, and Vickrey’s rule says who pays what', async () => {
  const { client, url } = await openHouse();
  const { id, agents, url: at } = await client.create({ mechanism: vickrey, agents: ['ann', 'bob', 'eve'] });
  expect(at).toBe(`${url}/sessions/${id}`);
  const values = { ann: 10, bob: 15, eve: 12 };
  // Whoever bids needs no more than an address and a token.
  const ended = await Promise.all(
    Object.entries(values).map(([agent, bid]) => connect(url).play(agents[agent]?.token ?? '', () => ({ bid }))),
  );
  for (const { status, outcome } of ended) {
    expect(status).toBe('closed');
    expect(outcome).toMatchObject({ winner: 'bob', payment: 12, payments: { ann: 0, bob: 12, eve: 0 } });
  }
});

test('bidders stay in a clock for as long as their values last: the second highest value decides', async () => {
  const { client } = await openHouse();
  const values: Record<string, number> = { ann: 3, bob: 5, cat: 2 };
  const settings = { startingPrice: 0, increment: 1 };
  const { agents, id } = await client.create({ mechanism: clock, settings, agents: Object.keys(values) });
  const heard: number[] = [];
  const ended = await Promise.all(
    Object.entries(values).map(([agent, value]) =>
      client.play(agents[agent]?.token ?? '', ({ price }: { price: number }, context) => {
        expect(context).toMatchObject({ agent, mechanism: clock, session: id, closesAt: null });
        expect(context.message).toBeTypeOf('object');
        if (agent === 'bob') heard.push(context.round);
        return price <= value ? 'in' : 'out';
      }),
    ),
  );
  expect(ended[0]).toMatchObject({ status: 'closed', outcome: { winner: 'bob', payment: 4 } });
  expect(heard).toEqual(heard.map((_, index) => index + 1));
});

test('an agent whose answer is refused is told what is wrong, and may try again; after three times it is silent', async () => {
  const { client } = await openHouse();
  const { agents, id } = await client.create({ mechanism: vickrey, agents: ['ann', 'bob'] });
  const told: unknown[] = [];
  const stubborn = client.play(agents.ann?.token ?? '', (_, { refused }) => {
    told.push(refused);
    return { bid: 'much' };
  });
  const receipts: Receipt[] = [];
  const willing = client.play(agents.bob?.token ?? '', (_, { refused }) => ({ bid: refused ? 4 : -4 }), {
    onReceipt: (receipt) => receipts.push(receipt),
  });
  await expect.poll(() => [told.length, receipts.length]).toEqual([3, 1]);
  await client.close(id);
  const [{ outcome }] = await Promise.all([willing, stubborn]);
  expect(outcome).toMatchObject({ winner: 'bob', payment: 0 });
  expect(told[0]).toBeUndefined();
  expect(told[2]).toMatchObject({
    code: 'invalid-message',
    message: expect.stringContaining('bid'),
    path: expect.arrayContaining(['bid']),
  });
});

test('who has nothing to say keeps silent, and who says it too late does no harm', async () => {
  const { client } = await openHouse();
  const { agents, id } = await client.create({ mechanism: vickrey, agents: ['ann', 'bob', 'eve'] });
  await client.seat(agents.bob?.token ?? '').submit({ bid: 5 });
  const silent = client.play(agents.ann?.token ?? '', () => undefined);
  const late = client.play(agents.eve?.token ?? '', async () => {
    await client.close(id);
    return { bid: 9 };
  });
  for (const { outcome } of await Promise.all([silent, late])) {
    expect(outcome).toMatchObject({ winner: 'bob', payments: { ann: 0, eve: 0 } });
  }
});

test('what a strategy throws, and a word that was not kept, reach whoever plays', async () => {
  const { client, url } = await openHouse();
  const { agents } = await client.create({ mechanism: vickrey, agents: ['ann', 'bob'] });
  const thrown = new Error('a bug');
  const token = agents.ann?.token ?? '';
  const buggy = client.play(token, () => {
    throw thrown;
  });
  await expect(buggy).rejects.toBe(thrown);
  const { publicKey } = (await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify'])) as CryptoKeyPair;
  const other = connect(url, { receiptKey: await crypto.subtle.exportKey('jwk', publicKey) });
  await expect(other.play(token, () => ({ bid: 3 }))).rejects.toMatchObject({ code: 'false-receipt' });
  await expect(client.play(agents.bob?.token ?? '', () => 3n)).rejects.toBeInstanceOf(TypeError);
});

test('a question that stays open is asked once; whoever thinks again counts with its last word', async () => {
  const { client } = await openHouse();
  const { agents, id } = await client.create({ mechanism: book, agents: ['ann', 'bob'] });
  const seat = client.seat(agents.ann?.token ?? '');
  const rounds: number[] = [];
  const asked = (async () => {
    for await (const { round } of seat.asks()) {
      rounds.push(round);
      if (rounds.length === 1) await seat.submit({ type: 'limit', side: 'sell', price: 10, quantity: 1 }, { round });
      if (rounds.length === 2)
        await client.seat(agents.bob?.token ?? '').submit({ type: 'limit', side: 'buy', price: 11, quantity: 1 });
      if (rounds.length === 3) await client.close(id);
    }
  })();
  await asked;
  expect(rounds).toEqual([...new Set(rounds)]);
  expect((await client.session(id)).outcome).toMatchObject({ trades: [{ buyer: 'bob', seller: 'ann', price: 10 }] });
});

test('whoever has the token to join takes a seat, and a name counts once', async () => {
  const { client, url } = await openHouse();
  const { joinToken = '', id } = await client.create({ mechanism: book, agents: ['ann'], entry: 'open' });
  const seat = await connect(url).join(joinToken, 'Zoë');
  expect(seat).toMatchObject({ session: id, agent: 'Zoë' });
  expect(client.seat(seat.token)).toMatchObject({ session: id, agent: 'Zoë' });
  await expect(connect(url).join(joinToken, 'ann')).rejects.toMatchObject({ code: 'duplicate-agent', status: 409 });
  expect((await client.cancel(id)).status).toBe('cancelled');
  expect(await allOf(seat.asks())).toEqual([]);
  expect((await seat.view()).status).toBe('cancelled');
});

test('events are told to the end, and from where one has been', async () => {
  const { client } = await openHouse();
  const { agents, id } = await client.create({ mechanism: vickrey, agents: ['ann', 'bob'] });
  const following = allOf(client.seat(agents.ann?.token ?? '').events());
  await client.seat(agents.ann?.token ?? '').submit({ bid: 7 });
  await client.seat(agents.bob?.token ?? '').submit({ bid: 9 });
  const inJournal = (events: readonly SessionEvent[]) =>
    events.filter((event) => event.id !== undefined).map((event) => [event.id, event.kind]);
  const all = [
    [0, 'opened'],
    [1, 'asked'],
    [2, 'replied'],
    [3, 'replied'],
    [4, 'round-closed'],
    [5, 'finished'],
  ];
  expect(inJournal(await following)).toEqual(all);
  const replayed = await allOf(client.events(id));
  expect(inJournal(replayed)).toEqual(all);
  expect(replayed.find((event) => event.kind === 'sold')).toMatchObject({ agent: 'bob', payment: 7 });
  expect(inJournal(await allOf(client.events(id, { after: 3 })))).toEqual(all.slice(4));
  expect(await allOf(client.events(id, { after: 5 }))).toEqual([]);
});

test('who stops listening is let go: the session goes on without it', async () => {
  const { client } = await openHouse();
  const { agents, id } = await client.create({ mechanism: vickrey, agents: ['ann', 'bob'] });
  const stop = new AbortController();
  const reason = new Error('enough');
  const { signal } = stop;
  const seat = client.seat(agents.ann?.token ?? '');
  await seat.submit({ bid: 3 });
  const waiting = [
    allOf(seat.events({ signal })),
    allOf(seat.asks(signal)),
    client.play(
      agents.bob?.token ?? '',
      () => new Promise((_, reject) => signal.addEventListener('abort', () => reject(reason))),
      { signal },
    ),
  ].map((each) => expect(each).rejects.toBe(reason));
  await new Promise((resolve) => setTimeout(resolve, 50));
  stop.abort(reason);
  await Promise.all(waiting);
  await expect(seat.submit({ bid: 3 }, { signal })).rejects.toBe(reason);
  expect((await client.session(id)).status).toBe('open');
});

test('what the service refuses comes with its code, path and fix, and core knows it for an error', async () => {
  const { client, url } = await openHouse();
  const error = await client
    .create({ mechanism: 'auction-sealed/second-prize', agents: ['ann'] })
    .catch((thrown) => thrown);
  expect(error).toBeInstanceOf(ServiceError);
  expect(error).toMatchObject({ code: 'unknown-mechanism', status: 400, fix: expect.stringContaining('second-price') });
  expect(isMechaneError(error)).toBe(true);
  expect(error.toJSON()).toMatchObject({ code: 'unknown-mechanism', message: error.message });
  const { id, agents } = await client.create({ mechanism: vickrey, agents: ['ann', 'bob'] });
  const seat = client.seat(agents.ann?.token ?? '');
  await expect(seat.submit({ bid: -1 })).rejects.toMatchObject({
    code: 'invalid-message',
    path: expect.arrayContaining(['bid']),
  });
  await seat.submit({ bid: 1 }, { key: 'once' });
  await expect(seat.submit({ bid: 2 }, { key: 'once' })).rejects.toMatchObject({ code: 'key-reused', status: 409 });
  await expect(connect(url).close(id)).rejects.toMatchObject({
    code: 'missing-token',
    message: expect.stringContaining('adminToken'),
  });
  await expect(connect(url, { adminToken: 'guessed' }).close(id)).rejects.toMatchObject({
    code: 'unauthorized',
    status: 401,
  });
  for (const token of ['', 'torn.', 'W10.x', 'e30.x', adminToken]) {
    expect(() => client.seat(token)).toThrow(expect.objectContaining({ code: 'unreadable-token' }));
    await expect(client.join(token, 'eve')).rejects.toMatchObject({ code: 'unreadable-token' });
  }
  const placed = client.seat('no token of this house', { session: id, agent: 'eve' });
  await expect(placed.ask()).rejects.toMatchObject({ code: 'unauthorized' });
});
