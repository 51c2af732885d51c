// npm run bench -- adaptive: how many auctions of simulated play there are a second, learning included; what a second worker adds; memory.
import { PassThrough, Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { type Experiment, simulate } from '@mechane/adaptive';
import { sealedAuctions } from '@mechane/auction-sealed';
import { runCli } from '@mechane/cli';
import { createMechane } from '@mechane/core';
import type { Table } from '../table.ts';

const mechane = createMechane().use(sealedAuctions);
const values = { kind: 'uniform' as const, low: 0, high: 1 };

function auctionsAmong(kind: string, mechanism: string, rounds: number, count: number = 3): Experiment {
  return {
    arms: [{ mechanism: `auction-sealed/${mechanism}` }],
    policy: { kind: 'fixed' },
    population: { bidders: [{ kind, count, values, ...(kind === 'shading' ? { share: 2 / 3 } : {}) }] },
    rounds,
    seed: 1,
  };
}

/** Says on stderr how far the suite has come, as it takes minutes. */
function tell(stage: string): void {
  process.stderr.write(`adaptive: ${stage}\n`);
}

export async function run(): Promise<readonly Table[]> {
  return [await speed(), await sixteen(), await workers(), await memory()];
}

/** The best of some repetitions, taken in turn; by the time of the processor, as other work on the machine slows the clock’s down. */
async function speed(): Promise<Table> {
  const rounds = 200_000;
  const plays = [
    ['truthful', 'second-price'],
    ['shading', 'first-price'],
    ['zip', 'first-price'],
    ['hedge', 'second-price'],
    ['hedge', 'first-price'],
    ['regret-matching', 'first-price'],
    ['exp3', 'first-price'],
  ] as const;
  const best = new Map<string, { wall: number; core: number }>();
  for (let repetition = 0; repetition < 3; repetition++) {
    tell(`speed, repetition ${repetition + 1} of 3`);
    for (const [kind, mechanism] of plays) {
      const [started, used] = [performance.now(), process.cpuUsage()];
      const { rounds: played } = await simulate(auctionsAmong(kind, mechanism, rounds), { mechane });
      const wall = played / ((performance.now() - started) / 1e3);
      const core = played / (process.cpuUsage(used).user / 1e6);
      const name = `${kind}, ${mechanism}`;
      const before = best.get(name) ?? { wall: 0, core: 0 };
      best.set(name, { wall: Math.max(before.wall, wall), core: Math.max(before.core, core) });
    }
  }
  return {
    title: `Three-bidder auctions a second of simulated play, learning and regret included (best of 3 × ${rounds.toLocaleString('en')})`,
    columns: ['bidders, auction', 'a second by the clock', 'a second of one core'],
    rows: [...best].map(([name, { wall, core }]) => [name, Math.round(wall), Math.round(core)]),
    goals: [...best].map(([name, { core }]) => ({
      what: `auctions a second of one core: ${name}`,
      measured: Math.round(core),
      atLeast: 200_000,
    })),
  };
}

/** A round among as many learners as make for too many profiles to keep the outcome of each. */
async function sixteen(): Promise<Table> {
  const rounds = 50_000;
  const plays = [
    ['hedge', 'first-price'],
    ['hedge', 'second-price'],
    ['hedge', 'all-pay'],
    ['regret-matching', 'first-price'],
    ['exp3', 'first-price'],
  ] as const;
  const rows: [string, number][] = [];
  for (const [kind, mechanism] of plays) {
    let best = Number.POSITIVE_INFINITY;
    for (let repetition = 0; repetition < 3; repetition++) {
      tell(`sixteen learners, ${kind}, ${mechanism}, repetition ${repetition + 1} of 3`);
      const used = process.cpuUsage();
      await simulate(auctionsAmong(kind, mechanism, rounds, 16), { mechane });
      best = Math.min(best, process.cpuUsage(used).user / rounds);
    }
    rows.push([`${kind}, ${mechanism}`, best]);
  }
  return {
    title: `A round among sixteen learners, learning and regret included (best of 3 × ${rounds.toLocaleString('en')})`,
    columns: ['bidders, auction', 'microseconds of one core'],
    rows,
    goals: rows.map(([name, measured]) => ({ what: `microseconds a round: sixteen, ${name}`, measured, atMost: 20 })),
  };
}

const cwd = fileURLToPath(new URL('../..', import.meta.url));
/** Long enough for what each thread loads at its start, about a second, to be a small part. */
const [replications, roundsEach, workerRepetitions] = [4, 1_000_000, 2];

/** Replications of one experiment by the command on one thread and on two, in turn; starting the threads counts. */
async function workers(): Promise<Table> {
  const experiment = JSON.stringify(auctionsAmong('hedge', 'first-price', roundsEach));
  const best = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  const cores = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let repetition = 0; repetition < workerRepetitions; repetition++) {
    for (const threads of [1, 2]) {
      tell(`workers, repetition ${repetition + 1} of ${workerRepetitions}, ${threads} of 2 threads`);
      const [started, used] = [performance.now(), process.cpuUsage()];
      const argv = ['simulate', '-', '--csv', '--seeds', String(replications), '--workers', String(threads)];
      const stdout = new PassThrough();
      const exitCode = await runCli({
        argv,
        stdin: Readable.from([Buffer.from(experiment)]),
        stdout: stdout.resume(),
        stderr: process.stderr,
        cwd,
        env: {},
        signal: new AbortController().signal,
      });
      if (exitCode !== 0) throw new Error(`mechane simulate ended with ${exitCode}`);
      const { user, system } = process.cpuUsage(used);
      cores[threads - 1] = Math.min(cores[threads - 1] as number, (user + system) / 1e6);
      best[threads - 1] = Math.min(best[threads - 1] as number, (performance.now() - started) / 1e3);
    }
  }
  const [one = 0, two = 0] = best;
  return {
    title: `${replications} replications of ${roundsEach.toLocaleString('en')} rounds among three Hedge bidders, in turn on one thread and on two (best of ${workerRepetitions})`,
    columns: ['threads', 'seconds', 'times one thread', 'seconds of all cores'],
    rows: [
      [1, one, 1, cores[0] ?? 0],
      [2, two, one / two, cores[1] ?? 0],
    ],
    goals: [{ what: 'speed of two workers over that of one', measured: one / two, atLeast: 1.8 }],
  };
}

async function memory(): Promise<Table> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const heapAt: number[] = [];
  const rounds = 10_000_000;
  const marks = [100_000, 1_000_000, 5_000_000, 9_900_000];
  await simulate(auctionsAmong('hedge', 'first-price', rounds), {
    mechane,
    onProgress(played) {
      if (played < (marks[heapAt.length] ?? Number.POSITIVE_INFINITY)) return;
      collect();
      tell(
        `memory, after ${(marks[heapAt.length] ?? 0).toLocaleString('en')} of ${rounds.toLocaleString('en')} rounds`,
      );
      heapAt.push(process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers);
    },
  });
  const [early = 0] = heapAt;
  const late = heapAt.at(-1) ?? 0;
  return {
    title: `Memory in use over ${rounds.toLocaleString('en')} rounds among three Hedge bidders, after collecting garbage`,
    columns: ['after rounds', 'megabytes'],
    rows: heapAt.map((bytes, index) => [marks[index] ?? 0, bytes / 1e6]),
    goals: [{ what: 'memory at the end over memory after 100,000 rounds', measured: late / early, atMost: 1.05 }],
  };
}
