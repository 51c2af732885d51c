import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sealedAuctions } from '@mechane/auction-sealed';
import {
  amount,
  commitmentTo,
  createMechane,
  definePlugin,
  directMechanism,
  type Mechane,
  type Mechanism,
} from '@mechane/core';
import { createService, listen, openStore, randomToken, type Store, serveOverStdio, sessionIn } from '@mechane/server';
import { propagation } from '@opentelemetry/api';
import { expect, onTestFinished, test } from 'vitest';
import * as z from 'zod';
import { Tokens } from '../src/access/tokens.ts';
import { EventBody } from '../src/http/event-body.ts';
import type { Frame } from '../src/sessions/told-events.ts';
import { adminToken, mechaneForTests, openHouse, type SentEvent } from './house.ts';

const vickrey = 'auction-sealed/second-price';

async function allOf(events: AsyncGenerator<SentEvent>): Promise<SentEvent[]> {
  const all: SentEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}

/** Decides nothing, and quotes what it was told. */
const faulty = directMechanism({
  id: 'faulty/quotes',
  settings: z.strictObject({}),
  report: z.strictObject({ bid: amount }),
  decide: (reports) => {
    throw new Error(`what shall I do with ${JSON.stringify([...reports.values()])}`);
  },
  value: () => 0,
  bestWelfare: () => 0,
  claims: [],
});

test('a session whose mechanism fails is failed for good; why is told to the admin alone', async () => {
  const plugin = definePlugin({ name: 'faulty', version: '1.0.0', mechanisms: [faulty] });
  const house = await openHouse({ mechane: createMechane().use(plugin) as object as Mechane<Mechanism> });
  const { id, tokens } = await house.make({ mechanism: 'faulty/quotes', agents: ['ann'] });
  const live = allOf(house.events(`/sessions/${id}/events`));
  await house.get(`/sessions/${id}/ask?wait=1`, tokens.ann);
  await house.post(`/sessions/${id}/messages`, { token: tokens.ann, body: { message: { bid: 4242 } } });
  await expect.poll(async () => (await house.get(`/sessions/${id}`)).body.status).toBe('failed');
  const { body } = await house.get(`/sessions/${id}`);
  expect(body.error).toMatchObject({ code: 'mechanism-failed', path: [] });
  expect(JSON.stringify(body)).not.toContain('4242');
  expect((await house.get(`/sessions/${id}`, adminToken)).body.error.message).toContain('4242');
  for (const told of [await live, await allOf((await house.restart()).events(`/sessions/${id}/events`))]) {
    expect(told.at(-1)).toMatchObject({ id: undefined, data: { kind: 'failed', error: { code: 'mechanism-failed' } } });
    expect(JSON.stringify(told)).not.toContain('4242');
  }
});

test('agents commit before they reveal, and are asked by the schema of either', async () => {
  const house = await openHouse();
  const settings = { sealing: { commit: true, deposit: 5 } };
  const { id, tokens } = await house.make({
    mechanism: vickrey,
    settings,
    agents: ['ann', 'bob'],
    seed: 7,
    note: 'spring',
  });
  const nonce = 'a nonce that nobody can guess';
  const reports: Record<string, { bid: number }> = { ann: { bid: 8 }, bob: { bid: 9 } };
  const say = (agent: string, message: object) =>
    house.post(`/sessions/${id}/messages`, { token: tokens[agent], body: { message } });
  const { body } = await house.get(`/sessions/${id}/ask`, tokens.ann);
  expect([body.content.session, body.message.anyOf.length]).toEqual([id, 2]);
  for (const [agent, report] of Object.entries(reports)) {
    expect((await say(agent, { commitment: commitmentTo({ session: id, agent, report, nonce }) })).status).toBe(201);
  }
  await house.get(`/sessions/${id}/ask?wait=2`, tokens.ann);
  expect(await say('ann', { report: { bid: 1 }, nonce })).toMatchObject({
    status: 400,
    body: { code: 'broken-commitment' },
  });
  for (const [agent, report] of Object.entries(reports)) expect((await say(agent, { report, nonce })).status).toBe(201);
  await expect.poll(async () => (await house.get(`/sessions/${id}`)).body.status).toBe('closed');
  expect((await house.get(`/sessions/${id}`)).body.outcome).toMatchObject({ winner: 'bob', payment: 8 });
});

test('a session closes at its moment; those who came in are told again to whoever follows later', {
  tags: ['long'],
}, async () => {
  const house = await openHouse();
  const closesAt = new Date(Date.now() + 5_000).toISOString();
  const made = await house.make({
    mechanism: vickrey,
    agents: [{ id: 'ann', account: 'a' }, { id: 'bob' }],
    entry: 'open',
    closesAt,
  });
  const { body: joined } = await house.post(`/sessions/${made.id}/join`, {
    token: made.joinToken,
    body: { agent: 'cat' },
  });
  expect((await house.get(`/sessions/${made.id}`)).body).toMatchObject({ closesAt, agents: ['ann', 'bob', 'cat'] });
  await house.post(`/sessions/${made.id}/messages`, { token: joined.token, body: { message: { bid: 3 } } });
  const again = await house.restart();
  await expect.poll(async () => (await again.get(`/sessions/${made.id}`)).body.status).toBe('closed');
  expect((await again.get(`/sessions/${made.id}`)).body.outcome).toMatchObject({ winner: 'cat' });
  const told = (await allOf(again.events(`/sessions/${made.id}/events`))).map(({ data }) => data.kind);
  expect(told).toEqual(['opened', 'asked', 'joined', 'replied', 'round-closed', 'sold', 'finished']);
  const rest = await allOf(again.events(`/sessions/${made.id}/events`, undefined, { 'last-event-id': '1' }));
  expect(rest.find(({ data }) => data.kind === 'round-closed')?.data.replies).toBe(1);
});

test('sessions are listed a page at a time', async () => {
  const house = await openHouse();
  const made: string[] = [];
  for (let count = 0; count < 3; count++) made.push((await house.make({ mechanism: vickrey, agents: ['ann'] })).id);
  const first = await house.get('/sessions?limit=2');
  const next = /<([^>]+)>; rel="next"/.exec(first.headers.get('link') ?? '')?.[1] ?? '';
  const second = await house.get(next);
  expect([...first.body, ...second.body].map(({ id }) => id).sort()).toEqual([...made].sort());
  expect(second.headers.get('link')).toBeNull();
  for (const query of ['limit=0', 'limit=x'])
    expect((await house.get(`/sessions?${query}`)).body.code).toBe('invalid-query');
});

test('a question that is not understood is refused with what would be', async () => {
  const house = await openHouse();
  const { id, tokens } = await house.make({ mechanism: vickrey, agents: ['ann'] });
  for (const wait of ['', 'x', '-1']) {
    expect((await house.get(`/sessions/${id}/ask?wait=${wait}`, tokens.ann)).body).toMatchObject({
      code: 'invalid-query',
      path: ['query', 'wait'],
    });
  }
  expect((await house.get(`/sessions/${id}/ask?wait=9999`, tokens.ann)).status).toBe(200);
  expect((await house.get(`/sessions/${id}/events`, undefined, { 'last-event-id': 'x' })).body.code).toBe(
    'invalid-query',
  );
  const key = {
    token: adminToken,
    body: { mechanism: vickrey, agents: ['ann'] },
    headers: { 'idempotency-key': 'x'.repeat(201) },
  };
  expect((await house.post('/sessions', key)).body.code).toBe('invalid-query');
  expect((await house.post('/runs', {})).body).toMatchObject({ status: 400, code: 'invalid-scenario' });
});

test('a service that goes down makes nothing new, and says so', async () => {
  const house = await openHouse();
  const { id, tokens } = await house.make({ mechanism: vickrey, agents: ['ann'] });
  const following = allOf(house.events(`/sessions/${id}/events`));
  const silent = house.events(`/sessions/${id}/events`);
  await silent.next();
  house.service.drain();
  expect((await following).at(-1)).toMatchObject({ event: 'bye' });
  expect((await allOf(silent)).at(-1)).toMatchObject({ event: 'bye' });
  const refused = await house.post('/sessions', { token: adminToken, body: { mechanism: vickrey, agents: ['ann'] } });
  expect(refused).toMatchObject({ status: 503, body: { code: 'draining' } });
  expect(refused.headers.get('connection')).toBe('close');
  expect((await house.get(`/sessions/${id}/events`)).status).toBe(503);
  expect(
    (await house.post(`/sessions/${id}/messages`, { token: tokens.ann, body: { message: { bid: 3 } } })).status,
  ).toBe(201);
});

test('a service is made of plugins, with a page, an address and a way to play of one’s own', async () => {
  const store = await openStore('sqlite::memory:');
  const service = createService({
    plugins: [sealedAuctions],
    store,
    adminToken,
    page: () => new Response('a page'),
    url: 'https://auctions.test/here/',
    run: async () => ({ played: 'elsewhere' }),
  });
  onTestFinished(async () => {
    await service.close();
    await store.close();
  });
  const ask = async (path: string, body?: object): Promise<Response> =>
    service.fetch(
      new Request(`http://inside.test${path}`, {
        headers: { authorization: `Bearer ${adminToken}` },
        ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
      }),
    );
  expect(await (await ask('/')).text()).toBe('a page');
  expect(await (await ask('/runs', {})).json()).toEqual({ played: 'elsewhere' });
  const made = await (await ask('/sessions', { mechanism: vickrey, agents: ['ann'] })).json();
  expect(made.url).toBe(`https://auctions.test/here/sessions/${made.id}`);
});

test('a store that fails is answered for with 503, and whoever runs the service is told why', async () => {
  const store = await openStore('sqlite::memory:');
  const errors: unknown[] = [];
  const broken = { ...store, lease: async () => Promise.reject(new Error('no disk')) } as object as typeof store;
  const service = createService({
    mechane: mechaneForTests(),
    store: broken,
    adminToken,
    onError: (error) => errors.push(error),
  });
  const answer = await service.fetch(new Request('http://house.test/health'));
  expect([answer.status, (await answer.json()).code, String(errors[0])]).toEqual([500, 'internal', 'Error: no disk']);
  await service.close();
  const failing = await openHouse({ store });
  await store.close();
  expect(await failing.get('/health')).toMatchObject({ status: 503, body: { code: 'store-failed' } });
});

test('what is no store, or cannot be reached, is named without its password', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mechane-no-store-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'text.db');
  writeFileSync(file, 'this is a text, and no database of any kind. '.repeat(100));
  await expect(openStore(`sqlite:${file}`)).rejects.toMatchObject({ code: 'cannot-open-store' });
  await expect(openStore(`sqlite:${join(folder, 'none', 'at.db')}`)).rejects.toMatchObject({
    code: 'cannot-open-store',
  });
  const unreached = openStore('postgres://me:secret@127.0.0.1:1/none');
  await expect(unreached).rejects.toMatchObject({
    code: 'cannot-open-store',
    message: expect.not.stringContaining('secret'),
  });
  const store = await openStore('sqlite::memory:');
  await expect(store.append('a', 0, [true as never])).rejects.toMatchObject({ code: 'store-failed' });
  await expect(store.make('a', true as never)).rejects.toMatchObject({ code: 'store-failed' });
  await store.close();
});

test('tokens tell of what session they are, and prove it', async () => {
  const tokens = new Tokens('one');
  const token = tokens.forAgent('a session', 'ann');
  expect([sessionIn(token), sessionIn('guessed'), sessionIn(''), sessionIn('e30.x')]).toEqual([
    'a session',
    undefined,
    undefined,
    undefined,
  ]);
  expect(tokens.callerWith(token)).toEqual({ kind: 'agent', session: 'a session', agent: 'ann' });
  expect(tokens.callerWith(tokens.forJoining('a session'))).toEqual({ kind: 'join', session: 'a session' });
  expect(tokens.callerWith('one')).toEqual({ kind: 'admin' });
  expect(new Tokens('another').callerWith(token)).toBeUndefined();
  expect(randomToken()).toMatch(/^[\w-]{43}$/);
  expect(randomToken()).not.toBe(randomToken());
  expect(tokens.sessionNamed(undefined)).not.toBe(tokens.sessionNamed(undefined));
});

test('a stream of events says that it is there, and ends where it cannot go on', async () => {
  let release: (frame: IteratorResult<Frame>) => void = () => {};
  let fail: (error: Error) => void = () => {};
  const frames = (): AsyncGenerator<Frame> =>
    ({
      next: () =>
        new Promise((resolve, reject) => {
          release = resolve;
          fail = reject;
        }),
    }) as object as AsyncGenerator<Frame>;
  const ended: EventBody[] = [];
  const body = new EventBody(frames, (each) => ended.push(each));
  body.beat();
  const reader = body.stream.getReader();
  const read = async (): Promise<string | undefined> => new TextDecoder().decode((await reader.read()).value);
  expect(await read()).toBe('retry: 1000\n\n');
  const next = reader.read();
  await new Promise(setImmediate);
  // One is read, one waits to be, and no more.
  for (let count = 0; count < 5; count++) body.beat();
  expect(new TextDecoder().decode((await next).value)).toBe(':\n\n');
  expect(await read()).toBe(':\n\n');
  release({ done: false, value: { id: 3, event: { kind: 'joined', agent: 'ann', run: 'r' } } });
  expect(await read()).toBe('id: 3\ndata: {"kind":"joined","agent":"ann","run":"r"}\n\n');
  const last = reader.read();
  await new Promise(setImmediate);
  fail(new Error('the store is gone'));
  expect(new TextDecoder().decode((await last).value)).toContain('event: bye');
  expect((await reader.read()).done).toBe(true);
  body.goodbye();
  body.beat();
  expect(ended).toEqual([body]);
});

test('a service listens where it is told, and says when it cannot', async () => {
  const house = await openHouse();
  const { url, close } = await listen(house.service, { host: '::1', port: 0 });
  expect(url).toMatch(/^http:\/\/\[::1\]:\d+$/);
  expect((await fetch(`${url}/health`)).status).toBe(200);
  const other = await openHouse();
  await expect(listen(other.service, { host: '::1', port: Number(new URL(url).port) })).rejects.toMatchObject({
    code: 'EADDRINUSE',
  });
  await close();
});

test('a span goes on from where the request says that it comes', async () => {
  const seen: unknown[] = [];
  propagation.setGlobalPropagator({
    inject: () => {},
    fields: () => [],
    extract: (context, carrier, getter) => {
      seen.push(
        getter.get(carrier, 'traceparent'),
        getter.get(carrier, 'tracestate'),
        getter.keys(carrier).includes('traceparent'),
      );
      return context;
    },
  });
  onTestFinished(() => propagation.disable());
  const house = await openHouse();
  await house.get('/health', undefined, { traceparent: '00-1-2-01' });
  expect(seen).toEqual(['00-1-2-01', undefined, true]);
});

test('tools over standard streams end with their signal', async () => {
  const ask = async (): Promise<Response> => new Response('{}');
  await serveOverStdio({ ask }, AbortSignal.abort());
});

/** A store that does something else where it is told to. */
function changed(store: Store, changes: Partial<Store>): Store {
  return new Proxy(store, {
    get(target, name) {
      const method = Reflect.get(changes, name) ?? Reflect.get(target, name);
      return Reflect.get(changes, name) ?? method.bind(target);
    },
  });
}

test('a session whose end could not be kept has ended all the same: its journal says so', async () => {
  const store = await openStore('sqlite::memory:');
  let failures = 0;
  const end: Store['end'] = async (id, ended) => {
    failures += 1;
    if (failures <= 2) throw new Error('no room');
    await store.end(id, ended);
  };
  const house = await openHouse({ store: changed(store, { end }) });
  const [closed, cancelled] = [
    await house.make({ mechanism: vickrey, agents: ['ann'] }),
    await house.make({ mechanism: vickrey, agents: ['ann'] }),
  ];
  await house.post(`/sessions/${closed.id}/messages`, { token: closed.tokens.ann, body: { message: { bid: 3 } } });
  await house.post(`/sessions/${cancelled.id}/cancel`, { token: adminToken });
  const statusOf = async ({ id }: { id: string }): Promise<string> => (await house.get(`/sessions/${id}`)).body.status;
  await expect.poll(() => statusOf(closed)).toBe('closed');
  await expect.poll(() => statusOf(cancelled)).toBe('cancelled');
  await expect.poll(async () => (await store.find(closed.id))?.ended).toContain('"winner":"ann"');
  await expect.poll(async () => (await store.find(cancelled.id))?.ended).toContain('"cancelled"');
});

test('a message that could not be written does not count; said again once it can be, it counts once', async () => {
  const store = await openStore('sqlite::memory:');
  let isFull = false;
  const append: Store['append'] = (id, seq, lines) =>
    isFull ? Promise.reject(new Error('no room')) : store.append(id, seq, lines);
  const errors: unknown[] = [];
  const house = await openHouse({ store: changed(store, { append }), onError: (error) => errors.push(error) });
  const { id, tokens } = await house.make({ mechanism: vickrey, agents: ['ann', 'bob'] });
  const say = () =>
    house.post(`/sessions/${id}/messages`, { token: tokens.ann, body: { message: { bid: 3 }, key: 'k' } });
  const following = allOf(house.events(`/sessions/${id}/events`));
  isFull = true;
  expect(await say()).toMatchObject({ status: 503, body: { code: 'journal-failed' } });
  expect((await following).map(({ data }) => data.kind)).toEqual(['opened', 'asked']);
  isFull = false;
  await expect.poll(async () => (await say()).status).toBe(201);
  const { seq } = (await say()).body.receipt;
  expect(seq).toBe(2);
  expect(await store.read(id)).toHaveLength(3);
  expect(errors).toMatchObject([{ code: 'journal-failed' }]);
});

test('nothing is refused because of what could not be written', async () => {
  const store = await openStore('sqlite::memory:');
  let written: Promise<void> | undefined;
  const append: Store['append'] = async (id, seq, lines) => {
    await written;
    await store.append(id, seq, lines);
  };
  const house = await openHouse({ store: changed(store, { append }) });
  const { id, tokens } = await house.make({
    mechanism: 'auction-english/clock',
    settings: { startingPrice: 0, increment: 1 },
    agents: ['ann', 'bob'],
  });
  const say = (message: 'in' | 'out') =>
    house.post(`/sessions/${id}/messages`, { token: tokens.ann, body: { message } });
  let fail = (): void => {};
  written = new Promise((_, reject) => {
    fail = () => reject(new Error('no room'));
  });
  const first = say('in');
  // Each says one word a round: were the first one there, this would be refused.
  const second = say('out');
  await new Promise((resolve) => setTimeout(resolve, 50));
  fail();
  written = undefined;
  expect(await first).toMatchObject({ status: 503, body: { code: 'journal-failed' } });
  expect(await second).toMatchObject({ status: 201, body: { receipt: { seq: 2 } } });
  expect(await say('in')).toMatchObject({ status: 409, body: { code: 'duplicate-message' } });
});
