import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as path } from 'node:path';
import { alone, type JoinEngine, type Node, type SessionDesk } from '@mechane/cluster';
import { openStore, type Store } from '@mechane/server';
import { expect, onTestFinished, test } from 'vitest';
import { adminToken, join, type TestNode, until } from './nodes.ts';

const clock = {
  mechanism: 'auction-english/clock',
  settings: { startingPrice: 0, increment: 1 },
  agents: ['ann', 'bob'],
};

/** A node in this process, on an engine that a test changes. */
async function joinOn(engine: JoinEngine): Promise<TestNode> {
  const store = await openStore('sqlite::memory:');
  onTestFinished(() => store.close());
  return join('postgres://nowhere', { store, engine });
}

/** The engine of one node, with some of its ways changed. */
function changed(change: (node: Node) => Partial<Node>): JoinEngine {
  return async (place, desk) => {
    const node = await alone(place, desk);
    const changes = change(node);
    return {
      holds: (session) => node.holds(session),
      holdings: () => node.holdings(),
      ask: (session, message, asking) => node.ask(session, message, asking),
      follow: (session, message, signal) => node.follow(session, message, signal),
      work: (name, task, signal) => node.work(name, task, signal),
      forget: (name) => node.forget(name),
      nodes: () => node.nodes(),
      close: () => node.close(),
      ...changes,
    };
  };
}

async function made(node: TestNode): Promise<{ id: string; agents: Record<string, { token: string }> }> {
  const { body } = await node.ask('POST', '/sessions', adminToken, clock);
  return body;
}

async function played(node: TestNode, { id, agents }: Awaited<ReturnType<typeof made>>, said: string): Promise<void> {
  for (const { token } of Object.values(agents)) {
    const { body } = await node.ask('GET', `/sessions/${id}/ask?wait=10`, token);
    await node.ask('POST', `/sessions/${id}/messages`, token, { message: said, round: body.round });
  }
}

const numbersIn = (text: string): readonly number[] =>
  [...text.matchAll(/^id: (\d+)$/gm)].map(([, number]) => Number(number));

test('one node alone answers as several do, and says so', async () => {
  const node = await joinOn(alone);
  expect(await node.nodes()).toEqual([{ address: node.address, isUp: true, holdsSessions: true, works: false }]);
  const session = await made(node);
  expect(await node.ask('GET', '/health')).toMatchObject({ body: { status: 'ok' } });
  const watched = (await node.fetch(`/sessions/${session.id}/events`)).body?.getReader();
  expect((await watched?.read())?.done).toBe(false);
  await watched?.cancel();
  const ann = session.agents.ann?.token;
  const said = await node.ask('POST', `/sessions/${session.id}/messages`, ann, { message: 'in' });
  expect(await node.ask('GET', `/sessions/${session.id}/ask`, ann)).toMatchObject({ status: 204 });
  const { seq } = said.body.receipt;
  expect(await node.ask('GET', `/sessions/${session.id}/receipts/${seq}`, ann)).toMatchObject({
    body: { entry: { seq } },
  });
  const bob = session.agents.bob?.token;
  expect(await node.ask('POST', `/sessions/${session.id}/messages`, bob, { message: 'in' })).toMatchObject({
    status: 201,
  });
  const events = node.fetch(`/sessions/${session.id}/events`);
  await played(node, session, 'out');
  const numbers = numbersIn(await (await events).text());
  expect(numbers).toEqual([...numbers.keys()]);
  expect(await node.ask('GET', `/sessions/${session.id}`)).toMatchObject({ body: { outcome: { winner: 'ann' } } });
});

test('events go on at the next node: each once, wherever the one before was lost', async () => {
  let lost = 0;
  const node = await joinOn(
    changed((whole) => ({
      async *follow(session, message, signal) {
        let left = 2 + lost;
        for await (const piece of whole.follow(session, message, signal)) {
          // Half of a block, and then nothing more.
          if (left === 0 && lost < 3) {
            lost += 1;
            yield piece.slice(0, 3);
            throw new Error('the node is gone');
          }
          left -= 1;
          yield piece;
        }
      },
    })),
  );
  const session = await made(node);
  await played(node, session, 'in');
  await played(node, session, 'out');
  const numbers = numbersIn(await (await node.fetch(`/sessions/${session.id}/events`)).text());
  expect(lost).toBe(3);
  expect(numbers).toEqual([...numbers.keys()]);
});

test('an engine that begins a stream again by itself has no event told twice', async () => {
  let begun = 0;
  const node = await joinOn(
    changed((whole) => ({
      async *follow(session, message, signal) {
        begun += 1;
        if (begun === 1) {
          let left = 3;
          for await (const piece of whole.follow(session, message, signal)) {
            yield piece;
            left -= 1;
            if (left === 0) break;
          }
        }
        yield* whole.follow(session, message, signal);
      },
    })),
  );
  const session = await made(node);
  await played(node, session, 'in');
  await played(node, session, 'out');
  const numbers = numbersIn(await (await node.fetch(`/sessions/${session.id}/events`)).text());
  expect(begun).toBe(2);
  expect(numbers).toEqual([...numbers.keys()]);
});

test('a session that nobody holds yet is asked for again, and taken up by itself once it is held', {
  tags: ['long'],
}, async () => {
  let asked = 0;
  let isHeld = true;
  const node = await joinOn(
    changed((whole) => ({
      holds: () => isHeld,
      holdings: () => `${isHeld}`,
      ask: (session, message, asking) => {
        asked += 1;
        if (asked === 4) isHeld = true;
        return whole.ask(session, message, asking);
      },
    })),
  );
  const { id } = await made(node);
  isHeld = false;
  // What it does not hold any more, it lets go of.
  await until(async () => (node.service.held().length === 0 ? true : undefined));
  asked = 0;
  expect(await node.ask('GET', `/sessions/${id}`)).toMatchObject({ status: 200, body: { status: 'open', round: 1 } });
  expect(asked).toBeGreaterThanOrEqual(4);
  node.service.letGo(id);
  expect(node.service.held()).toEqual([]);
  await until(async () => (node.service.held().includes(id) ? true : undefined));
});

test('a node that another asks is given the time that whoever asks would wait, and more', async () => {
  const patience: number[] = [];
  const node = await joinOn(
    changed((whole) => ({
      holds: () => patience.length > 1,
      ask: (session, message, asking) => {
        patience.push(asking.patience);
        return whole.ask(session, message, asking);
      },
    })),
  );
  const [short, long] = ['wait=0', 'wait=45'].map((wait) => node.ask('GET', `/sessions/nobody/ask?${wait}`));
  await Promise.all([short, long]);
  expect(patience).toEqual([15_000, 60_000]);
});

test('what nobody waits for any more is not asked any longer, and nobody is told that it failed', async () => {
  const errors: unknown[] = [];
  let asked = 0;
  const store = await openStore('sqlite::memory:');
  onTestFinished(() => store.close());
  const engine = changed(() => ({
    holds: () => false,
    ask: (_session, _message, { signal }) =>
      new Promise((_, reject) => {
        asked += 1;
        signal.addEventListener('abort', () => reject(signal.reason));
      }),
  }));
  const node = await join('postgres://nowhere', { store, engine, onError: (error) => errors.push(error) });
  const patience = new AbortController();
  const answer = node.service.fetch(new Request('http://house.test/sessions/nobody', { signal: patience.signal }));
  await until(async () => asked > 0 || undefined);
  patience.abort();
  expect((await answer).status).toBe(499);
  expect(errors).toEqual([]);
});

test('a message that its node cannot answer is refused to its sender, and to nobody after it', async () => {
  const store = await openStore('sqlite::memory:');
  onTestFinished(() => store.close());
  const sessions: SessionDesk = {
    answer: async (_, message) => {
      if (message === 'bad') throw new Error('no answer');
      return message;
    },
    async *follow() {},
    released() {},
  };
  const node = await alone({ database: '', from: '' }, { sessions });
  const answers = ['good', 'bad', 'better'].map((message) =>
    node.ask('session', message, { manner: 'turn', patience: 1_000, signal: new AbortController().signal }),
  );
  expect(await Promise.allSettled(answers)).toMatchObject([
    { value: 'good' },
    { status: 'rejected' },
    { value: 'better' },
  ]);
  expect(node.holds('session')).toBe(true);
  expect((await alone({ database: '', from: '' }, {})).holds('session')).toBe(false);
  expect(await node.nodes()).toEqual([{ address: 'here', isUp: true, holdsSessions: true, works: false }]);
  // Where nobody works, work waits.
  const work = node.work('name', 'task', new AbortController().signal);
  expect(await Promise.race([work, Promise.resolve('waits')])).toBe('waits');
});

test('whoever runs nodes hears that the database of their work cannot be reached, each time that it is asked', async () => {
  const store = await openStore('sqlite::memory:');
  onTestFinished(() => store.close());
  const node = await join('postgres://127.0.0.1:1/nothing', { store, engine: alone });
  for (const _ of ['once', 'and again'])
    expect(await node.ask('GET', '/cluster', adminToken)).toMatchObject({
      status: 503,
      body: { code: 'cannot-open-store' },
    });
});

test('a session that cannot be taken up is tried again, and whoever runs the node is told', {
  tags: ['long'],
}, async () => {
  const store = await openStore('sqlite::memory:');
  onTestFinished(() => store.close());
  await store.make('broken', JSON.stringify({ mechanism: 'none/such', agents: [] }));
  const told: unknown[] = [];
  await join('postgres://nowhere', { store, engine: alone, onError: (error) => told.push(error) });
  await until(async () => (told.length >= 3 ? true : undefined));
  expect(told[0]).toMatchObject({ code: 'unknown-mechanism' });
});

test('a node that leaves takes nothing up any more', async () => {
  const store = await openStore('sqlite::memory:');
  onTestFinished(() => store.close());
  await store.make('left', JSON.stringify(clock));
  let look: () => void = () => {};
  let goOn: () => void = () => {};
  const looking = new Promise<void>((resolve) => {
    look = resolve;
  });
  const going = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const slow = new Proxy(store, {
    get(target, name: keyof Store) {
      if (name !== 'open') return target[name].bind(target);
      return async () => {
        look();
        await going;
        return target.open();
      };
    },
  });
  const node = await join('postgres://nowhere', { store: slow, engine: alone });
  await looking;
  const leaving = node.close();
  goOn();
  await leaving;
  expect(node.service.held()).toEqual([]);
});

test('an engine that is not installed is named, with what installs it', async () => {
  const folder = mkdtempSync(path(tmpdir(), 'mechane-no-engine-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const store = await openStore('sqlite::memory:');
  onTestFinished(() => store.close());
  await expect(join('postgres://nowhere', { store, from: folder })).rejects.toMatchObject({
    code: 'missing-engine',
    fix: expect.stringContaining('npm install --save-exact effect@4.1.0'),
  });
});
