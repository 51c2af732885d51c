import { connectJobs, type SessionDesk } from '@mechane/cluster';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { hasPostgres, type PrivatePostgres, startPostgres } from '../../../tools/postgres/private-postgres.mjs';
import { joinOnEffect } from '../src/engine/effect-node.ts';
import { freePort } from '../src/free-port.ts';
import { adminToken, engineFolder, hasEngine, join, type TestNode, until } from './nodes.ts';

const clock = {
  mechanism: 'auction-english/clock',
  settings: { startingPrice: 0, increment: 1 },
  agents: ['ann', 'bob'],
};

interface Made {
  readonly id: string;
  readonly agents: Readonly<Record<string, { readonly token: string }>>;
  readonly joinToken?: string;
}

describe.runIf(hasPostgres && hasEngine)('nodes on one Postgres', () => {
  let postgres: PrivatePostgres;

  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres.stop());

  async function made(at: TestNode, making: object = clock, headers: Record<string, string> = {}): Promise<Made> {
    const { status, body } = await at.ask('POST', '/sessions', adminToken, making, headers);
    expect(status, JSON.stringify(body)).toBe(201);
    return body;
  }

  /** Everybody says this, each at another node, once all are asked. */
  async function round(nodes: readonly TestNode[], { id, agents }: Made, said: string): Promise<void> {
    for (const [index, { token }] of Object.values(agents).entries()) {
      const node = nodes[index % nodes.length] as TestNode;
      const { body } = await node.ask('GET', `/sessions/${id}/ask?wait=10`, token);
      const answer = await node.ask('POST', `/sessions/${id}/messages`, token, { message: said, round: body.round });
      expect(answer.status, JSON.stringify(answer.body)).toBe(201);
    }
  }

  /** Numbers of events, as they come, up to the last. */
  async function numbersUntilTheEnd(response: Response): Promise<readonly number[]> {
    const text = await response.text();
    return [...text.matchAll(/^id: (\d+)$/gm)].map(([, number]) => Number(number));
  }

  test('tell whoever runs them which there are, and what they work on', { tags: ['long'] }, async () => {
    const nodes = [await join(postgres.url), await join(postgres.url)];
    const [first, second] = nodes as [TestNode, TestNode];
    const jobs = await connectJobs({ database: postgres.url, from: engineFolder });
    const calledOff = new AbortController();
    const running = jobs.run({ name: 'sums', what: 'sums', tasks: ['1+1', '2+2'], signal: calledOff.signal });
    const waiting = running[Symbol.asyncIterator]().next();
    const node = { isUp: true, holdsSessions: true, works: false };
    const body = await until(async () => {
      const answer = await second.ask('GET', '/cluster', adminToken);
      return answer.body.jobs[0]?.pieces === 2 ? answer.body : undefined;
    });
    expect(body.nodes).toContainEqual({ ...node, address: first.address });
    expect(body.nodes).toContainEqual({ ...node, address: second.address });
    expect(body.jobs).toMatchObject([{ name: 'sums', pieces: 2, done: 0 }]);
    calledOff.abort();
    await waiting;
    await jobs.forget('sums');
    await jobs.close();
  });

  test('answer for each other, whichever holds the session, and go on where one that leaves has been', {
    tags: ['long'],
  }, async () => {
    const nodes = [await join(postgres.url), await join(postgres.url)];
    const [first, second] = nodes as [TestNode, TestNode];
    const sessions = await Promise.all([1, 2, 3, 4, 5, 6].map(() => made(first)));
    const followed = await Promise.all(sessions.map(({ id }) => second.fetch(`/sessions/${id}/events`)));
    const numbers = followed.map(numbersUntilTheEnd);
    for (const session of sessions) await round(nodes, session, 'in');
    for (const { id, agents } of sessions)
      expect(await second.ask('GET', `/sessions/${id}/ask?wait=10`, agents.ann?.token)).toMatchObject({
        body: { round: 2 },
      });
    const heads = await Promise.all(sessions.map(({ id }) => first.ask('GET', `/sessions/${id}`)));
    expect(await Promise.all(sessions.map(({ id }) => second.ask('GET', `/sessions/${id}`)))).toEqual(heads);
    const listed = await second.ask('GET', '/sessions');
    const byId = new Map(listed.body.map((view: { id: string }) => [view.id, view]));
    expect(sessions.map(({ id }) => byId.get(id))).toEqual(heads.map(({ body }) => body));
    await first.close();
    expect(await first.ask('GET', `/sessions/${sessions[0]?.id}`)).toMatchObject({
      status: 503,
      body: { code: 'node-unavailable' },
    });
    for (const session of sessions) await round([second], session, 'out');
    const outcomes = await until(async () => {
      const views = await Promise.all(sessions.map(({ id }) => second.ask('GET', `/sessions/${id}`)));
      return views.every(({ body }) => body.status === 'closed') ? views : undefined;
    });
    for (const { body } of outcomes) expect(body.outcome).toMatchObject({ winner: 'ann', payment: 0 });
    for (const told of await Promise.all(numbers)) expect(told).toEqual([...told.keys()]);
  });

  test('make a session once, whichever is asked, and hear a message and let somebody in once, whichever hears it again', {
    tags: ['long'],
  }, async () => {
    const nodes = [await join(postgres.url), await join(postgres.url)];
    const [first, second] = nodes as [TestNode, TestNode];
    const key = { 'idempotency-key': 'once' };
    const session = await made(first, clock, key);
    expect(await made(second, clock, key)).toEqual(session);
    const other = await second.ask('POST', '/sessions', adminToken, { ...clock, agents: ['ann'] }, key);
    expect(other).toMatchObject({ status: 409, body: { code: 'idempotency-key-reused' } });
    const say = (at: TestNode, said: object) =>
      at.ask('POST', `/sessions/${session.id}/messages`, session.agents.ann?.token, said);
    const heard = await say(first, { message: 'in', key: 'k' });
    expect(heard.status).toBe(201);
    expect(await say(second, { message: 'in', key: 'k' })).toEqual(heard);
    expect(await say(second, { message: 'in' })).toMatchObject({ status: 409, body: { code: 'duplicate-message' } });
    expect(await say(second, {})).toMatchObject({ status: 400 });
    const settings = { startingPrice: 0, increment: 1 };
    const open = { mechanism: 'auction-english/proxy', settings, agents: [], entry: 'open' };
    const { id, joinToken } = await made(first, open);
    const comeIn = (at: TestNode, headers: Record<string, string> = {}) =>
      at.ask('POST', `/sessions/${id}/join`, joinToken, { agent: 'eve' }, headers);
    const place = await comeIn(first, key);
    expect(place.status).toBe(201);
    expect(await comeIn(second, key)).toEqual(place);
    expect(await comeIn(second)).toMatchObject({ status: 409, body: { code: 'duplicate-agent' } });
    const nobody = await second.ask('GET', '/sessions/none/events');
    expect(nobody).toMatchObject({ status: 404, body: { code: 'unknown-session' } });
  });

  test('hear that nobody waits any more for what another was asked', { tags: ['long'] }, async () => {
    const place = (port: number) => ({
      database: postgres.url,
      address: { host: '127.0.0.1', port },
      from: engineFolder,
    });
    const given: AbortSignal[] = [];
    const sessions: SessionDesk = {
      answer: (_session, _message, signal) =>
        new Promise((resolve) => {
          given.push(signal);
          signal.addEventListener('abort', () => resolve('nobody waits'));
        }),
      async *follow() {},
      released() {},
    };
    const holder = await joinOnEffect(place(await freePort('127.0.0.1')), { sessions });
    const asking = await joinOnEffect(place(await freePort('127.0.0.1')), {});
    onTestFinished(async () => {
      await asking.close();
      await holder.close();
    });
    const patience = new AbortController();
    const answer = asking.ask('s', 'ask', { manner: 'aside', patience: 60_000, signal: patience.signal });
    await until(async () => given.length > 0 || undefined);
    patience.abort();
    await expect(answer).rejects.toMatchObject({ code: 'node-unavailable' });
    await until(async () => given.every(({ aborted }) => aborted) || undefined);
  });

  test('fire a deadline of a session whose node is gone, though nobody asks', { tags: ['long'] }, async () => {
    const first = await join(postgres.url);
    const session = await made(first, { ...clock, within: 8_000 });
    await round([first], { ...session, agents: { ann: session.agents.ann as Made['agents'][string] } }, 'in');
    await first.close();
    const second = await join(postgres.url);
    const view = await until(async () => {
      const { body } = await second.ask('GET', '/sessions');
      const found = body.find(({ id }: Made) => id === session.id);
      return found.status === 'closed' ? found : undefined;
    });
    expect(view.outcome).toMatchObject({ winner: 'ann', payment: 0 });
  });
});
