import { alone, type Batch, connectJobs, type Desk, type Jobs } from '@mechane/cluster';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { engineFolder, hasEngine, join } from './nodes.ts';
import { hasPostgres, type PrivatePostgres, startPostgres } from './private-postgres.ts';

/** Squares numbers, and remembers which. */
class Squares {
  readonly done: number[] = [];
  onTask: () => void = () => {};
  readonly work = async (task: string): Promise<string> => {
    this.done.push(Number(task));
    this.onTask();
    if (task === '-1') throw new Error('no square for this');
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

test('one node alone does all work, in order, and what it has done not again', async () => {
  const { work, done } = new Squares();
  const desk: Desk = { answer: async () => '', async *follow() {}, released() {}, work };
  const jobs = await connectJobs({ database: 'postgres://nowhere', engine: (place) => alone(place, desk) });
  expect(await all(jobs, { name: 'squares', tasks: numbers, together: 3 })).toEqual(squares);
  expect(await all(jobs, { name: 'squares', tasks: numbers })).toEqual(squares);
  expect(done).toEqual(numbers.map(Number));
  await jobs.close();
});

test('who calls a batch off is given no more of it', async () => {
  const { work, done } = new Squares();
  const desk: Desk = { answer: async () => '', async *follow() {}, released() {}, work };
  const jobs = await connectJobs({ database: 'postgres://nowhere', engine: (place) => alone(place, desk) });
  const off = new AbortController();
  const results = jobs.run({ name: 'squares', tasks: numbers, together: 2, signal: off.signal });
  expect(await results.next()).toMatchObject({ value: '0' });
  off.abort();
  for await (const _ of results);
  expect(done.length).toBeLessThan(numbers.length);
});

describe.runIf(hasPostgres && hasEngine)('work on the nodes of a Postgres', () => {
  let postgres: PrivatePostgres;

  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres.stop());

  test('has every result once and in order, though a node leaves; given out again, nothing is done twice', async () => {
    const [first, second] = [new Squares(), new Squares()];
    const leaving = await join(postgres.url, { work: first.work });
    const jobs = await connectJobs({ database: postgres.url, from: engineFolder });
    onTestFinished(() => jobs.close());
    const half = await all(jobs, { name: 'squares', tasks: numbers.slice(0, 6) });
    expect(half).toEqual(squares.slice(0, 6));
    await leaving.close();
    const working = await join(postgres.url, { work: second.work });
    expect(await all(jobs, { name: 'squares', tasks: numbers })).toEqual(squares);
    expect([...first.done, ...second.done].sort((a, b) => a - b)).toEqual(numbers.map(Number));
    expect(await working.nodes()).toContainEqual({ address: working.address, isUp: true });
    await expect(all(jobs, { name: 'wrong', tasks: ['-1'] })).rejects.toThrow();
  });
});
