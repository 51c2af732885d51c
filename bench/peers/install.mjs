// node bench/peers/install.mjs: installs the Python solvers that benchmarks compare with, at their pinned versions, into a virtual
// environment of their own, and prints the path of its interpreter. Where they are installed already, it only prints.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = import.meta.dirname;
const environment = join(folder, '.venv');
const interpreter = join(
  environment,
  ...(process.platform === 'win32' ? ['Scripts', 'python.exe'] : ['bin', 'python']),
);
const requirements = join(folder, 'requirements.txt');
const installed = join(environment, 'installed.txt');

const wanted = readFileSync(requirements, 'utf8');
if (!existsSync(installed) || readFileSync(installed, 'utf8') !== wanted) {
  rmSync(environment, { recursive: true, force: true });
  run(process.platform === 'win32' ? 'python' : 'python3', ['-m', 'venv', environment]);
  run(interpreter, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--requirement', requirements]);
  writeFileSync(installed, wanted);
}
console.log(interpreter);

/**
 * @param {string} command
 * @param {string[]} args
 */
function run(command, args) {
  // What it says goes to stderr: stdout is for the path.
  const { error, status } = spawnSync(command, args, { stdio: ['ignore', 2, 2] });
  if (error === undefined && status === 0) return;
  console.error(`Peers need Python 3.9 or later with venv and pip; "${[command, ...args].join(' ')}" failed.`);
  process.exit(1);
}
