import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openStore, type Store } from '@mechane/server';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { hasPostgres, type PrivatePostgres, startPostgres } from '../../../tools/postgres/private-postgres.mjs';

const folder = mkdtempSync(join(tmpdir(), 'mechane-store-'));
let files = 0;
let postgres: PrivatePostgres | undefined;

beforeAll(async () => {
  if (hasPostgres) postgres = await startPostgres();
});

afterAll(() => {
  postgres?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const stores: readonly (readonly [string, () => string])[] = [
  ['SQLite', () => `sqlite:${join(folder, `${files++}.db`)}`],
  ...(hasPostgres ? [['Postgres', () => (postgres as PrivatePostgres).url] as const] : []),
];

describe.each(stores)('a store in %s', (_, nameOf) => {
  let name: string;
  let store: Store;
  let session: string;

  beforeEach(async () => {
    name = nameOf();
    store = await openStore(name);
    session = `session ${Math.random()}`;
    await store.make(session, '{"of":"a test"}');
  });

  afterEach(() => store.close());

  const codeOf = (promise: Promise<unknown>): Promise<string> =>
    promise.then(
      () => 'done',
      ({ code }) => code,
    );

  test('gives back what was appended, in order, from any number on', async () => {
    await store.append(session, 0, ['zero\n', 'one\n']);
    await store.append(session, 2, ['two \u{1F600} “quoted”\n']);
    expect(await store.read(session)).toEqual(['zero\n', 'one\n', 'two \u{1F600} “quoted”\n']);
    expect(await store.read(session, 2)).toEqual(['two \u{1F600} “quoted”\n']);
    expect(await store.head(session)).toEqual({ seq: 2, line: 'two \u{1F600} “quoted”\n' });
    expect(await store.head('nothing')).toBeUndefined();
  });

  test('takes each number of a session once: of two writers, one is refused, and nothing of what it brought is kept', async () => {
    await store.append(session, 0, ['zero']);
    const outcomes = await Promise.all([
      codeOf(store.append(session, 1, ['one', 'two'])),
      codeOf(store.append(session, 1, ['another one', 'another two'])),
      codeOf(store.append('another session', 1, ['unharmed'])),
    ]);
    expect(outcomes).toEqual(['done', 'seq-taken', 'done']);
    expect(await codeOf(store.append(session, 2, ['again', 'three']))).toBe('seq-taken');
    expect(await store.read(session)).toEqual(['zero', 'one', 'two']);
    expect(await store.read('another session')).toEqual(['unharmed']);
    await expect(store.append(session, 0, ['x'])).rejects.toThrow(/ask that service/);
  });

  test('writes many at once, and loses none', async () => {
    const lines = Array.from({ length: 3000 }, (_, seq) => `line ${seq}`);
    await Promise.all(lines.map((line, seq) => store.append(session, seq, [line])));
    expect(await store.read(session)).toEqual(lines);
  });

  test('makes a session once, and gives the first to whoever comes second', async () => {
    expect(await store.make(session, '{"of":"another"}')).toEqual({
      id: session,
      made: '{"of":"a test"}',
      ended: null,
      heldBy: null,
    });
    expect(await store.find('nobody’s')).toBeUndefined();
  });

  test('keeps the first end of a session', async () => {
    await store.end(session, '{"status":"closed"}');
    await store.end(session, '{"status":"cancelled"}');
    expect((await store.find(session))?.ended).toBe('{"status":"closed"}');
  });

  test('lists sessions in the order in which they were made, a page at a time', async () => {
    const made = [session];
    for (const number of [3, 1, 2]) {
      const id = `${session} ${number}`;
      await store.make(id, '{}');
      made.push(id);
    }
    const [first, second] = [await store.list({ limit: 1000 }), await store.list({ limit: 2, after: made[0] })];
    const ids = first.map(({ id }) => id).filter((id) => made.includes(id));
    expect(new Set(ids)).toEqual(new Set(made));
    expect(second.map(({ id }) => id)).toEqual(ids.slice(1, 3));
  });

  test('still has everything when it is opened again, and gives the open sessions to whoever has it now', async () => {
    await store.append(session, 0, ['kept']);
    await store.make(`${session} over`, '{}');
    await store.end(`${session} over`, '{}');
    await store.close();
    store = await openStore(name);
    expect(await store.read(session)).toEqual(['kept']);
    const leased = (await store.lease()).map(({ id }) => id);
    expect(leased).toContain(session);
    expect(leased).not.toContain(`${session} over`);
    await store.ping();
  });
});

describe.each(stores)('accounts in %s', (_, nameOf) => {
  test('two who spend at once never spend more than there is, whatever the order, down to the last tenth', async () => {
    const store = await openStore(nameOf());
    try {
      const account = `account ${Math.random()}`;
      await store.setBudget(account, 1);
      const hold = (agent: number) =>
        store.hold({ account, session: `s ${account}`, agent: `${agent}` }, { round: 1, before: 0, most: 0.1 });
      const left = await Promise.all(Array.from({ length: 25 }, (_, agent) => hold(agent)));
      // Ten tenths are one: as doubles they would be less.
      expect(left.filter((each) => each === undefined).length).toBe(10);
      expect(left.filter((each) => each === 0).length).toBe(15);
      expect(await store.setBudget(account, 1)).toEqual({ budget: 1, spent: 0, held: 1, left: 0 });
    } finally {
      await store.close();
    }
  });

  test('are charged once for a session that ends twice, and hold nothing for it any more', async () => {
    const store = await openStore(nameOf());
    try {
      const [account, session] = [`account ${Math.random()}`, `session ${Math.random()}`];
      await store.make(session, '{}');
      await store.hold({ account, session, agent: 'ann' }, { round: 1, before: 0, most: 5 });
      await store.end(session, '{}', [{ account, amount: 0.3 }]);
      await store.end(session, '{}', [{ account, amount: 0.3 }]);
      expect(await store.setBudget(account, 0.5)).toEqual({ budget: 0.5, spent: 0.3, held: 0, left: 0.2 });
      expect(await store.heldFor({ account, session, agent: 'ann' })).toBeUndefined();
    } finally {
      await store.close();
    }
  });
});

/** Opens a store in a process of its own, which then waits to be killed. */
async function holding(name: string): Promise<{ kill: () => Promise<void> }> {
  const holder = fileURLToPath(new URL('store-holder.mjs', import.meta.url));
  const child = spawn(process.execPath, [holder, name], { stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise((resolve) => child.stdout.once('data', resolve));
  return {
    async kill() {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await gone;
    },
  };
}

test('a file is open in one process, and free once that is killed', { tags: ['long'] }, async () => {
  const name = `sqlite:${join(folder, 'shared.db')}`;
  const first = await holding(name);
  await expect(openStore(name)).rejects.toMatchObject({ code: 'store-in-use' });
  await first.kill();
  const store = await openStore(name);
  expect((await store.lease()).map(({ id }) => id)).toEqual(['of another']);
  await store.close();
});

describe.runIf(hasPostgres)('services that share a Postgres', () => {
  test('have a session in one of them, and say in which; when that is gone, another takes it', async () => {
    const { url } = postgres as PrivatePostgres;
    const here = await openStore(url, { address: 'http://here' });
    const there = await openStore(url, { address: 'http://there' });
    await here.make('shared', '{}');
    expect((await there.find('shared'))?.heldBy).toBe('http://here');
    expect((await there.lease()).map(({ id }) => id)).not.toContain('shared');
    await here.close();
    expect((await there.lease()).map(({ id }) => id)).toContain('shared');
    expect((await there.find('shared'))?.heldBy).toBeNull();
    await there.close();
  });

  test('go on after it has crashed, with all that was written', { tags: ['long'] }, async () => {
    const server = postgres as PrivatePostgres;
    const store = await openStore(server.url);
    const other = await openStore(server.url, { address: 'http://other' });
    await store.make('crashed', '{}');
    await store.append('crashed', 0, ['before']);
    server.restart();
    await expect
      .poll(
        () =>
          other.lease().then(
            () => true,
            () => false,
          ),
        { timeout: 30_000 },
      )
      .toBe(true);
    await expect
      .poll(
        () =>
          store.lease().then(
            () => true,
            () => false,
          ),
        { timeout: 30_000 },
      )
      .toBe(true);
    await store.append('crashed', 1, ['after']);
    expect(await other.read('crashed')).toEqual(['before', 'after']);
    await store.close();
    await other.close();
  });
});

test('a store that is none is refused, without showing its password', async () => {
  await expect(openStore('mysql://me:secret@host/db')).rejects.toThrow(
    '"mysql://me:…@host/db" is no store; expected "sqlite:FILE" or "postgres://USER@HOST/DATABASE". Fix:',
  );
  await expect(openStore('sqlite:')).rejects.toMatchObject({ code: 'unknown-store' });
});
