import { describe, expect, test } from 'vitest';
import { mechane } from './command.ts';
import { interrupted, type Said } from './process.ts';
import { project } from './project.ts';

const values = { kind: 'uniform', low: 0, high: 1 };
const experiment = {
  arms: [
    { mechanism: 'auction-sealed/second-price' },
    { mechanism: 'auction-sealed/second-price', settings: { reserve: 0.5 } },
  ],
  policy: { kind: 'ucb1' },
  population: { bidders: [{ kind: 'truthful', count: 2, values }] },
  objective: 'revenue',
  rounds: 3_000,
  seed: 1,
};
const cwd = (changes: object = {}): string =>
  project(['@mechane/adaptive', '@mechane/auction-sealed'], {
    'experiment.json': JSON.stringify({ ...experiment, ...changes }),
  });

interface Printed {
  readonly seed: number;
  readonly rounds: number;
  readonly complete: boolean;
  readonly pulls: readonly number[];
}

describe('mechane simulate', () => {
  test('prints pulls, regret, history and convergence as JSON', async () => {
    const { exitCode, stdout, stderr } = await mechane(['simulate', 'experiment.json', '--json'], { cwd: cwd() });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const { pulls, regret, history, convergence, ...result } = JSON.parse(stdout);
    expect(result).toMatchObject({ seed: 1, rounds: 3_000, complete: true });
    // Two uniform values: a reserve of 1/2 earns 5/12, none 1/3 (Myerson 1981).
    expect(pulls[0] + pulls[1]).toBe(3_000);
    expect(pulls[1]).toBeGreaterThan(pulls[0]);
    expect(regret.designer).toBeGreaterThan(0);
    expect(history[0].because).toContain('was played in');
    expect(convergence).toMatchObject({ coarse: 0, correlated: null });
  });

  test('shows a table with intervals, who regrets what, and what the designer did', async () => {
    const { stdout } = await mechane(['simulate', 'experiment.json'], { cwd: cwd() });
    expect(stdout).toMatch(/^3,000 rounds {2}seed 1\n/);
    expect(stdout).toMatch(/1 auction-sealed\/second-price \{"reserve":0\.5\} .* ± /);
    expect(stdout).toMatch(/truthful2 +1 .* 0 +–\n/);
    expect(stdout).toMatch(/round 200 {2}arm \d \(auction-sealed\/second-price\) was played in/);
  });

  test('reads stdin, and --seed goes before the seed of the experiment', async () => {
    const stdin = JSON.stringify(experiment);
    const seeded = await mechane(['simulate', '-', '--seed', '5', '--json'], { stdin, cwd: cwd() });
    expect((JSON.parse(seeded.stdout) as Printed).seed).toBe(5);
    const { seed: _, ...seedless } = experiment;
    const drawn = await mechane(['simulate', '-'], { stdin: JSON.stringify(seedless), cwd: cwd() });
    expect(drawn.stdout).toMatch(/seed \d+/);
  });

  test('replications of an experiment without a seed are numbered from 1', { tags: ['long'] }, async () => {
    const { seed: _, ...seedless } = experiment;
    const { stdout } = await mechane(['simulate', '-', '--seeds', '2', '--json'], {
      stdin: JSON.stringify(seedless),
      cwd: cwd(),
    });
    expect(JSON.parse(stdout).summary.seeds).toEqual([1, 2]);
  });

  test('replications run on threads, each as it would by itself', { tags: ['long'] }, async () => {
    const folder = cwd();
    const { exitCode, stdout } = await mechane(
      ['simulate', 'experiment.json', '--seeds', '3', '--workers', '2', '--json'],
      {
        cwd: folder,
      },
    );
    expect(exitCode).toBe(0);
    const { replications, summary } = JSON.parse(stdout) as { replications: readonly Printed[]; summary: object };
    expect(replications.map(({ seed }) => seed)).toEqual([1, 2, 3]);
    expect(summary).toMatchObject({ seeds: [1, 2, 3], complete: true, reward: { count: 3 } });
    const alone = await mechane(['simulate', 'experiment.json', '--seed', '2', '--json'], { cwd: folder });
    expect(JSON.parse(alone.stdout)).toEqual(replications[1]);
    const told = await mechane(['simulate', 'experiment.json', '--seeds', '3'], { cwd: folder });
    expect(told.stdout).toMatch(/^3 replications, 9,000 rounds\n/);
    expect(told.stdout).toMatch(/regret .* ± /);
  });

  test('--csv prints a line for each arm and replication', { tags: ['long'] }, async () => {
    const { stdout } = await mechane(['simulate', 'experiment.json', '--seeds', '2', '--csv'], { cwd: cwd() });
    const [head, ...lines] = stdout.trimEnd().split('\n');
    expect(head).toMatch(/^seed,rounds,arm,mechanism,pulls,welfare,revenue,efficiency,/);
    expect(lines.map((line) => line.split(',').slice(0, 4).join(','))).toEqual([
      '1,3000,0,auction-sealed/second-price',
      '1,3000,1,auction-sealed/second-price',
      '2,3000,0,auction-sealed/second-price',
      '2,3000,1,auction-sealed/second-price',
    ]);
    expect(new Set(lines.map((line) => line.split(',').length))).toEqual(new Set([head?.split(',').length]));
  });

  test('a bar shows how far it has come', { tags: ['long'] }, async () => {
    const { stderr } = await mechane(['simulate', 'experiment.json'], {
      cwd: cwd({ rounds: 200_000 }),
      stderrIsTerminal: true,
    });
    expect(stderr).toMatch(/\[#+\.*\] \d+ % {2}[\d,]+ of 200,000 rounds/);
    expect(stderr.endsWith('\u001b[1G\u001b[2K')).toBe(true);
  });

  test('a bar shows how far all replications have come together', { tags: ['long'] }, async () => {
    const { stderr } = await mechane(['simulate', 'experiment.json', '--seeds', '2', '--workers', '2'], {
      cwd: cwd({ rounds: 200_000 }),
      stderrIsTerminal: true,
    });
    expect(stderr).toMatch(/\[#+\.*\] \d+ % {2}[\d,]+ of 400,000 rounds/);
  });

  test('called off before it began, it prints what it has', { tags: ['long'] }, async () => {
    const signal = AbortSignal.abort('SIGINT');
    for (const more of [[], ['--seeds', '2']]) {
      const { exitCode, stdout, stderr } = await mechane(['simulate', 'experiment.json', '--json', ...more], {
        cwd: cwd(),
        signal,
      });
      expect({ exitCode, stderr }).toEqual({ exitCode: 130, stderr: '' });
      expect(JSON.parse(stdout)).toMatchObject(
        more.length === 0 ? { complete: false } : { summary: { complete: false } },
      );
    }
  });

  test.each([
    ['one run', []],
    ['replications', ['--seeds', '2', '--workers', '2']],
  ])('a Ctrl-C ends %s with what it has', async (_, more) => {
    const argv = ['simulate', 'experiment.json', '--json', ...more];
    const hasPlayed = ({ stdout }: Said) => /"rounds":[1-9]/.test(stdout);
    const { exitCode, signal, stdout, stderr } = await interrupted(
      argv,
      { cwd: cwd({ rounds: 500_000_000 }) },
      hasPlayed,
    );
    expect({ exitCode, signal, stderr }).toEqual({ exitCode: 130, signal: null, stderr: '' });
    const printed = JSON.parse(stdout);
    const runs: readonly Printed[] = more.length === 0 ? [printed] : printed.replications;
    for (const { complete, rounds, pulls } of runs) {
      expect(complete).toBe(false);
      expect(rounds).toBeGreaterThan(0);
      expect(pulls.reduce((sum, each) => sum + each, 0)).toBe(rounds);
    }
  });

  test.each([
    ['no rounds', { rounds: 0 }, [], 'error invalid-experiment in experiment.json: rounds: '],
    ['a negative rate', { policy: { kind: 'exp3', exploration: -1 } }, [], 'policy.exploration: '],
    [
      'an unknown arm',
      { arms: [{ mechanism: 'auction-sealed/second-prise' }] },
      [],
      'did you mean "auction-sealed/second-price"?',
    ],
    ['no rounds, on threads', { rounds: 0 }, ['--seeds', '2'], 'error invalid-experiment in experiment.json: rounds: '],
    ['no object', { population: 7 }, [], 'error invalid-experiment in experiment.json: population: '],
  ])('%s', async (_, changes, more, says) => {
    const { exitCode, stdout, stderr } = await mechane(['simulate', 'experiment.json', ...more], { cwd: cwd(changes) });
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(says);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  test('errors are JSON with --json, and not only objects can be wrong', async () => {
    for (const stdin of ['[1]', 'null']) {
      const { stderr } = await mechane(['simulate', '-', '--json'], { stdin, cwd: cwd() });
      expect(JSON.parse(stderr)).toMatchObject({ error: { code: 'invalid-experiment', file: '-', path: [] } });
    }
  });

  test('--csv and --json do not go together', async () => {
    const { exitCode, stderr } = await mechane(['simulate', 'experiment.json', '--csv', '--json'], { cwd: cwd() });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('conflicting-options');
  });

  test('where the package is missing, it says what to install', async () => {
    const folder = project(['@mechane/auction-sealed'], { 'experiment.json': JSON.stringify(experiment) });
    const { exitCode, stderr } = await mechane(['simulate', 'experiment.json'], { cwd: folder });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('npm install @mechane/adaptive');
  });

  test('the example of the help works', async () => {
    const { stdout } = await mechane(['simulate', '--help']);
    const line = /\$ echo '(.*)' \| mechane simulate -/.exec(stdout)?.[1] ?? '';
    const played = await mechane(['simulate', '-'], { stdin: line, cwd: cwd() });
    expect({ exitCode: played.exitCode, stderr: played.stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(played.stdout).toContain('hedge3');
  });
});
