// npm run bench -- <suite> ...: measures, prints tables and writes bench/results/<suite>.json.
import { mkdirSync, writeFileSync } from 'node:fs';
import { currentCircumstances } from './circumstances.ts';
import { loadSuite, suitesIn } from './suite.ts';
import { formatTable, type Table } from './table.ts';

const suites = new URL('./suites/', import.meta.url);
const results = new URL('../results/', import.meta.url);
const packages = new URL('../../packages/', import.meta.url);

const known = suitesIn(suites);
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !known.includes(name));

if (wanted.length === 0 || unknown.length > 0) {
  if (unknown.length > 0) console.error(`There is no suite ${unknown.join(', ')}.`);
  console.error(`Usage: npm run bench -- <suite> ...\nSuites: ${known.join(', ') || 'none yet'}`);
  process.exitCode = 2;
} else {
  for (const name of wanted) {
    const suite = await loadSuite(suites, name);
    mkdirSync(results, { recursive: true });
    const tables: Table[] = [];
    // Written after every table: what has been measured is not lost when the rest fails.
    for await (const table of await suite.run()) {
      console.log(`\n${formatTable(table)}`);
      tables.push(table);
      const result = { suite: name, ...currentCircumstances(packages), tables };
      writeFileSync(new URL(`${name}.json`, results), `${JSON.stringify(result, null, 2)}\n`);
    }
    console.log(`\nWritten to bench/results/${name}.json`);
  }
}
