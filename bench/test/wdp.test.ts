import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Table } from '../src/table.ts';
import { geometricMean } from '../src/wdp/geometric-mean.ts';
import { drawnInstances } from '../src/wdp/instances.ts';
import { Peer, type PeerCommand } from '../src/wdp/peer.ts';
import { measureWinnerDetermination } from '../src/wdp/winner-determination.ts';

/** A program that gives the same answer to each line. */
function peerThatSays(answer: object, name = 'peer'): PeerCommand {
  const program = `require('node:readline').createInterface({ input: process.stdin }).on('line', () => console.log('${JSON.stringify(answer)}'))`;
  return { name, version: 'test 1.0', program: process.execPath, arguments: ['-e', program] };
}

/** Two goods and three bids, of which the first two are worth 5 together. */
const auction = 'goods 2\nbids 3\ndummy 0\n\n0\t3\t0\t#\n1\t2\t1\t#\n2\t4\t0\t1\t#\n';

function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'wdp-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

async function measure(folder: string, peers: readonly PeerCommand[]): Promise<readonly Table[]> {
  const limits = { timeLimit: 60, limits: '60 s at most', growthLimit: 60 };
  const tables: Table[] = [];
  const measured = measureWinnerDetermination({ folder, only: /^L3-/, peers, bids: [16, 32], ...limits }, () => {});
  for await (const table of measured) tables.push(table);
  return tables;
}

/** A cell by the name of its row and its column. */
function cell(table: Table | undefined, row: string, column: string): string | number | null | undefined {
  return table?.rows.find(([name]) => name === row)?.[table.columns.indexOf(column)];
}

const goal = (table: Table | undefined, what: RegExp) => table?.goals?.find((each) => what.test(each.what));

test('each side solves each instance, and the result agrees with what is known', async () => {
  const optima = { 'L3-2-3.txt': { welfare: 5, proved: true } };
  const folder = folderOf({ 'L3-2-3.txt': auction, 'L4-2-3.txt': auction, 'optima.json': JSON.stringify(optima) });
  const answer = { seconds: 1e6, status: 'optimal', objective: 5, bound: 5 };
  const [instances, families, payments, growth] = await measure(folder, [peerThatSays(answer)]);
  expect(instances?.rows).toHaveLength(1);
  expect(instances?.title).toContain('peer by test 1.0');
  expect([cell(instances, 'L3-2-3', 'welfare'), cell(instances, 'L3-2-3', 'agrees')]).toEqual([5, 'yes']);
  expect(cell(instances, 'L3-2-3', 'peer ms')).toBe(1e9);
  expect(cell(instances, 'L3-2-3', 'peer / ours')).toBeGreaterThan(1e4);
  expect(goal(instances, /matched/)).toMatchObject({ measured: 1, atLeast: 1 });
  expect(cell(families, 'L3', 'proved')).toBe(1);
  expect(cell(payments, 'L3-2-3', 'vcg ms')).toBeGreaterThan(0);
  expect(cell(payments, 'L3-2-3', 'core-selecting / first-price')).toBeGreaterThan(0);
  expect([cell(growth, 'L3', 'proved'), goal(growth, /share/)?.measured]).toEqual(['2 of 2', 1]);
});

test('a result that is not the known optimum is told', async () => {
  const folder = folderOf({ 'L3-2-3.txt': auction, 'optima.json': '{"L3-2-3.txt":{"welfare":6,"proved":true}}' });
  const [instances] = await measure(folder, []);
  expect(cell(instances, 'L3-2-3', 'agrees')).toBe('NO');
  expect(goal(instances, /matched/)).toMatchObject({ measured: 0, atLeast: 1 });
  expect(goal(instances, /contradict/)).toMatchObject({ measured: 1, atMost: 0 });
  expect(instances?.title).toContain('install.mjs');
});

test('what a peer leaves open counts as a bound on the ratio, and by its gap', async () => {
  const folder = folderOf({ 'L3-2-3.txt': auction });
  const open = peerThatSays({ seconds: 60, status: 'feasible', objective: 4, bound: 8 });
  const [instances] = await measure(folder, [open]);
  expect(cell(instances, 'L3-2-3', 'known welfare')).toBe(null);
  expect(instances?.rows[0]).toContain(50);
  expect(goal(instances, /leaves open/)).toMatchObject({ measured: 1, atLeast: 1 });
});

test('a peer that ends instead of answering is an error', async () => {
  const peer = new Peer({ name: 'gone', version: '1', program: process.execPath, arguments: ['-e', ''] });
  await expect(peer.solve('some.txt')).rejects.toThrow('gone ended without an answer to some.txt');
});

test('instances are drawn from a seed where there are none', () => {
  const [drawn] = drawnInstances(/^regions-/, [[16, 20]]);
  const [again] = drawnInstances(/^regions-/, [[16, 20]]);
  expect(drawn?.name).toBe('regions-16-20');
  const text = readFileSync(drawn?.file as string, 'utf8');
  expect(readFileSync(again?.file as string, 'utf8')).toBe(text);
  expect(text).toMatch(/^goods 16\nbids 20\n/);
});

test('geometric means multiply', () => {
  expect(geometricMean([2, 8])).toBeCloseTo(4, 12);
  expect(geometricMean([])).toBe(Number.NaN);
});
