// npm run mutation [-- NAME…]: changes sources in small ways and says which changes no test notices. A name is a source file or a folder, a package,
// a mechanism, or a part of a package, such as packing/recheck; without any, all that has to reach the gate, and with --gate what has to in the
// packages named after it. Tests are those of the file's package that take less than a second. Sources are changed where they stand, and put back at the
// end, also after Ctrl-C: do not edit them meanwhile.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { runScript } from './command.mjs';
import { gated, gatedIn, named } from './mutation/names.mjs';
import { survivorsText, tallied } from './mutation/tally.mjs';
import { root } from './root.mjs';
import { install, installApart } from './setup.mjs';

/** The least share of changes, in percent, that tests have to notice. */
const gate = 90;
const apart = join(root, 'tools', 'mutation');
const cache = join(root, '.cache', 'mutation');

const [first, ...others] = process.argv.slice(2);
const names = namesOrEnd();
await install();
await installApart(apart);
mkdirSync(cache, { recursive: true });
let isReached = true;
for (const room of new Set(names.map((name) => name.room))) {
  const own = names.filter((name) => name.room === room);
  const report = await mutated(
    room,
    own.flatMap(({ files }) => files),
  );
  for (const { name, files } of own) {
    const { score, noticed, changes, survivors } = tallied(files, report);
    if (survivors.length > 0) console.log(survivorsText(survivors));
    console.log(`${name}: ${noticed} of ${changes} changes are noticed, ${score.toFixed(1)} %`);
    isReached &&= score >= gate;
  }
}
if (!isReached) {
  console.error(`\nLess than ${gate} % of the changes are noticed: write a test for what survives.`);
  process.exitCode = 1;
}

/** What was asked for; what is called nothing ends the command. */
function namesOrEnd() {
  try {
    return wanted().map((name) => named(root, name));
  } catch (thrown) {
    console.error(/** @type {Error} */ (thrown).message);
    return process.exit(2);
  }
}

/** @returns {string[]} */
function wanted() {
  if (first === '--gate') return gatedIn(root, others);
  return first === undefined ? gated(root) : [first, ...others];
}

/**
 * Changes files of one package and runs its tests.
 *
 * @param {string} room
 * @param {readonly string[]} files
 * @returns {Promise<Record<string, { mutants: import('./mutation/tally.mjs').Mutant[] }>>} what became of every change, by file
 */
async function mutated(room, files) {
  const report = join(cache, `${room}.json`);
  const settings = join(cache, `${room}.settings.json`);
  writeFileSync(settings, JSON.stringify(settingsFor(room, [...new Set(files)], report)));
  const stryker = join(apart, 'node_modules', '@stryker-mutator', 'core', 'bin', 'stryker.js');
  const { code } = await runScript(stryker, ['run', settings], { env: { MECHANE_MUTATED_ROOM: room } });
  if (code !== 0) process.exit(code);
  return JSON.parse(readFileSync(report, 'utf8')).files;
}

/**
 * @param {string} room
 * @param {readonly string[]} files
 * @param {string} report
 */
function settingsFor(room, files, report) {
  return {
    mutate: files,
    // Nothing else is looked at, let alone written anew.
    ignorePatterns: ['**', `!packages/${room}/test/*.ts`, ...files.map((file) => `!${file}`)],
    // Packages resolve each other through node_modules, which leads to these very folders: a copy would test the originals.
    inPlace: true,
    testRunner: 'vitest',
    vitest: { configFile: join(apart, 'vitest.config.mjs'), related: false },
    plugins: ['@stryker-mutator/vitest-runner', join(apart, 'prose.mjs')],
    ignorers: ['prose'],
    // What runs when a module is loaded would need a process of its own for each change.
    ignoreStatic: true,
    // Tests look at no types, and a source that begins as it did is not translated anew.
    disableTypeChecks: false,
    // A runner keeps two cores busy: one with tests, one with handing them out. More would only make tests look as if they hung.
    concurrency: Math.ceil(availableParallelism() / 2),
    // What hangs is waited for: long enough beside what the tests take on a busy machine, and no longer.
    timeoutFactor: 3,
    timeoutMS: 4_000,
    dryRunTimeoutMinutes: 60,
    reporters: ['progress-append-only', 'json'],
    jsonReporter: { fileName: report },
    tempDirName: join('.cache', 'stryker'),
    allowConsoleColors: false,
  };
}
