// npm run bench -- growth: how the time of every mechanism grows, from a hundred agents to what ten seconds allow.
import { type GrowingRun, grownRun } from '../growing-run.ts';
import { growingRuns } from '../growing-scenarios.ts';
import type { Goal, Table } from '../table.ts';

/** What n log n comes to over a decade, and what a measurement may be off. */
const mostProportional = 1.35;

/** A table for each package, as it is done. */
export async function* run(): AsyncGenerator<Table> {
  const runs = growingRuns();
  for (const room of new Set(runs.map(roomOf))) {
    const own = runs.filter((each) => roomOf(each) === room);
    yield growthOf(room, own);
  }
}

const roomOf = ({ mechanism }: GrowingRun): string => mechanism.split('/')[0] as string;

function growthOf(room: string, runs: readonly GrowingRun[]): Table {
  const rows: (string | number | null)[][] = [];
  const goals: Goal[] = [];
  for (const growing of runs) {
    const { mechanism, of, isProportional } = growing;
    const { curve, growth, endedBy } = grownRun(growing);
    const { size = null, seconds = null } = curve.at(-1) ?? {};
    rows.push([mechanism, of, size, seconds, growth?.exponent ?? null, endedBy]);
    if (isProportional && growth !== undefined)
      goals.push({ what: `exponent of ${mechanism} in ${of}`, measured: growth.exponent, atMost: mostProportional });
  }
  return {
    title: `Growth of ${room}: the largest run within ten seconds of the processor, and the exponent of its last decade`,
    columns: ['mechanism', 'in', 'largest', 'seconds', 'exponent', 'ended by'],
    rows,
    goals,
  };
}
