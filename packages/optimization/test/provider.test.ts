import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createMechane, definePlugin, directMechanism } from '@mechane/core';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { createOptimizer, highsOptimizer, OptimizerService } from '../src/index.ts';
import { dense } from './dense-program.ts';

const capped = directMechanism({
  id: 'test/capped',
  settings: z.strictObject({}),
  report: z.strictObject({ value: z.number() }),
  decide(reports, { service, signal }) {
    const costs = [...reports.values()].map(({ value }) => value);
    const program = dense({ sense: 'maximize', costs, matrix: [costs.map(() => 1)], rowUpper: [1] });
    return { best: service(OptimizerService).solve(program, { signal }).objective ?? Number.NaN };
  },
  value: () => 0,
});
const plugin = definePlugin({ name: 'test', version: '1.0.0', mechanisms: [capped] });
const reports = { ann: { value: 3 }, bob: { value: 7 } };

test('a mechanism decides with it at once, when it is prepared', async () => {
  const mechane = createMechane({ services: [await highsOptimizer().prepare()] }).use(plugin);
  expect(mechane.run('test/capped', { reports }).outcome.best).toBeCloseTo(7, 9);
  expect(mechane.run('test/capped', { reports }).outcome.best).toBeCloseTo(7, 9);
  const optimizer = mechane.service(OptimizerService);
  expect(optimizer.solver).toMatch(/^HiGHS \d+\.\d+\.\d+$/);
  await mechane.dispose();
  expect(() => optimizer.solve(dense({ sense: 'minimize', costs: [] }))).toThrow(
    expect.objectContaining({ code: 'disposed' }),
  );
});

test('asked for too early, it says what to await', () => {
  const mechane = createMechane({ services: [highsOptimizer()] }).use(plugin);
  expect(() => mechane.service(OptimizerService)).toThrow(
    expect.objectContaining({ code: 'optimizer-not-ready', fix: expect.stringContaining('prepare()') }),
  );
});

test('a plugin can bring it, and prepare it later', async () => {
  const provider = highsOptimizer();
  const mechane = createMechane().use(definePlugin({ ...plugin, name: 'bringing', providers: [provider] }));
  const [once, twice] = await Promise.all([provider.prepare(), provider.prepare()]);
  expect(once).toBe(twice);
  expect(mechane.run('test/capped', { reports }).outcome.best).toBeCloseTo(7, 9);
});

test('its WebAssembly comes from where it is said to', async () => {
  const file = createRequire(import.meta.url).resolve('highs/runtime');
  const asked: string[] = [];
  const located = await createOptimizer({
    locateFile: (name) => {
      asked.push(name);
      return file;
    },
  });
  expect(asked).toContain('highs.wasm');
  const bytes = await readFile(file);
  const given = await createOptimizer({ wasmBinary: bytes });
  const compiled = await createOptimizer({ wasmModule: await WebAssembly.compile(bytes) });
  for (const optimizer of [located, given, compiled]) {
    expect(optimizer.solve(dense({ sense: 'maximize', costs: [1], upper: [2] })).objective).toBe(2);
  }
});

test('where it cannot be loaded, the error says how to', async () => {
  const nowhere = { locateFile: () => '/nowhere/highs.wasm' };
  await expect(createOptimizer(nowhere)).rejects.toMatchObject({ code: 'optimizer-not-loaded' });
  await expect(highsOptimizer(nowhere).prepare()).rejects.toMatchObject({
    fix: expect.stringContaining('locateFile'),
  });
});
