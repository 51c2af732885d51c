/** @typedef {import('node:child_process').ChildProcess} ChildProcess */
/** @typedef {import('./folder.mjs').Folder} Folder */

/** @typedef {{ id: string, url: string, agents: Record<string, { token: string }> }} Made */

export const adminToken = 'the token of the one who runs it all';

/** `npx mechane serve` in a folder, on loopback. */
export class House {
  #port = 0;
  /** @type {ChildProcess | undefined} */
  #child;
  /** @type {Promise<unknown>} */
  #gone = Promise.resolve();
  url = '';

  /**
   * @param {Folder} folder
   * @param {readonly string[]} options
   */
  constructor(folder, options = []) {
    this.folder = folder;
    this.options = options;
  }

  /** Starts it, on the port that it had before, and gives how many milliseconds that took. */
  async start() {
    const begun = performance.now();
    const args = ['mechane', 'serve', '--port', `${this.#port}`, '--store', 'sqlite:house.db', ...this.options];
    const child = this.folder.started(args, { MECHANE_ADMIN_TOKEN: adminToken });
    this.#child = child;
    // Everything in its group holds its output: once that is closed, all of it has ended.
    this.#gone = new Promise((resolve) => child.once('close', resolve));
    this.url = await new Promise((resolve, reject) => {
      let said = '';
      const hear = (/** @type {unknown} */ text) => {
        said += text;
        const [, listening] = /^listening on (\S+)$/m.exec(said) ?? [];
        if (listening !== undefined) resolve(listening);
      };
      child.stdout.on('data', hear);
      child.stderr.on('data', hear);
      void this.#gone.then(() => reject(new Error(`the service has ended: ${said}`)));
    });
    this.#port = Number(new URL(this.url).port);
    return performance.now() - begun;
  }

  /**
   * Ends it, and all that was started for it.
   *
   * @param {'SIGKILL' | 'SIGTERM'} signal
   */
  async end(signal) {
    const { pid } = this.#child ?? {};
    if (pid === undefined) return;
    try {
      process.kill(-pid, signal);
    } catch {
      // It has ended by itself.
    }
    await this.#gone;
    this.#child = undefined;
  }

  /**
   * @param {string} mechanism
   * @param {object} settings
   * @param {readonly string[]} agents
   * @returns {Promise<Made>}
   */
  open(mechanism, settings, agents) {
    return this.ask('/sessions', { mechanism, settings, agents });
  }

  /**
   * Asks as the admin, for JSON unless it is text.
   *
   * @param {string} path
   * @param {object} [body] for what is posted
   */
  async ask(path, body) {
    const headers = { authorization: `Bearer ${adminToken}` };
    const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
    const answer = await fetch(this.url + path, { headers, ...init });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${path}: ${text}`);
    return path.endsWith('/journal') ? text : JSON.parse(text);
  }
}
