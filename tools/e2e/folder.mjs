import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** @typedef {{ code: number, output: string }} Ended how a command ended, and all that it printed */

const longest = 300_000;
/** What npm tells the scripts that it starts would lead another npm astray; where packages come from it may know. */
const kept = /^npm_config_(cache|registry|userconfig|globalconfig|.*proxy|cafile)$/i;
const environment = Object.fromEntries(
  Object.entries(process.env).filter(
    ([name]) => !/^(npm_|MECHANE_|NODE_OPTIONS|VITEST)/i.test(name) || kept.test(name),
  ),
);

/**
 * A folder outside the repository, as a user has one: nothing in it comes from the workspace.
 */
export class Folder {
  /** @param {string} path */
  constructor(path) {
    this.path = path;
    mkdirSync(path, { recursive: true });
  }

  /**
   * @param {string} file
   * @param {string | object} content objects are written as JSON
   */
  write(file, content) {
    const path = join(this.path, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, typeof content === 'string' ? content : `${JSON.stringify(content, null, 2)}\n`);
  }

  /** @param {string} file */
  read(file) {
    return readFileSync(join(this.path, file), 'utf8');
  }

  /** @param {string} folder */
  folder(folder) {
    return new Folder(join(this.path, folder));
  }

  /**
   * Runs a Node script here.
   *
   * @param {readonly string[]} args
   * @param {Readonly<Record<string, string>>} [variables] of the environment, besides those that there are
   * @returns {Promise<Ended>}
   */
  node(args, variables) {
    return this.command(process.execPath, args, variables);
  }

  /**
   * Runs npm here, the one that started this script where there is one.
   *
   * @param {readonly string[]} args
   * @param {Readonly<Record<string, string>>} [variables] of the environment, besides those that there are
   * @returns {Promise<Ended>}
   */
  npm(args, variables) {
    const script = process.env.npm_execpath;
    return script ? this.node([script, ...args], variables) : this.command('npm', args, variables);
  }

  /**
   * @param {string} command
   * @param {readonly string[]} args
   * @param {Readonly<Record<string, string>>} [variables] of the environment, besides those that there are
   * @returns {Promise<Ended>}
   */
  command(command, args, variables = {}) {
    return new Promise((resolve) => {
      const options = { cwd: this.path, env: { ...environment, ...variables }, timeout: longest, maxBuffer: 1e8 };
      execFile(command, [...args], options, (error, stdout, stderr) => {
        const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
        resolve({ code, output: `${stdout}${stderr}${code === -1 ? `${error?.message}\n` : ''}` });
      });
    });
  }

  /**
   * Starts what npm knows by a name, as `npx` does, in a group of processes of its own: whoever starts it ends the group.
   *
   * @param {readonly string[]} args
   * @param {Readonly<Record<string, string>>} variables of the environment, besides those that there are
   */
  started(args, variables) {
    const script = process.env.npm_execpath;
    const [command, ...first] = script ? [process.execPath, script] : ['npm'];
    const options = { cwd: this.path, env: { ...environment, ...variables }, detached: true };
    return spawn(command, [...first, 'exec', '--no', '--', ...args], { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  }

  /**
   * Installs what a manifest asks for.
   *
   * @param {object} manifest
   * @param {readonly string[]} [flags]
   */
  async install(manifest, flags = []) {
    this.write('package.json', manifest);
    const quiet = ['--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error'];
    demand('npm install', await this.npm(['install', ...quiet, ...flags]));
  }

  /**
   * What is installed here, by the lock file that npm wrote: copies of one package in several versions count as often.
   *
   * @returns {{ name: string, path: string }[]}
   */
  installed() {
    /** @type {{ packages: Record<string, object> }} */
    const { packages } = JSON.parse(this.read('package-lock.json'));
    return Object.keys(packages)
      .filter((path) => path !== '' && existsSync(join(this.path, path)))
      .map((path) => ({ name: path.slice(path.lastIndexOf('node_modules/') + 13), path: join(this.path, path) }));
  }
}

/**
 * Bytes of the files in a folder that count, without the packages nested in it.
 *
 * @param {string} folder
 * @param {(path: string) => boolean} [counts] all do unless given
 * @returns {number}
 */
export function bytesOf(folder, counts = () => true) {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.name !== 'node_modules')
    .map((entry) => ({ path: join(folder, entry.name), nested: entry.isDirectory() }))
    .reduce((sum, { path, nested }) => {
      if (nested) return sum + bytesOf(path, counts);
      return counts(path) ? sum + statSync(path).size : sum;
    }, 0);
}

/**
 * Gives what a command printed, or fails with it.
 *
 * @param {string} what
 * @param {Ended} ended
 * @param {number} [expected]
 */
export function demand(what, { code, output }, expected = 0) {
  if (code === expected) return output;
  const said = output.trim().split('\n').slice(-40).join('\n');
  throw new Error(`${what} ended with ${code} instead of ${expected}:\n${said}`);
}
