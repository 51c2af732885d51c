/**
 * How much a service takes.
 *
 * @category Services
 */
export interface Limits {
  /** Bytes of a request's body: 1 MiB unless it says otherwise. */
  readonly body: number;
  /** How deep JSON may be nested: 100. */
  readonly depth: number;
  /** Requests a second from one address that is not this machine's: 50. */
  readonly requestsPerAddress: number;
  /** Requests a second from this machine: 5,000. */
  readonly requestsFromHere: number;
  /** Requests a second with one token, wherever they come from: 5,000. */
  readonly requestsPerToken: number;
  /** Streams of events that are open at once: 10,000. */
  readonly streams: number;
  /** Sessions that are open at once: 20,000. */
  readonly sessions: number;
  /** Agents that a session is made with: 10,000. */
  readonly agents: number;
  /** Seconds that somebody may wait to be asked: 60. */
  readonly wait: number;
}

export const usualLimits: Limits = {
  body: 2 ** 20,
  depth: 100,
  requestsPerAddress: 50,
  requestsFromHere: 5_000,
  requestsPerToken: 5_000,
  streams: 10_000,
  sessions: 20_000,
  agents: 10_000,
  wait: 60,
};

interface Bucket {
  left: number;
  at: number;
}

/** So many of those who have asked are remembered before the ones that have been quiet are forgotten. */
const mostRemembered = 10_000;

/** How often each may ask: a bucket that fills in a second (Turner, "New directions in communications", 1986). */
export class Rates {
  readonly #buckets = new Map<string, Bucket>();
  readonly #now: () => number;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** How many are remembered. */
  get size(): number {
    return this.#buckets.size;
  }

  /** Whether one may ask again. */
  take(who: string, perSecond: number): boolean {
    const now = this.#now();
    const bucket = this.#buckets.get(who) ?? { left: perSecond, at: now };
    bucket.left = Math.min(perSecond, bucket.left + ((now - bucket.at) / 1000) * perSecond);
    bucket.at = now;
    if (!this.#buckets.has(who)) this.#remember(who, bucket);
    if (bucket.left < 1) return false;
    bucket.left -= 1;
    return true;
  }

  #remember(who: string, bucket: Bucket): void {
    if (this.#buckets.size >= mostRemembered) {
      const now = this.#now();
      for (const [each, { at }] of this.#buckets) {
        // They are remembered in the order in which they first came: beyond the first that is not quiet, it is not worth looking.
        if (now - at <= 1000) break;
        this.#buckets.delete(each);
      }
      // Where nobody has been quiet, the first to come are forgotten: a flood of addresses must not fill the memory.
      const [first] = this.#buckets.keys();
      if (this.#buckets.size >= mostRemembered && first !== undefined) this.#buckets.delete(first);
    }
    this.#buckets.set(who, bucket);
  }
}

/** Whether an address is this machine's. */
export function isLoopback(address: string): boolean {
  return address === '::1' || /^(::ffff:)?127\./.test(address);
}
