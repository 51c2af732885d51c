// npm run bench -- wdp: winner determination on the CATS instances of a folder, beside other solvers where they are installed.
// MECHANE_CATS is the folder: files of the Combinatorial Auction Test Suite and, if there is one, optima.json with what is known of them.
// MECHANE_CATS_ONLY is a pattern that file names must match, MECHANE_SECONDS the limit of each search.
// A peer is bench/peers/solve: called with a solver's name, a file and a limit in seconds, it prints {"seconds", "welfare", "proved"}.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { combinatorialAuctions, readCats } from '@mechane/auction-combinatorial';
import { createMechane } from '@mechane/core';
import type { Table } from '../table.ts';

const mechane = createMechane().use(combinatorialAuctions);
const folder = process.env.MECHANE_CATS;
const only = new RegExp(process.env.MECHANE_CATS_ONLY ?? '');
const seconds = Number(process.env.MECHANE_SECONDS ?? 60);
const peer = fileURLToPath(new URL('../../../peers/solve', import.meta.url));
const peers = ['highs', 'cp-sat'];

interface Known {
  readonly welfare: number;
  readonly proved: boolean;
}

interface Solved {
  readonly seconds: number;
  readonly welfare: number;
  readonly proved: boolean;
}

export async function run(): Promise<readonly Table[]> {
  if (folder === undefined || !existsSync(folder)) {
    console.log('Skipped: MECHANE_CATS does not name a folder of CATS files.');
    return [];
  }
  const optima = knownOptima(folder);
  const files = readdirSync(folder).filter((file) => file.endsWith('.txt') && only.test(file));
  const warmUp = files[0];
  if (warmUp !== undefined) solveFile(join(folder, warmUp), Math.min(seconds, 2));
  return [determination(folder, files, optima), payments(folder, files)];
}

function knownOptima(path: string): Readonly<Record<string, Known>> {
  const file = join(path, 'optima.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, Known>) : {};
}

function determination(path: string, files: readonly string[], optima: Readonly<Record<string, Known>>): Table {
  const installed = existsSync(peer) ? peers : [];
  const rows: (string | number | null)[][] = [];
  const ratios = new Map<string, number[]>(installed.map((name) => [name, []]));
  let matched = 0;
  let compared = 0;
  for (const file of files) {
    const own = solveFile(join(path, file), seconds);
    const known = optima[file];
    if (known?.proved) {
      compared += 1;
      if (Math.abs(own.welfare - known.welfare) <= 1e-6 * known.welfare) matched += 1;
    }
    const others = installed.map((name) => {
      const answer = execFileSync(peer, [name, join(path, file), String(seconds)], { encoding: 'utf8' });
      const other = JSON.parse(answer) as Solved;
      if (own.proved && other.proved) ratios.get(name)?.push(other.seconds / own.seconds);
      return other.proved ? other.seconds * 1e3 : null;
    });
    const found = [file, own.seconds * 1e3, own.proved ? 'yes' : 'no', own.gap * 100, own.welfare];
    rows.push([...found, known?.welfare ?? null, ...others]);
  }
  return {
    title: `Winner determination on CATS instances, ${seconds} s at most, validation and metrics included`,
    columns: ['instance', 'milliseconds', 'proved', 'gap in %', 'welfare', 'known welfare', ...installed],
    rows,
    goals: [
      { what: 'proved optima that are matched', measured: matched, atLeast: compared },
      ...installed.map((name) => ({
        what: `geometric mean of times of ${name} over ours`,
        measured: geometricMean(ratios.get(name) ?? []),
        atLeast: 3,
      })),
    ],
  };
}

interface Found extends Solved {
  readonly gap: number;
}

function solveFile(file: string, timeLimit: number): Found {
  const { settings, reports } = readCats(readFileSync(file, 'utf8'));
  const started = performance.now();
  const result = mechane.run('auction-combinatorial/first-price', { settings: { ...settings, timeLimit }, reports });
  const { status, welfare, gap } = result.certificate as unknown as { status: string; welfare: number; gap: number };
  return { seconds: (performance.now() - started) / 1e3, welfare, gap, proved: status === 'optimal' };
}

/** How much longer it takes to find all payments. */
function payments(path: string, files: readonly string[]): Table {
  const rows: (string | number | null)[][] = [];
  const ratios: { vcg: number[]; core: number[] } = { vcg: [], core: [] };
  for (const file of files) {
    const { settings, reports } = readCats(readFileSync(join(path, file), 'utf8'));
    const play = { settings: { ...settings, timeLimit: seconds }, reports };
    const base = timed(() => mechane.run('auction-combinatorial/first-price', play));
    const vcg = timed(() => mechane.run('auction-combinatorial/vcg', play));
    const core = timed(() => mechane.run('auction-combinatorial/core-selecting', play));
    rows.push([file, base, vcg, core]);
    if (base !== null && vcg !== null) ratios.vcg.push(vcg / base);
    if (base !== null && core !== null) ratios.core.push(core / base);
  }
  return {
    title: `Payments, ${seconds} s at most for all of them: milliseconds, nothing where that was not enough for a proof`,
    columns: ['instance', 'first-price', 'vcg', 'core-selecting'],
    rows,
    goals: [
      { what: 'VCG over winner determination, geometric mean', measured: geometricMean(ratios.vcg), atMost: 3 },
      {
        what: 'core-selecting over winner determination, geometric mean',
        measured: geometricMean(ratios.core),
        atMost: 6,
      },
    ],
  };
}

function timed(play: () => { readonly certificate?: { readonly status: string } | undefined }): number | null {
  const started = performance.now();
  try {
    const { certificate } = play();
    return certificate?.status === 'optimal' ? performance.now() - started : null;
  } catch {
    return null;
  }
}

function geometricMean(values: readonly number[]): number {
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
}
