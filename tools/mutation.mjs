// npm run mutation [-- NAME…]: changes sources in small ways and says which changes no test notices. Names are packages, mechanisms, or parts of a
// package, such as packing/recheck; without any, all that has to reach the gate. Sources are put back at the end, also after Ctrl-C.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runScript, toolScript } from './command.mjs';
import { gated, named } from './mutation/names.mjs';
import { survivorsText, tallied } from './mutation/tally.mjs';
import { root } from './root.mjs';
import { install } from './setup.mjs';

/** The least share of changes, in percent, that tests have to notice. */
const gate = 90;

await install();
const wanted = process.argv.slice(2);
const names = (wanted.length > 0 ? wanted : gated(root)).map((name) => named(root, name));
const rooms = [...new Set(names.map(({ room }) => room))];
const folder = join(root, '.cache', 'mutation');
mkdirSync(folder, { recursive: true });
let isReached = true;
for (const room of rooms) {
  const own = names.filter((name) => name.room === room);
  const report = join(folder, `${room}.json`);
  const settings = join(folder, `${room}.settings.json`);
  writeFileSync(settings, JSON.stringify(settingsFor([...new Set(own.flatMap(({ files }) => files))], report)));
  const { code } = await runScript(toolScript('@stryker-mutator/core', 'stryker'), ['run', settings], {
    env: { MECHANE_MUTATED_ROOM: room },
  });
  if (code !== 0) process.exit(code);
  const { files } = JSON.parse(readFileSync(report, 'utf8'));
  for (const name of own) {
    const { score, noticed, changes, survivors } = tallied(name.files, files);
    console.log(survivorsText(survivors));
    console.log(`${name.name}: ${noticed} of ${changes} changes are noticed, ${score.toFixed(1)} %`);
    if (score < gate) isReached = false;
  }
}
if (!isReached) {
  console.error(`\nLess than ${gate} % of the changes are noticed: write a test for what survives.`);
  process.exitCode = 1;
}

/**
 * @param {string[]} files
 * @param {string} report
 */
function settingsFor(files, report) {
  return {
    mutate: files,
    // Packages resolve each other through node_modules, which leads to these very folders: a copy would test the originals.
    inPlace: true,
    testRunner: 'vitest',
    vitest: { configFile: join('tools', 'mutation', 'vitest.config.ts'), related: false },
    plugins: ['@stryker-mutator/vitest-runner', join(root, 'tools', 'mutation', 'prose.mjs')],
    ignorers: ['prose'],
    // What runs when a module is loaded would need a process of its own for each change.
    ignoreStatic: true,
    concurrency: 2,
    timeoutMS: 30_000,
    reporters: ['progress-append-only', 'json'],
    jsonReporter: { fileName: report },
    tempDirName: join('.cache', 'stryker'),
    allowConsoleColors: false,
  };
}
