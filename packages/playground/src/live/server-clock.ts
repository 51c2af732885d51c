/**
 * How far the service's clock is ahead of this machine's. A date in an answer's head is the second in which it was written, so each answer narrows down
 * where the difference lies (Cristian, "Probabilistic clock synchronization", 1989).
 */
export class ServerClock {
  #least = Number.NEGATIVE_INFINITY;
  #most = Number.POSITIVE_INFINITY;

  /**
   * Takes down what an answer says.
   *
   * @param date the head `Date` of the answer
   * @param sent when the request was sent, and `got` when the answer came, by this machine's clock, in milliseconds
   */
  hear(date: string | null, sent: number, got: number): void {
    const second = Date.parse(date ?? '');
    if (Number.isNaN(second)) return;
    const [least, most] = [second - got, second + 1000 - sent];
    const isKnown = least <= this.#most && most >= this.#least;
    // Where both cannot be true, a clock was set: what was known before is of no use.
    this.#least = isKnown ? Math.max(least, this.#least) : least;
    this.#most = isKnown ? Math.min(most, this.#most) : most;
  }

  /** What time it is where the service is, in milliseconds since 1970. */
  now(here: number = Date.now()): number {
    return Number.isFinite(this.#least) ? here + (this.#least + this.#most) / 2 : here;
  }
}
