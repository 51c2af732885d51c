// npm test: the tests of every package, from a fresh clone; those of packages that nothing changed for come from the cache.
// npm test -- --quick: without those that take long. npm test -- --affected: of what changed since main only.
// npm test -- --report: all of them in one run, and what came of it in coverage/tests.json. npm test -- --coverage: the same, with coverage.
// npm test -- --built: nothing is built before. npm test -- FILES and other options: vitest.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { runScript, toolScript } from './command.mjs';
import { root } from './root.mjs';
import { inNx, installApart, setUp } from './setup.mjs';

const quick = '--tags-filter=!long';
const given = process.argv.slice(2).filter((argument) => argument !== '--built');
const args = given.map((argument) => (argument === '--quick' ? quick : argument));
const ofAll = ['--affected', '--coverage', '--report', '--skipNxCache', quick];

if (given.length === process.argv.length - 2) await setUp();
// What no user of other packages installs: the engine on which tests of clusters run.
await installApart(join(root, 'packages/cluster/engine'));
process.exitCode = await (args.every((argument) => ofAll.includes(argument)) ? everyPackage() : inVitest(args));

/** @returns {Promise<number>} the exit code */
async function everyPackage() {
  if (args.includes('--affected')) return inPackages('affected');
  return args.includes('--coverage') || args.includes('--report') ? inOneRun() : inPackages('run-many');
}

/**
 * A run for each package, or none where the cache knows what came of it.
 *
 * @param {'run-many' | 'affected'} which
 */
async function inPackages(which) {
  const ofNx = args.filter((argument) => argument !== '--affected' && argument !== '--report');
  return (await inNx(which, 'test', ofNx)).code;
}

/** Every package's tests by one runner, which reads the sources of core and its neighbours once: three quarters of the computing that a run for each takes. */
function inOneRun() {
  rmSync(join(root, 'coverage'), { recursive: true, force: true });
  const own = ['./tools/properties/examined-reporter.mjs', './tools/tried-again-reporter.mjs'];
  const reporters = ['default', 'json', ...own].map((reporter) => `--reporter=${reporter}`);
  const options = args.filter((argument) => argument === '--coverage' || argument === quick);
  return inVitest([...options, '--outputFile.json=coverage/tests.json', ...reporters]);
}

/** @param {readonly string[]} options */
async function inVitest(options) {
  return (await runScript(toolScript('vitest'), ['run', ...options])).code;
}
