import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const adminToken = 'the token of the one who runs it all';

/** Where the engine of clusters is installed, apart from all else. */
export const engineFolder = fileURLToPath(new URL('../../../packages/cluster/engine', import.meta.url));

const program = fileURLToPath(new URL('node.mjs', import.meta.url));

/** Nodes in processes of their own, by which they are ended, each by its own. */
export class Nodes {
  #database;
  #network;
  /** @type {{ child: import('node:child_process').ChildProcess, url: string }[]} */
  #all = [];
  #apart = 0;

  /**
   * @param {string} database
   * @param {import('./network.mjs').Network} [network] where the first two of those that are started are apart
   */
  constructor(database, network) {
    this.#database = database;
    this.#network = network;
  }

  /** The addresses of those that were not ended. */
  get urls() {
    return this.#all.map(({ url }) => url);
  }

  /** Their processes. */
  get processes() {
    return this.#all.flatMap(({ child }) => child.pid ?? []);
  }

  /**
   * Starts some more, side by side.
   *
   * @param {number} count
   * @param {string} [mutant] what is wrong with them
   */
  async start(count, mutant = '') {
    const started = Array.from({ length: count }, async () => {
      const { host, command } = this.#place();
      const words = [process.execPath, program, this.#database, engineFolder, adminToken, host, mutant];
      const [first = '', ...rest] = [...command, ...words];
      const child = spawn(first, rest, { stdio: ['ignore', 'pipe', 'inherit'] });
      /** @type {string} */
      const url = await new Promise((resolve, reject) => {
        child.stdout.once('data', (text) => resolve(String(text).trim()));
        child.once('exit', (code) => reject(new Error(`a node ended with ${code}`)));
      });
      this.#all.push({ child, url });
    });
    await Promise.all(started);
  }

  /**
   * Where the next is to be.
   *
   * @returns {{ host: string, command: readonly string[] }}
   */
  #place() {
    if (this.#network === undefined) return { host: '127.0.0.1', command: [] };
    if (this.#apart++ < 2) return this.#network.namespace();
    return { host: this.#network.host, command: [] };
  }

  /**
   * Ends the first of those that were not ended.
   *
   * @param {'SIGKILL' | 'SIGTERM'} signal
   */
  async end(signal) {
    const node = this.#all.shift();
    if (node === undefined) return;
    const gone = new Promise((resolve) => node.child.once('exit', resolve));
    node.child.kill(signal);
    await gone;
  }

  /**
   * Stops the first as it stands, and lets it go on after a while.
   *
   * @param {number} milliseconds
   */
  async freeze(milliseconds) {
    const [node] = this.#all;
    node?.child.kill('SIGSTOP');
    await pause(milliseconds);
    node?.child.kill('SIGCONT');
  }

  async endAll() {
    while (this.#all.length > 0) await this.end('SIGKILL');
  }
}

/** @param {number} milliseconds */
export function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
