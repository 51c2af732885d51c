// npm run properties [-- --check]: writes docs/properties.md, what every mechanism promises and what the kit found; with --check, says whether it is stale.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runScript } from './command.mjs';
import { propertiesPage } from './properties-page.mjs';
import { root } from './root.mjs';
import { setUp } from './setup.mjs';

await setUp();
const mechane = join(root, 'packages/cli/bin/mechane.js');
const { code, output } = await runScript(mechane, ['verify', '--all', '--json', '--runs', '20', '--seed', '1'], {
  captured: true,
});
if (code === 2) throw new Error(`mechane verify ended with ${code}:\n${output}`);
const reports = output
  .split('\n')
  .filter((line) => line.startsWith('{'))
  .map((line) => JSON.parse(line));
const page = propertiesPage(reports);
const file = join(root, 'docs', 'properties.md');
if (!process.argv.includes('--check')) writeFileSync(file, page);
else if (readFileSync(file, 'utf8') !== page) {
  console.error('docs/properties.md does not say what the kit finds. Fix: npm run properties');
  process.exitCode = 1;
}
