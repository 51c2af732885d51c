// npm run e2e:publish [-- --built] [--write]: packs every package and installs it from the tarball as users do, in empty folders. With --write,
// it writes the sizes that it measures into the READMEs.
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { browserBundles } from './browser.mjs';
import { pluginsOnCores } from './core-versions.mjs';
import { created, creations, everyCombination } from './created.mjs';
import { Folder } from './folder.mjs';
import { oneAlone } from './one-alone.mjs';
import { packAll } from './pack.mjs';
import { servedAcrossKill } from './served.mjs';
import { tableOf, violated } from './table.mjs';
import { allTogether } from './together.mjs';

/** @typedef {import('./table.mjs').Row} Row */
/** @typedef {import('./pack.mjs').Packed} Packed */

/** @typedef {{ name: string, check: (scratch: Folder, packages: readonly Packed[]) => Promise<Row[]> }} Part */

/**
 * What has nothing to do with each other goes on side by side, the longest first.
 *
 * @type {readonly Part[][]}
 */
const parts = [
  ...creations.map((creation) => [{ name: `a ${creation.kind} mechanism created`, check: created(creation) }]),
  [
    { name: 'one plugin alone', check: oneAlone },
    { name: 'bundles for the browser', check: browserBundles },
  ],
  [{ name: 'every combination created', check: everyCombination }],
  [{ name: 'all packages together', check: allTogether }],
  [{ name: 'plugins on cores', check: pluginsOnCores }],
  [{ name: 'auctions that are served', check: servedAcrossKill }],
];
const sideBySide = 2;

const start = performance.now();
if (!process.argv.includes('--built')) {
  const { setUp } = await import('../setup.mjs');
  await setUp();
}
const scratch = new Folder(realpathSync(mkdtempSync(join(tmpdir(), 'mechane-publish-'))));
try {
  const packages = await packAll(scratch);
  console.log(`packed ${packages.length} packages: ${secondsSince(start)} s`);
  /** @type {Row[][]} */
  const found = [];
  const waiting = [...parts.entries()];
  await Promise.all(
    Array.from({ length: sideBySide }, async () => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const [index, steps] = next;
        found[index] = [];
        for (const part of steps) found[index].push(...(await rowsOf(part, packages)));
      }
    }),
  );
  const rows = found.flat();
  console.log(`all of it: ${secondsSince(start)} s\n\n${tableOf(rows)}`);
  for (const { check, ok, skipped, note = '' } of rows) {
    if (!ok && !skipped && note.includes('\n')) console.error(`\n${check}\n${note}`);
  }
  process.exitCode = violated(rows) ? 1 : 0;
} finally {
  rmSync(scratch.path, { recursive: true, force: true });
}

/**
 * @param {Part} part
 * @param {readonly Packed[]} packages
 * @returns {Promise<Row[]>}
 */
async function rowsOf({ name, check }, packages) {
  const begun = performance.now();
  try {
    return await check(scratch, packages);
  } catch (thrown) {
    return [{ check: name, measured: '', ok: false, note: thrown instanceof Error ? thrown.message : String(thrown) }];
  } finally {
    console.log(`${name}: ${secondsSince(begun)} s`);
  }
}

/** @param {number} begun */
function secondsSince(begun) {
  return ((performance.now() - begun) / 1000).toFixed(0);
}
