import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededRandom } from '@mechane/core';
import { type FisherMatrix, fisherEquilibrium } from '@mechane/market';
import { fitGrowth, type Measurement } from './growth.ts';
import type { Table } from './table.ts';

/** Fisher markets of every kind, beside the same program in CVXPY with Clarabel, and how the time grows. */
export function equilibria(): readonly Table[] {
  return [besidePeer(), growth()];
}

const kinds = ['linear', 'ces', 'leontief'] as const;
const rho = 0.5;
/** Seconds after which a peer is stopped; it then counts as having taken that long. */
const patience = 60;

/** As many goods as agents; weights and budgets drawn evenly. */
function drawn(kind: FisherMatrix['kind'], size: number): FisherMatrix {
  const random = seededRandom(size);
  const draw = (): number => 1 - random.next();
  const budgets = Float64Array.from({ length: size }, draw);
  return { kind, budgets, weights: Float64Array.from({ length: size * size }, draw), rho };
}

interface Timed {
  readonly seconds: number;
  readonly residual: number | null;
}

function own(matrix: FisherMatrix): Timed {
  const times: number[] = [];
  let residual = Infinity;
  for (let run = 0; run < 3; run++) {
    const started = performance.now();
    ({ residual } = fisherEquilibrium(matrix));
    times.push((performance.now() - started) / 1e3);
  }
  return { seconds: times.sort((a, b) => a - b)[1] as number, residual };
}

/** The peer's time, its own start and the reading of numbers not counted; nothing where it is not installed. */
function peer(matrix: FisherMatrix, folder: string): Timed | undefined {
  const peers = new URL('../peers/', import.meta.url);
  const program = new URL('.venv/bin/python', peers).pathname;
  if (!existsSync(program)) return undefined;
  const { kind, budgets, weights } = matrix;
  const file = join(folder, `${kind}.f64`);
  const numbers = Float64Array.of(budgets.length, weights.length / budgets.length, ...budgets);
  writeFileSync(file, Buffer.concat([Buffer.from(numbers.buffer), Buffer.from(weights.buffer)]));
  const script = new URL('fisher.py', peers).pathname;
  const { stdout, status } = spawnSync(program, [script, kind, file, '--rho', String(rho)], {
    encoding: 'utf8',
    timeout: patience * 1e3,
    env: { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' },
  });
  if (status !== 0) return { seconds: patience, residual: null };
  return JSON.parse(stdout.trim().split('\n').at(-1) as string) as Timed;
}

function besidePeer(): Table {
  const folder = mkdtempSync(join(tmpdir(), 'fisher-'));
  const rows: (string | number | null)[][] = [];
  const goals: NonNullable<Table['goals']>[number][] = [];
  for (const size of [200, 1_000]) {
    for (const kind of kinds) {
      const matrix = drawn(kind, size);
      const { seconds, residual } = own(matrix);
      const other = peer(matrix, folder);
      const ratio = other ? other.seconds / seconds : null;
      rows.push([kind, size, seconds, residual, other?.seconds ?? null, other?.residual ?? null, ratio]);
      if (ratio !== null)
        goals.push({ what: `${kind}, ${size}×${size}: times faster than the peer`, measured: ratio, atLeast: 10 });
      goals.push({ what: `${kind}, ${size}×${size}: residual`, measured: residual ?? Infinity, atMost: 1e-8 });
    }
  }
  rmSync(folder, { recursive: true });
  return {
    title: `Fisher markets in typed arrays beside CVXPY with Clarabel, stopped after ${patience} seconds`,
    columns: ['utilities', 'agents and goods', 'seconds', 'residual', 'peer’s seconds', 'its residual', 'times faster'],
    rows,
    goals,
  };
}

function growth(): Table {
  const sizes = [25, 50, 100, 200, 400, 800];
  const rows = kinds.map((kind) => {
    const curve: Measurement[] = sizes.map((size) => ({ size: size ** 2, seconds: own(drawn(kind, size)).seconds }));
    const { exponent, rSquared } = fitGrowth(curve);
    return [kind, ...curve.map(({ seconds }) => seconds * 1e3), exponent, rSquared];
  });
  return {
    title: 'Growth of Fisher markets with the number of weights: milliseconds',
    columns: ['utilities', ...sizes.map((size) => `${size}×${size}`), 'exponent', 'R²'],
    rows,
  };
}
