// npm run mechanism -- ROOM/NAME [--kind KIND] [--domain DOMAIN]: begins a new mechanism in a package that is there, from the template that
// `npm create mechanism` has for this kind and domain.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { runScript, toolScript } from './command.mjs';
import { newMechanism } from './mechanism/new-mechanism.mjs';
import { root } from './root.mjs';
import { setUp } from './setup.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { kind: { type: 'string' }, domain: { type: 'string' } },
});

await setUp();
try {
  const { files, byHand } = newMechanism(root, positionals[0] ?? '', values, await builtTemplates());
  for (const [path, text] of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const { code, output } = await runScript(
    toolScript('@biomejs/biome', 'biome'),
    ['check', '--write', ...[...files.keys()].filter((path) => path.endsWith('.ts'))],
    { captured: true },
  );
  if (code !== 0) throw new Error(output.trim());
  for (const path of files.keys()) if (!byHand.includes(path)) console.log(`written      ${path}`);
  for (const path of byHand) console.log(`yours to do  ${path}`);
  console.log(`\nThen: npm run properties -- ${positionals[0]}`);
} catch (thrown) {
  console.error(/** @type {Error} */ (thrown).message);
  process.exitCode = 1;
}

/** @returns {Promise<import('./mechanism/new-mechanism.mjs').Templates>} */
async function builtTemplates() {
  const built = pathToFileURL(join(root, 'packages/create-mechanism/dist/')).href;
  return { ...(await import(`${built}choices.js`)), ...(await import(`${built}template-files.js`)) };
}
