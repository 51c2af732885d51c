import { relative } from 'node:path';
import { runNpm, runScript, toolScript } from './command.mjs';
import { isInstalled, rememberInstallation } from './install.mjs';
import { root } from './root.mjs';

/** Installs what package-lock.json says, unless that is what is installed already. */
export async function install() {
  if (isInstalled(root)) return;
  console.log('Installing dependencies: package-lock.json or a package.json is new ...');
  const { code, output } = await runNpm(['ci', '--no-audit', '--no-fund', '--loglevel=error'], { captured: true });
  if (code !== 0) fail('npm ci failed', output);
  rememberInstallation(root);
}

/**
 * Installs what one command alone needs, from a lock file of its own, unless that is what is installed already.
 *
 * @param {string} folder
 */
export async function installApart(folder) {
  if (isInstalled(folder)) return;
  console.log(`Installing what ${relative(root, folder)} needs ...`);
  const { code, output } = await runNpm(['ci', '--prefix', folder, '--no-audit', '--no-fund', '--loglevel=error'], {
    captured: true,
  });
  if (code !== 0) fail(`npm ci in ${relative(root, folder)}`, output);
  rememberInstallation(folder);
}

/** Builds every workspace, in the order of their dependencies, and the page that services show; what did not change comes from the cache. */
export async function build() {
  console.log('Building what changed ...');
  const { code, output } = await inNx('run-many', 'build,bundle', [], { captured: true });
  if (code !== 0) fail('the build failed', output);
}

/**
 * Has nx do something, or some things, in every workspace, or in those that changes affect.
 *
 * @param {'run-many' | 'affected'} which
 * @param {string} targets
 * @param {readonly string[]} args
 * @param {{ captured?: boolean }} [options]
 */
export function inNx(which, targets, args, options) {
  return runScript(toolScript('nx'), [which, `--targets=${targets}`, '--outputStyle=static', ...args], {
    ...options,
    // Nothing stays behind in the background, and nothing is asked for over the network.
    env: { NX_DAEMON: 'false', NX_NO_CLOUD: 'true', NX_TUI: 'false' },
  });
}

/** What a fresh clone needs before anything can run. */
export async function setUp() {
  await install();
  await build();
}

/**
 * @param {string} what
 * @param {string} output
 * @returns {never}
 */
function fail(what, output) {
  console.error(`${output.trimEnd()}\n\n${what}: its output is above.`);
  process.exit(1);
}
