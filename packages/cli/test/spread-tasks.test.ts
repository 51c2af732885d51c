import { deserialize } from 'node:v8';
import { verify } from '@mechane/conformance';
import { beforeAll, expect, test } from 'vitest';
import { type Installed, loadPlugins } from '../src/plugins.ts';
import type { NamedTask, TimedDivision } from '../src/spread/named-task.ts';
import { subjectsOf } from '../src/subjects.ts';
import type { TaskContext } from '../src/task-context.ts';
import { tasks } from '../src/thread-tasks.ts';
import { here } from './command.ts';

const vickrey = 'auction-sealed/second-price';
let around: TaskContext;
let installed: Installed;

beforeAll(async () => {
  installed = await loadPlugins(here);
  around = {
    cwd: here,
    installed: Promise.resolve(installed),
    signal: new AbortController().signal,
    onProgress: () => {},
    onPart: () => {},
  };
});

const done = (task: NamedTask['task'], given: unknown): Promise<unknown> => tasks.named({ task, given }, around);
const scenario = (ann: number, bob: number): object => ({
  mechanism: vickrey,
  reports: { ann: { bid: ann }, bob: { bid: bob } },
});

test('lines are answered alike whether they come as text or as bytes, a bad one with its place in the file', async () => {
  const text = `${JSON.stringify(scenario(3, 5))}\n\n{"mechanism":\n${JSON.stringify(scenario(9, 2))}\n`;
  const answered = String(await done('answer', { before: 10, text }));
  expect(await done('answer', { before: 10, bytes: Buffer.from(text).toString('base64') })).toBe(answered);
  const bytes = new Uint8Array(Buffer.from(text)).buffer;
  expect(Buffer.from(await tasks.answer({ before: 10, bytes }, around)).toString('utf8')).toBe(answered);
  const lines = answered
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines).toMatchObject([
    { outcome: { winner: 'bob', payment: 3 } },
    { error: { code: 'malformed-json', line: 13 } },
    { outcome: { winner: 'ann', payment: 2 } },
  ]);
});

test('bytes that are no UTF-8, and a line that is too long, are told as such', async () => {
  const broken = Buffer.concat([Buffer.from('{"mechanism":"'), Buffer.from([0xff]), Buffer.from('"}\n')]);
  const told = String(await done('answer', { before: 0, bytes: broken.toString('base64') }));
  expect(JSON.parse(told)).toMatchObject({ error: { line: 1 } });
  expect(JSON.parse(String(await done('answer', { before: 6, isTooLong: true })))).toMatchObject({
    error: { code: 'too-large', line: 7 },
  });
});

test('a scenario is played, and a replication comes as the thread would have it, whatever JSON does not know', async () => {
  const result = JSON.parse(String(await done('play', scenario(3, 5))));
  expect(result.outcome).toMatchObject({ winner: 'bob', payment: 3 });
  const experiment = {
    game: { mechanism: vickrey },
    agents: { ann: { kind: 'truthful', value: 5 }, bob: { kind: 'truthful', value: 3 } },
    rounds: 3,
    seed: 1,
  };
  const carried = await done('replicate', { experiment, seed: 4 }).catch((thrown) => thrown);
  const own = await tasks.replicate({ experiment, seed: 4 }, around).catch((thrown) => thrown);
  if (own instanceof Error) expect(carried).toMatchObject({ message: own.message });
  else expect(deserialize(Buffer.from(String(carried), 'base64'))).toEqual(own);
});

test('what a mechanism claims is judged as it is here', async () => {
  const thoroughness = { runs: 3, seed: 7, laws: ['individually-rational'] as const };
  const judged = JSON.parse(String(await done('judge', { id: vickrey, place: 0, among: [vickrey], thoroughness })));
  const [subject] = await subjectsOf(vickrey, installed);
  if (subject === undefined) throw new Error('the second price has no subject');
  const own = await verify(subject, thoroughness);
  expect(judged.laws).toEqual(JSON.parse(JSON.stringify(own.laws)));
});

test('instances are drawn from one seed after another, each as its format has it', async () => {
  const drawing = { id: 'cats-l4', settings: { goods: 4, bids: 5 }, first: 7, count: 3 };
  const { mechane } = installed;
  const { settings } = drawing;
  const expected = [7, 8, 9].map((seed) => mechane.generate('cats-l4', { settings, seed }).instance);
  const drawn = (await done('draw', { ...drawing, format: 'json' })) as readonly string[];
  expect(drawn.map((text) => JSON.parse(text))).toEqual(JSON.parse(JSON.stringify(expected)));
  const cats = mechane.generators.find(({ id }) => id === 'cats-l4')?.formats.cats;
  expect(await done('draw', { ...drawing, format: 'cats' })).toEqual(expected.map((instance) => cats?.(instance)));
  await expect(done('draw', { ...drawing, format: 'xml' })).rejects.toMatchObject({ code: 'invalid-option' });
});

test('an auction is divided, and its parts are solved together or apart', async () => {
  const auction = {
    mechanism: 'auction-combinatorial/vcg',
    settings: { goods: ['A', 'B'] },
    reports: {
      ann: { xor: [{ bundle: ['A'], value: 28 }] },
      bob: { xor: [{ bundle: ['B'], value: 20 }] },
      cat: { xor: [{ bundle: ['A', 'B'], value: 32 }] },
    },
  };
  const { division, took } = (await done('divide', auction)) as TimedDivision;
  expect(took).toBeGreaterThan(0);
  const { seed, parts } = division;
  const solutions = (await done('solve', { scenario: auction, some: { seed, parts } })) as readonly unknown[];
  const [first] = (await done('solve', { scenario: auction, some: { seed, parts: [parts[0]] } })) as readonly unknown[];
  expect(first).toEqual(solutions[0]);
  const { outcome } = installed.mechane.combine(auction, division, solutions);
  expect(outcome).toMatchObject({ payments: { ann: 12, bob: 4, cat: 0 } });
  await expect(done('divide', scenario(3, 5))).rejects.toMatchObject({ code: 'indivisible' });
});
