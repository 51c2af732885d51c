// npm run e2e:publish [-- --built]: packs every package and installs it from the tarball as users do, in empty folders.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { browserBundles } from './browser.mjs';
import { pluginsOnCores } from './core-versions.mjs';
import { createdPackages } from './created.mjs';
import { Folder } from './folder.mjs';
import { oneAlone } from './one-alone.mjs';
import { packAll } from './pack.mjs';
import { tableOf, violated } from './table.mjs';
import { allTogether } from './together.mjs';

/** @typedef {import('./table.mjs').Row} Row */
/** @typedef {import('./pack.mjs').Packed} Packed */

/** @type {Record<string, (scratch: Folder, packages: readonly Packed[]) => Promise<Row[]>>} */
const parts = {
  'one mechanism package alone': oneAlone,
  'bundles for the browser': browserBundles,
  'all packages together': allTogether,
  'plugins on cores': pluginsOnCores,
  'created packages': createdPackages,
};

if (!process.argv.includes('--built')) {
  const { setUp } = await import('../setup.mjs');
  await setUp();
}
const scratch = new Folder(mkdtempSync(join(tmpdir(), 'mechane-publish-')));
try {
  const packages = await packAll(scratch.folder('tarballs'));
  /** @type {Row[]} */
  const rows = [];
  for (const [part, check] of Object.entries(parts)) {
    const start = performance.now();
    try {
      rows.push(...(await check(scratch, packages)));
    } catch (thrown) {
      rows.push({
        check: part,
        measured: '',
        ok: false,
        note: thrown instanceof Error ? thrown.message : String(thrown),
      });
    }
    console.log(`${part}: ${((performance.now() - start) / 1000).toFixed(0)} s`);
  }
  console.log(`\n${tableOf(rows)}`);
  for (const { check, ok, skipped, note = '' } of rows) {
    if (!ok && !skipped && note.includes('\n')) console.error(`\n${check}\n${note}`);
  }
  process.exitCode = violated(rows) ? 1 : 0;
} finally {
  rmSync(scratch.path, { recursive: true, force: true });
}
