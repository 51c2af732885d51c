import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { connectJobs } from '@mechane/cluster';
import { startPostgres } from '../../postgres/private-postgres.mjs';
import { root } from '../../root.mjs';
import { engineFolder, pause } from './nodes.mjs';

const program = fileURLToPath(new URL('worker.mjs', import.meta.url));
const mechane = join(root, 'packages/cli/bin/mechane.js');

/** @typedef {{ wrong: string[], bare: number, seconds: number }} Measured seconds without a cluster, and with it */

/**
 * A process that is ready once it has said something.
 *
 * @param {readonly string[]} argv
 * @param {string} cwd
 * @returns {Promise<{ kill: () => Promise<void> }>}
 */
async function started(argv, cwd) {
  const child = spawn(process.execPath, argv, { cwd, stdio: ['ignore', 'pipe', 'inherit'] });
  const gone = new Promise((resolve) => child.once('exit', resolve));
  await new Promise((resolve, reject) => {
    child.stdout.once('data', resolve);
    child.once('exit', () => reject(new Error(`${argv[0]} ended before it was ready`)));
  });
  return {
    async kill() {
      child.kill('SIGKILL');
      await gone;
    },
  };
}

/**
 * Pieces that take a while on two workers, one of which is killed and replaced.
 *
 * @param {number} count
 * @param {number} each milliseconds
 * @returns {Promise<Measured>}
 */
export async function piecesUnderAKill(count, each) {
  const postgres = await startPostgres();
  const worker = () => started([program, postgres.url, engineFolder, `${each}`], root);
  const [first, second] = await Promise.all([worker(), worker()]);
  const workers = [first, second];
  const jobs = await connectJobs({ database: postgres.url, from: engineFolder });
  try {
    const tasks = Array.from({ length: count }, (_, number) => `${number}`);
    const results = [];
    const began = performance.now();
    let replaced;
    for await (const result of jobs.run({ name: 'killed', tasks })) {
      results.push(result);
      if (results.length !== Math.floor(count / 4)) continue;
      await first.kill();
      replaced = worker().then((third) => workers.push(third));
    }
    const seconds = (performance.now() - began) / 1000;
    await replaced;
    const isRight = results.length === count && results.every((result, number) => result === `done ${number}`);
    const wrong = isRight ? [] : [`${results.length} results for ${count} pieces, or not in their order`];
    return { wrong, bare: (count * each) / 2_000, seconds };
  } finally {
    await jobs.close();
    for (const each of workers) await each.kill();
    postgres.stop();
  }
}

/**
 * Scenarios by the command, here and on two workers, one of which is killed in the middle where that is wanted.
 *
 * @param {number} count
 * @param {boolean} isKilled
 * @returns {Promise<Measured>}
 */
export async function scenariosSharedOut(count, isKilled) {
  const folder = laboratory(count);
  const postgres = await startPostgres();
  const worker = () => started([mechane, 'worker', '--workers', '1', '--cluster', postgres.url], folder);
  const workers = await Promise.all([worker(), worker()]);
  try {
    const bare = timed(() => {
      const { stdout } = spawnSync('sh', ['-c', `"$0" "$1" run --ndjson in > here`, process.execPath, mechane], {
        cwd: folder,
      });
      return stdout;
    });
    const command = `exec "$0" "$1" run --ndjson in --cluster "$2" > there`;
    const began = performance.now();
    const there = spawn('sh', ['-c', command, process.execPath, mechane, postgres.url], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const ended = new Promise((resolve) => there.once('exit', resolve));
    if (isKilled) {
      while (sizeOf(folder, 'there') === 0 && there.exitCode === null) await pause(20);
      await workers[0]?.kill();
    }
    const code = await ended;
    const seconds = (performance.now() - began) / 1000;
    const isSame = readFileSync(join(folder, 'here')).equals(readFileSync(join(folder, 'there')));
    const wrong =
      code === 0 && isSame
        ? []
        : [`the command ended with ${code}, and its output is ${isSame ? 'the same' : 'another'}`];
    return { wrong, bare, seconds };
  } finally {
    for (const each of workers) await each.kill();
    postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {() => unknown} act */
function timed(act) {
  const began = performance.now();
  act();
  return (performance.now() - began) / 1000;
}

/**
 * @param {string} folder
 * @param {string} file
 */
function sizeOf(folder, file) {
  try {
    return readFileSync(join(folder, file)).length;
  } catch {
    return 0;
  }
}

/**
 * A project in which the engine is installed, with so many scenarios.
 *
 * @param {number} count
 */
function laboratory(count) {
  const folder = mkdtempSync(join(tmpdir(), 'mechane-laboratory-'));
  const packages = join(folder, 'node_modules');
  const dependencies = { '@mechane/auction-sealed': '*' };
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies }));
  spawnSync('mkdir', ['-p', packages]);
  symlinkSync(join(root, 'node_modules/@mechane'), join(packages, '@mechane'), 'junction');
  const engine = join(engineFolder, 'node_modules');
  for (const name of readdirSync(engine).filter((each) => /^@?effect$/.test(each)))
    symlinkSync(join(engine, name), join(packages, name), 'junction');
  const line = (/** @type {number} */ number) =>
    JSON.stringify({
      mechanism: `auction-sealed/${number % 2 === 0 ? 'second-price' : 'first-price'}`,
      reports: Object.fromEntries(
        [1, 2, 3, 4].map((bidder) => [`agent${bidder}`, { bid: (number * bidder * 7919) % 1000 }]),
      ),
      seed: number,
    });
  writeFileSync(join(folder, 'in'), Array.from({ length: count }, (_, number) => `${line(number)}\n`).join(''));
  return folder;
}
