// npm test: the tests of every package, from a fresh clone; those of packages that nothing changed for come from the cache.
// npm test -- --quick: without those that take long. npm test -- --affected: of what changed since main only. npm test -- --coverage: with coverage.
// npm test -- --report: what all said, put together in coverage/tests.json.
// npm test -- FILES and other options: vitest.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { runScript, toolScript } from './command.mjs';
import { root } from './root.mjs';
import { inNx, installApart, setUp } from './setup.mjs';

const quick = '--tags-filter=!long';
const args = process.argv.slice(2).map((argument) => (argument === '--quick' ? quick : argument));
const ofNx = ['--affected', '--coverage', '--report', '--skipNxCache', quick];

await setUp();
// What no user of other packages installs: the engine on which tests of clusters run.
await installApart(join(root, 'packages/cluster/engine'));
process.exitCode = args.every((argument) => ofNx.includes(argument)) ? await everyPackage() : await inVitest(args);

/** @returns {Promise<number>} the exit code */
async function everyPackage() {
  rmSync(join(root, 'coverage'), { recursive: true, force: true });
  const which = args.includes('--affected') ? 'affected' : 'run-many';
  const { code } = await inNx(
    which,
    'test',
    args.filter((argument) => argument !== '--affected' && argument !== '--report'),
  );
  const isCovered = args.includes('--coverage');
  if (!isCovered && !args.includes('--report')) return code;
  // What the packages' runs wrote down, put together: one report of tests, one of coverage where it is asked for, and what the kit found.
  const own = ['./tools/properties/examined-reporter.mjs', './tools/tried-again-reporter.mjs'];
  const reporters = ['dot', 'json', ...own].map((reporter) => `--reporter=${reporter}`);
  const merging = [
    '--merge-reports=coverage/blobs',
    ...(isCovered ? ['--coverage'] : []),
    '--outputFile.json=coverage/tests.json',
    ...reporters,
  ];
  return Math.max(code, await inVitest(merging));
}

/** @param {readonly string[]} options */
async function inVitest(options) {
  return (await runScript(toolScript('vitest'), ['run', ...options])).code;
}
