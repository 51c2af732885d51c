import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { seededRandom } from '@mechane/core';
import { expect, test } from 'vitest';
import { untimed } from './journal-lines.ts';
import { ended, start } from './process.ts';
import { project } from './project.ts';

const scenario = {
  mechanism: 'auction-english/clock',
  settings: { startingPrice: 0, increment: 1, breakTie: 'lot' },
  reports: { ann: { value: 180 }, bob: { value: 180 }, cat: { value: 90 }, '__proto__ ': { value: 12 } },
  seed: 7,
};
const kills = 100;
const longestLife = 900;

test('a run that is killed a hundred times at any moment is resumed to the outcome of the uninterrupted one', {
  tags: ['long'],
  timeout: 600_000,
}, async () => {
  const folder = () => project(['@mechane/auction-english'], { 'scenario.json': JSON.stringify(scenario) });
  const cwd = folder();
  const whole = await ended(start(['run', 'scenario.json', '--journal', 'whole.log', '--json'], { cwd }));
  const { outcome } = JSON.parse(whole.stdout);
  const journal = untimed(readFileSync(join(cwd, 'whole.log'), 'utf8'));
  let killed = 0;

  /** Runs and resumes one journal after another, killing each process after a random time, until enough were killed. */
  async function lane(seed: number): Promise<number> {
    const random = seededRandom(seed);
    let finished = 0;
    for (let run = 0; killed < kills; run++) {
      const file = `${seed}-${run}.log`;
      for (let done = false; !done; ) {
        const begun = existsSync(join(cwd, file));
        const child = start([...(begun ? ['resume', file] : ['run', 'scenario.json', '--journal', file]), '--json'], {
          cwd,
        });
        const timer = setTimeout(() => child.kill('SIGKILL'), killed < kills ? random.next() * longestLife : 60_000);
        const { exitCode, signal, stdout, stderr } = await ended(child);
        clearTimeout(timer);
        if (signal !== null) killed += 1;
        else {
          expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
          expect(JSON.parse(stdout).outcome).toEqual(outcome);
          done = true;
        }
      }
      expect(untimed(readFileSync(join(cwd, file), 'utf8'))).toEqual(journal);
      const audit = await ended(start(['replay', file, '--json'], { cwd }));
      expect(JSON.parse(audit.stdout).outcome).toEqual(outcome);
      finished += 1;
    }
    return finished;
  }

  const finished = (await Promise.all([lane(1), lane(2)])).reduce((sum, runs) => sum + runs, 0);
  expect(killed).toBeGreaterThanOrEqual(kills);
  const journals = readdirSync(cwd).filter((name) => name.endsWith('.log'));
  expect(journals).toHaveLength(finished + 1);
});
