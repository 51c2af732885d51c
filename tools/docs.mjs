// npm run docs [-- --serve]: builds the documentation site and checks it, or serves it to whoever writes it.
import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runScript } from './command.mjs';
import { makeApiPages } from './docs/api.mjs';
import { compileExamples } from './docs/compile.mjs';
import { llmsFull, llmsIndex, markdownAt } from './docs/llms.mjs';
import { docs, pageFiles, readPage } from './docs/pages.mjs';
import { deadLinks, site } from './docs/site.mjs';
import { root } from './root.mjs';
import { inNx, install, installApart } from './setup.mjs';

const vitepress = join(docs, 'node_modules', 'vitepress', 'bin', 'vitepress.js');

await install();
await installApart(docs);
if (process.argv.includes('--serve')) {
  await step('reference', makeApiPages);
  process.exitCode = (await runScript(vitepress, ['dev', docs])).code;
} else {
  await Promise.all([step('reference', makeApiPages), step('examples compile', compileExamples)]);
  await step('site', build);
  await step('playground', buildPlayground);
  await step('links', async () => deadLinks().join('\n') || undefined);
  writeFileSync(join(site, 'llms.txt'), llmsIndex());
  writeFileSync(join(site, 'llms-full.txt'), llmsFull());
  for (const { path, text } of pageFiles().map(readPage)) writeFileSync(join(site, markdownAt(path)), text.trimStart());
  console.log(`The site stands in ${site}`);
}

/** Builds the playground into the site. */
async function buildPlayground() {
  const { code, output } = await inNx('run-many', 'bundle', [], { captured: true });
  if (code !== 0) return output;
  cpSync(join(root, 'packages', 'playground', 'dist', 'site'), join(site, 'playground'), { recursive: true });
  return undefined;
}

/** @returns {Promise<string | undefined>} what is wrong, if anything */
async function build() {
  const { code, output } = await runScript(vitepress, ['build', docs], { captured: true, env: { NO_COLOR: '1' } });
  const warned = /\bwarn(ing)?\b|\(!\)|deprecat/i.test(output);
  return code === 0 && !warned ? undefined : output;
}

/**
 * Does a step, says how long it took, and ends with what is wrong where something is.
 *
 * @param {string} name
 * @param {() => Promise<string | undefined>} work
 */
async function step(name, work) {
  const start = performance.now();
  const wrong = await work();
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${wrong === undefined ? 'ok    ' : 'failed'}  ${name} (${seconds} s)`);
  if (wrong !== undefined) fail(name, wrong);
}

/**
 * @param {string} what
 * @param {string} output
 * @returns {never}
 */
function fail(what, output) {
  console.error(`${output.trimEnd()}\n\n${what}: what is wrong stands above.`);
  process.exit(1);
}
