// npm run ci:full [-- 22 24]: .ci/run on every Node that is supported, or on these, one after the other; npm brings each. On the first of them all
// is run, with the tests that take long: what they find does not hang on the version. Then the path of CONTRIBUTING.md, as a newcomer would go it.
import { spawnSync } from 'node:child_process';
import { mkdirSync, openSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { runNpm } from './command.mjs';
import { supportedNodes } from './nodes.mjs';
import { root } from './root.mjs';

const cache = join(root, '.cache', 'ci');
const wanted = process.argv.slice(2);
let failed = false;

for (const [place, version] of (wanted.length > 0 ? wanted : supportedNodes).entries()) {
  const bin = await bring(version);
  const env = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` };
  const command = place === 0 ? ['.ci/run', '--all'] : ['.ci/run'];
  await step(`${command.join(' ')} on Node ${version}`, join(cache, `node-${version}.log`), ['bash', ...command], env);
}
if (wanted.length === 0) {
  const walk = join(root, 'tools', 'e2e', 'contributor.mjs');
  await step('the path of CONTRIBUTING.md', join(cache, 'contributor.log'), [process.execPath, walk], process.env);
}
process.exitCode = failed ? 1 : 0;

/**
 * Installs a Node into a folder of its own.
 *
 * @param {string} version
 * @returns {Promise<string>} the folder of its command
 */
async function bring(version) {
  const folder = join(cache, `node-${version}`);
  mkdirSync(folder, { recursive: true });
  const args = ['install', '--no-save', '--no-audit', '--no-fund', '--prefix', folder, `node@${version}`];
  const { code, output } = await runNpm(args, { captured: true });
  if (code !== 0) throw new Error(`npm cannot bring Node ${version}:\n${output}`);
  return join(folder, 'node_modules', 'node', 'bin');
}

/**
 * Runs a command to its end, and says in a line how it ended, after how long, and what it said last.
 *
 * @param {string} what
 * @param {string} log where all that it says goes
 * @param {readonly [string, ...string[]]} command
 * @param {NodeJS.ProcessEnv} env
 */
async function step(what, log, [command, ...args], env) {
  const start = performance.now();
  const said = openSync(log, 'w');
  const { status } = spawnSync(command, args, { cwd: root, env, stdio: ['ignore', said, said] });
  const seconds = Math.round((performance.now() - start) / 1000);
  const last = readFileSync(log, 'utf8').trim().split('\n').at(-1) ?? '';
  console.log(`${status === 0 ? 'ok    ' : 'failed'}  ${what} (${seconds} s): ${last}`);
  if (status !== 0) console.log(`        all of it: ${log}`);
  failed ||= status !== 0;
}
