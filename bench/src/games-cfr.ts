import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface, type Interface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { kuhnPoker, leducPoker, RegretMinimization, type RegretRule, sequenceForm } from '@mechane/game-theory';
import { fitGrowth, type Measurement } from './growth.ts';
import { measureSpeed } from './speed.ts';
import type { Table } from './table.ts';

/** Exploitability is compared after so many iterations. */
const compared = 1_000;
const rounds = 9;
const seconds = 0.2;

const games = {
  kuhn_poker: { tree: kuhnPoker, iterations: 1_000 },
  // As OpenSpiel has it: with suits, 936 information sets.
  leduc_poker: { tree: () => leducPoker({ suits: true }), iterations: 10 },
} as const;
type GameName = keyof typeof games;

/** Counterfactual regret minimisation beside OpenSpiel's C++ solvers, where those are installed, and its growth. */
export async function measureCounterfactualRegret(): Promise<readonly Table[]> {
  const peer = installedPeer();
  const rows: (string | number | null)[][] = [];
  const goals: NonNullable<Table['goals']>[number][] = [];
  try {
    for (const game of Object.keys(games) as GameName[]) {
      for (const rule of ['cfr', 'cfr+'] as const) {
        const { own, other, ratio } = await interleaved(game, rule, peer);
        const ours = new RegretMinimization(sequenceForm(games[game].tree()), rule);
        ours.run(compared);
        const exploitability = ours.exploitability().exploitability;
        const answer = await peer?.ask({ game, rule, iterations: compared, measure: true });
        const theirs = answer?.exploitability ?? null;
        rows.push([game, rule, 1 / own, other === null ? null : 1 / other, ratio, exploitability, theirs]);
        if (ratio === null || theirs === null) continue;
        goals.push({ what: `${game}, ${rule}: iterations a second over OpenSpiel's`, measured: ratio, atLeast: 5 });
        // Both run the same updates. Rounded in another order, regrets near zero change sign, which shows in the fourth digit.
        const excess = exploitability / theirs;
        goals.push({ what: `${game}, ${rule}: exploitability over OpenSpiel's`, measured: excess, atMost: 1.001 });
      }
      const discounted = new RegretMinimization(sequenceForm(games[game].tree()), 'discounted');
      discounted.run(compared);
      rows.push([game, 'discounted', null, null, null, discounted.exploitability().exploitability, null]);
    }
  } finally {
    peer?.close();
  }
  const beside = peer === undefined ? 'OpenSpiel is not installed' : `OpenSpiel ${peer.version} in C++, interleaved`;
  return [
    {
      title: `Counterfactual regret minimisation, one thread: ${beside}; exploitability after ${compared.toLocaleString('en-US')} iterations`,
      columns: ['game', 'rule', 'iterations/s', 'peer', 'ratio', 'exploitability', 'peer'],
      rows,
      goals,
    },
    await growth(),
  ];
}

async function interleaved(game: GameName, rule: RegretRule, peer: OpenSpiel | undefined) {
  const { tree, iterations } = games[game];
  const form = sequenceForm(tree());
  const measured: { readonly own: number; readonly other: number | null }[] = [];
  const warmUp = new RegretMinimization(form, rule);
  warmUp.run(1_000);
  for (let round = 0; round < rounds; round++) {
    const answer = await peer?.ask({ game, rule, iterations, measure: false });
    measured.push({
      own: timed(new RegretMinimization(form, rule)),
      other: answer ? answer.seconds / iterations : null,
    });
  }
  const others = measured.flatMap(({ other }) => (other === null ? [] : [other]));
  const ratios = measured.flatMap(({ own, other }) => (other === null ? [] : [other / own]));
  return {
    own: median(measured.map(({ own }) => own)),
    other: others.length === 0 ? null : median(others),
    ratio: ratios.length === 0 ? null : median(ratios),
  };
}

/** Seconds an iteration, from the first on. */
function timed(minimization: RegretMinimization): number {
  const started = performance.now();
  for (;;) {
    minimization.run(50);
    const spent = (performance.now() - started) / 1e3;
    if (spent >= seconds) return spent / minimization.iterations;
  }
}

/** Poker of more and more cards: the number of endings grows with their square. */
async function growth(): Promise<Table> {
  const curve: Measurement[] = [];
  const rows: number[][] = [];
  for (const cards of [3, 10, 30, 100]) {
    const form = sequenceForm(kuhnPoker({ cards }));
    const { length: size } = form.leaves;
    const minimization = new RegretMinimization(form, 'cfr+');
    const { medianSeconds } = await measureSpeed(() => minimization.run(1), seconds);
    curve.push({ size, seconds: medianSeconds });
    rows.push([cards, size, medianSeconds * 1e6]);
  }
  const { exponent, rSquared } = fitGrowth(curve);
  return {
    title: `CFR+ on Kuhn's poker with more cards: the time of an iteration grows with endings to the ${exponent.toFixed(2)} (R² ${rSquared.toFixed(3)})`,
    columns: ['cards', 'endings', 'microseconds an iteration'],
    rows,
  };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] as number;
}

interface Task {
  readonly game: string;
  readonly rule: RegretRule;
  readonly iterations: number;
  readonly measure: boolean;
}

const script = fileURLToPath(new URL('../peers/cfr.py', import.meta.url));
const environment = new URL('../peers/.venv/', import.meta.url);

function installedPeer(): OpenSpiel | undefined {
  const paths = ['bin/python', 'Scripts/python.exe'].map((path) => fileURLToPath(new URL(path, environment)));
  const program = paths.find((path) => existsSync(path));
  if (program === undefined) return undefined;
  const versions = JSON.parse(execFileSync(program, [script, 'versions'], { encoding: 'utf8' }));
  return new OpenSpiel(program, (versions as { open_spiel: string }).open_spiel);
}

/** The peer stays ready from task to task, so that its start counts for none. */
class OpenSpiel {
  readonly version: string;
  readonly #process: ChildProcess;
  readonly #answers: Interface;
  readonly #lines: AsyncIterator<string>;

  constructor(program: string, version: string) {
    this.version = version;
    this.#process = spawn(program, [script, 'solve'], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#answers = createInterface({ input: this.#process.stdout as NodeJS.ReadableStream });
    this.#lines = this.#answers[Symbol.asyncIterator]();
  }

  async ask(task: Task): Promise<{ readonly seconds: number; readonly exploitability?: number }> {
    this.#process.stdin?.write(`${JSON.stringify(task)}\n`);
    const { value, done } = await this.#lines.next();
    if (done) throw new Error('OpenSpiel ended without an answer');
    return JSON.parse(value);
  }

  close(): void {
    this.#process.stdin?.end();
    this.#answers.close();
  }
}
