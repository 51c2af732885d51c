import {
  alone,
  type Batch,
  type ClusterStatus,
  clusterStatus,
  connectJobs,
  type Jobs,
  type JoinEngine,
  joinWorkers,
  type WorkerNode,
} from '@mechane/cluster';
import { openPostgres } from '@mechane/server';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { hasPostgres, type PrivatePostgres, startPostgres } from '../../../tools/postgres/private-postgres.mjs';
import { engineFolder, hasEngine } from './nodes.ts';

/** Squares numbers, and remembers which. */
class Squares {
  readonly done: number[] = [];
  isBroken = false;
  readonly work = async (task: string): Promise<string> => {
    this.done.push(Number(task));
    if (this.isBroken) throw new Error(`no square for ${task}`);
    return `${Number(task) ** 2}`;
  };
}

const numbers = Array.from({ length: 12 }, (_, number) => `${number}`);
const squares = numbers.map((number) => `${Number(number) ** 2}`);

async function all(jobs: Jobs, batch: Batch): Promise<string[]> {
  const results: string[] = [];
  for await (const result of jobs.run(batch)) results.push(result);
  return results;
}

describe.runIf(hasPostgres)('jobs in a Postgres', () => {
  let postgres: PrivatePostgres;

  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres.stop());

  /** Who works and who gives out work, in one process. */
  async function alonePair(work: (task: string) => Promise<string>): Promise<Jobs> {
    let works: ((piece: string) => Promise<string>) | undefined;
    const working: JoinEngine = (place, desk) => {
      works = desk.work;
      return alone(place, desk);
    };
    const worker = await joinWorkers({ database: postgres.url, work, engine: working });
    const asking: JoinEngine = (place) => alone(place, works === undefined ? {} : { work: works });
    const jobs = await connectJobs({ database: postgres.url, engine: asking });
    onTestFinished(async () => {
      await jobs.close();
      await worker.close();
    });
    expect(await worker.nodes()).toEqual([{ address: worker.address, isUp: true, holdsSessions: false, works: true }]);
    return jobs;
  }

  test('are kept whole, however many come at once', { tags: ['long'] }, async () => {
    const jobs = await alonePair(async (task) => task);
    const tasks = Array.from({ length: 70_000 }, (_, number) => `"${number}", \\ and $1`);
    const results = jobs.run({ name: 'many', tasks, together: 1 });
    expect(await results.next()).toEqual({ value: tasks[0], done: false });
    await results.return(undefined);
    expect(await jobs.list()).toMatchObject([{ name: 'many', pieces: 70_000 }]);
    await jobs.forget('many');
  });

  test('are done in order, and what is done is not done again until they are forgotten', async () => {
    const { work, done } = new Squares();
    const jobs = await alonePair(work);
    const progress: number[] = [];
    const batch: Batch = {
      name: 'squares',
      what: 'twelve squares',
      tasks: numbers,
      onProgress: (n) => progress.push(n),
    };
    expect(await all(jobs, { ...batch, together: 3 })).toEqual(squares);
    expect(progress.at(-1)).toBe(12);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    expect(await all(jobs, batch)).toEqual(squares);
    expect(await all(jobs, { name: 'squares' })).toEqual(squares);
    expect([...done].sort((a, b) => a - b)).toEqual(numbers.map(Number));
    expect(await jobs.list()).toMatchObject([{ name: 'squares', what: 'twelve squares', pieces: 12, done: 12 }]);
    expect(await jobs.forget('squares')).toBe(true);
    expect(await jobs.forget('squares')).toBe(false);
    expect(await jobs.list()).toEqual([]);
    await expect(all(jobs, { name: 'squares' })).rejects.toMatchObject({ code: 'unknown-job' });
    expect(await all(jobs, batch)).toEqual(squares);
    expect(done).toHaveLength(24);
    await jobs.forget('squares');
  });

  test('that are called off are given out no more, and taken up where their tasks are kept', async () => {
    const off = new AbortController();
    const { work, done } = new Squares();
    let goOn: () => void = () => {};
    const going = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const jobs = await alonePair(async (task) => {
      if (task !== '0') await going;
      return work(task);
    });
    const results = jobs.run({ name: 'off', tasks: numbers, together: 2, signal: off.signal });
    expect(await results.next()).toMatchObject({ value: '0' });
    off.abort();
    for await (const _ of results);
    goOn();
    await new Promise((resolve) => setTimeout(resolve));
    // The first, and those that were out.
    expect(done.length).toBeLessThanOrEqual(3);
    expect(await all(jobs, { name: 'off' })).toEqual(squares);
    expect(await jobs.forget('off')).toBe(true);
  });

  test('of which not all tasks were read cannot be taken up, and say so', async () => {
    const off = new AbortController();
    const jobs = await alonePair(new Squares().work);
    async function* endless(): AsyncGenerator<string> {
      yield '3';
      await new Promise<void>((resolve) => off.signal.addEventListener('abort', () => resolve()));
      yield '4';
    }
    const results = jobs.run({ name: 'endless', tasks: endless(), signal: off.signal });
    expect(await results.next()).toMatchObject({ value: '9' });
    off.abort();
    expect(await results.next()).toMatchObject({ done: true });
    expect(await jobs.list()).toMatchObject([{ name: 'endless', pieces: null, done: 1 }]);
    await expect(all(jobs, { name: 'endless' })).rejects.toMatchObject({ code: 'unread-job' });
    await jobs.forget('endless');
  });

  test('whose input breaks off, break off', async () => {
    const jobs = await alonePair(new Squares().work);
    async function* broken(): AsyncGenerator<string> {
      yield '3';
      throw new Error('the disk is gone');
    }
    await expect(all(jobs, { name: 'broken', tasks: broken() })).rejects.toThrow('the disk is gone');
    await jobs.forget('broken');
  });

  test('of which a piece fails say which; taken up, it is tried again', async () => {
    const squared = new Squares();
    squared.isBroken = true;
    const jobs = await alonePair(squared.work);
    await expect(all(jobs, { name: 'failing', tasks: ['5'] })).rejects.toMatchObject({
      code: 'failed-piece',
      message: expect.stringContaining('no square for 5'),
    });
    squared.isBroken = false;
    expect(await all(jobs, { name: 'failing' })).toEqual(['25']);
    await jobs.forget('failing');
  });

  test('that are forgotten while they are done end, and say so', async () => {
    let forget: () => Promise<unknown> = async () => {};
    const jobs = await alonePair(async (task) => {
      await forget();
      return task;
    });
    forget = () => jobs.forget('forgotten');
    const tasks = ['1', '2'];
    await expect(all(jobs, { name: 'forgotten', tasks, together: 1 })).rejects.toMatchObject({ code: 'unknown-job' });
  });

  test('say what was thrown, whatever it was, and carry tasks however long they are', async () => {
    const long = 'x'.repeat(5_000_000);
    const jobs = await alonePair((task) => (task === 'odd' ? Promise.reject('no error') : Promise.resolve(task)));
    expect(await all(jobs, { name: 'long', tasks: [long, 'short'] })).toEqual([long, 'short']);
    await expect(all(jobs, { name: 'odd', tasks: ['odd'] })).rejects.toThrow('no error');
    for (const name of ['long', 'odd']) await jobs.forget(name);
  });

  test('need an engine, and say what installs it', async () => {
    const place = { database: postgres.url, from: '/nowhere' };
    const missing = { code: 'missing-engine', fix: expect.stringContaining('npm install --save-exact effect@4.1.0') };
    await expect(connectJobs(place)).rejects.toMatchObject(missing);
    await expect(joinWorkers({ ...place, work: new Squares().work })).rejects.toMatchObject(missing);
  });

  test('go on when Postgres was away', { tags: ['long'] }, async () => {
    const squared = new Squares();
    const jobs = await alonePair(async (task) => {
      if (task === '4' && squared.done.length < 6) postgres.restart();
      return squared.work(task);
    });
    expect(await all(jobs, { name: 'restarted', tasks: numbers })).toEqual(squares);
    await jobs.forget('restarted');
  });

  test('are shown with the nodes and sessions of their cluster', async () => {
    const look = (): Promise<ClusterStatus> => clusterStatus({ database: postgres.url, engine: alone });
    const nodes = [{ address: 'here', isUp: true, holdsSessions: false, works: false }];
    expect(await look()).toEqual({ nodes, sessions: { open: 0, ended: 0 }, jobs: [] });
    const store = await openPostgres(postgres.url);
    onTestFinished(() => store.close());
    for (const id of ['one', 'two', 'three']) await store.make(id, '{}');
    await store.end('two', '{}');
    expect(await look()).toEqual({ nodes, sessions: { open: 2, ended: 1 }, jobs: [] });
  });

  describe.runIf(hasEngine)('on nodes of their own', () => {
    async function worker(work: (task: string) => Promise<string>): Promise<WorkerNode> {
      const node = await joinWorkers({ database: postgres.url, work, from: engineFolder });
      let isGone = false;
      const close = async (): Promise<void> => {
        if (!isGone) await node.close();
        isGone = true;
      };
      onTestFinished(close);
      return { ...node, close };
    }

    test('have every result once and in order, though a node leaves in the middle', { tags: ['long'] }, async () => {
      const [first, second] = [new Squares(), new Squares()];
      const stuck = new Set<string>();
      // The first does half, and is stuck with all the rest when it leaves.
      const leaving = await worker((task) => {
        if (first.done.length < 3) return first.work(task);
        stuck.add(task);
        return new Promise(() => {});
      });
      const jobs = await connectJobs({ database: postgres.url, from: engineFolder });
      onTestFinished(() => jobs.close());
      const results = jobs.run({ name: 'moved', tasks: numbers });
      const got: string[] = [];
      const getting = (async () => {
        for await (const result of results) got.push(result);
      })();
      while (stuck.size < 9) await new Promise((resolve) => setTimeout(resolve, 20));
      const working = await worker(second.work);
      await leaving.close();
      await getting;
      expect(got).toEqual(squares);
      expect([...first.done, ...second.done].sort((a, b) => a - b)).toEqual(numbers.map(Number));
      expect(await jobs.nodes()).toContainEqual({
        address: working.address,
        isUp: true,
        holdsSessions: false,
        works: true,
      });
      expect(await all(jobs, { name: 'moved' })).toEqual(squares);
      await jobs.forget('moved');
    });
  });

  test('need a database, and say so', async () => {
    const closed = 'postgres://me:secret@127.0.0.1:1/none';
    const refused = await connectJobs({ database: closed }).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'cannot-open-store', fix: expect.stringContaining('tables') });
    expect(String(refused)).not.toContain('secret');
  });
});
