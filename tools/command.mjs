import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';

/**
 * The script behind a tool's command, so that it runs with this very Node and without a shell.
 *
 * @param {string} packageName the installed package, such as `vitest`
 * @param {string} [command] its command, where that is not named like the package
 */
export function toolScript(packageName, command = packageName) {
  const folder = join(root, 'node_modules', packageName);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return join(folder, typeof bin === 'string' ? bin : bin[command]);
}

/** @typedef {{ code: number, output: string }} Ended how a command ended, and what it printed if it was captured */

/**
 * Runs a Node script to its end, either on this terminal or captured.
 *
 * @param {string} script
 * @param {readonly string[]} args
 * @param {{ captured?: boolean, env?: Record<string, string> }} [options]
 * @returns {Promise<Ended>}
 */
export function runScript(script, args, options) {
  return runCommand(process.execPath, [script, ...args], options);
}

/**
 * Runs npm, the one that started this script where there is one.
 *
 * @param {readonly string[]} args
 * @param {{ captured?: boolean }} [options]
 * @returns {Promise<Ended>}
 */
export function runNpm(args, options) {
  const script = process.env.npm_execpath;
  if (script) return runScript(script, args, options);
  return runCommand('npm', args, { ...options, shell: process.platform === 'win32' });
}

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ captured?: boolean, env?: Record<string, string>, shell?: boolean }} [options]
 * @returns {Promise<Ended>}
 */
function runCommand(command, args, { captured = false, env = {}, shell = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      shell,
      stdio: captured ? ['ignore', 'pipe', 'pipe'] : 'inherit',
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text) => {
        output += text;
      });
    }
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}
