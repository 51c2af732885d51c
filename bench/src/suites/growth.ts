// npm run bench -- growth: how the time of every mechanism grows, from a hundred agents to what ten seconds allow.
import { grownRun } from '../growing-run.ts';
import { growingRuns } from '../growing-scenarios.ts';
import type { Goal, Table } from '../table.ts';

/** What n log n comes to over a decade, and what a measurement may be off. */
const mostProportional = 1.35;

export function run(): AsyncIterable<Table> {
  return tables();
}

async function* tables(): AsyncGenerator<Table> {
  const rows: (string | number | null)[][] = [];
  const goals: Goal[] = [];
  for (const growing of growingRuns()) {
    const { mechanism, of, isProportional } = growing;
    const { curve, growth, endedBy } = grownRun(growing);
    const { size, seconds } = curve.at(-1) ?? { size: null, seconds: null };
    rows.push([mechanism, of, size, seconds, growth?.exponent ?? null, endedBy]);
    console.error(rows.at(-1)?.join('  '));
    if (isProportional && growth !== undefined)
      goals.push({ what: `exponent of ${mechanism} in ${of}`, measured: growth.exponent, atMost: mostProportional });
  }
  yield {
    title:
      'Growth: the largest run of each mechanism within ten seconds of the processor, and the exponent of its last decade',
    columns: ['mechanism', 'in', 'largest', 'seconds', 'exponent', 'ended by'],
    rows,
    goals,
  };
}
