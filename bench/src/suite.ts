import { existsSync, readdirSync } from 'node:fs';
import type { Table } from './table.ts';

/** A file of `suites/`: it exports `run`, which measures and returns what there is to show, at the end or table by table. */
export interface Suite {
  run(): Promise<readonly Table[]> | AsyncIterable<Table>;
}

/** The names of all suites in a folder of modules, sorted. */
export function suitesIn(folder: URL): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith('.js'))
    .map((file) => file.slice(0, -'.js'.length))
    .sort();
}

/**
 * @throws TypeError when the module is no suite
 */
export async function loadSuite(folder: URL, name: string): Promise<Suite> {
  const suite: Partial<Suite> = await import(new URL(`${name}.js`, folder).href);
  if (typeof suite.run !== 'function') throw new TypeError(`the suite ${name} does not export a function run`);
  return { run: suite.run };
}
