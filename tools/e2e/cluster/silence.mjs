/**
 * What a client asked of one node, and what became of that, in milliseconds since the client began.
 *
 * @typedef {{ url: string, after: number, until?: number, what?: string }} Try
 */

/** @typedef {{ began: number, ended: number, silent: number, path: string, tries: readonly Try[] }} Wait */

/** Shorter waits are counted only: a machine that plays hundreds of sessions has millions of them. */
const worthTelling = 500;

/** So often it is looked whether the clients' own process gets its turn, in milliseconds. */
const turn = 50;

/** What clients saw: how long each had to wait for an answer, over all nodes that it asked. */
export class Silence {
  /** @type {Wait[]} */
  waits = [];
  /** @type {number[]} */
  all = [];
  /** When the clients' own process got its turn, and how long it had waited for it: it, too, is one of many on its machine. @type {{ at: number, late: number }[]} */
  turns = [];

  constructor() {
    let before = performance.now();
    setInterval(() => {
      const at = performance.now();
      this.turns.push({ at, late: at - before - turn });
      before = at;
    }, turn).unref();
  }

  /** @param {Wait} wait */
  heard(wait) {
    this.all.push(wait.silent);
    if (wait.silent > worthTelling) this.waits.push(wait);
  }

  /**
   * The longest of those that ended between two moments.
   *
   * @param {number} from
   * @param {number} until
   * @returns {Wait | undefined}
   */
  longest(from, until) {
    const within = this.waits.filter(({ ended }) => ended > from && ended <= until);
    return within.sort((a, b) => b.silent - a.silent)[0];
  }

  /**
   * So long the clients' own process waited for its turn between two moments, at most.
   *
   * @param {number} from
   * @param {number} until
   */
  heldUp(from, until) {
    const within = this.turns.filter(({ at }) => at > from && at <= until);
    return within.reduce((longest, { late }) => Math.max(longest, late), 0);
  }

  /**
   * So long waits all but a share of them, at most, in milliseconds.
   *
   * @param {number} share
   */
  quantile(share) {
    const sorted = Float64Array.from(this.all).sort();
    return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  }
}

/**
 * A wait, told by its steps.
 *
 * @param {Wait} wait
 */
export function told({ path, tries }) {
  const steps = tries.map(({ url, after, until, what = 'no answer' }) => {
    const lasted = until === undefined ? '' : ` after ${((until - after) / 1000).toFixed(2)} s`;
    return `at ${(after / 1000).toFixed(2)} s ${url}: ${what}${lasted}`;
  });
  return `${path.replace(/[0-9a-f-]{20,}/, '…')}; ${steps.join('; ')}`;
}
