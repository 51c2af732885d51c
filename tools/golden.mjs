// node tools/golden.mjs <folder>: plays those golden cases whose mechanisms are installed, with the folder's check.mjs.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { runScript } from './command.mjs';
import { idsIn, playableCases } from './golden-cases.mjs';
import { root } from './root.mjs';

const folder = resolve(process.argv[2] ?? '');
const listing = await runScript(join(root, 'packages/cli/bin/mechane.js'), ['list', '--json'], { captured: true });
if (listing.code !== 0) throw new Error(`mechane list --json ended with ${listing.code}:\n${listing.output}`);
const ids = idsIn(JSON.parse(listing.output));
const rooms = readdirSync(join(root, 'packages'));

const temporary = mkdtempSync(join(tmpdir(), 'golden-'));
try {
  const files = readdirSync(folder)
    .filter((file) => file.endsWith('.json') && rooms.includes(basename(file, '.json')))
    .map((file) => {
      const all = JSON.parse(readFileSync(join(folder, file), 'utf8'));
      const cases = playableCases(all, ids);
      console.log(`${file}: ${cases.length} of ${all.length} cases have their mechanism`);
      if (cases.length === 0)
        throw new Error(`${basename(file, '.json')} is a package, but has none of its mechanisms`);
      const path = join(temporary, file);
      writeFileSync(path, JSON.stringify(cases));
      return path;
    });
  if (files.length > 0) process.exitCode = (await runScript(join(folder, 'check.mjs'), files)).code;
} finally {
  rmSync(temporary, { recursive: true, force: true });
}
