import { type AgentId, History, type Refusal } from '@mechane/core';
import { bidTooLow, buyNowGone, noBuyNow } from './errors.ts';
import { type ReadTimedSettings, stepAt } from './timed-settings.ts';

/**
 * The most that an agent pays, or that it buys at the price for those who do not wait.
 *
 * @category Types of mechanisms
 */
export type TimedMessage = { max: number } | { buyNow: true };

/**
 * When which agent led at which price from then on.
 *
 * @category Types of mechanisms
 */
export type TimedLead = [at: number, agent: AgentId, standingPrice: number];

/** An auction on a site while it goes on: who leads at what price, and when it ends. */
export class BiddingPeriod {
  /** When it ends, in milliseconds since the opening. */
  end: number;
  extensions = 0;
  leader: AgentId | undefined;
  /** The price at which the leader would get it. */
  standing = 0;
  readonly history: History<TimedLead> = new History();
  readonly #settings: ReadTimedSettings;
  readonly #written: (amount: number) => number;
  #highest = 0;
  #isBought = false;

  /** @param written amounts as refusals name them */
  constructor(settings: ReadTimedSettings, written: (amount: number) => number) {
    this.#settings = settings;
    this.#written = written;
    this.end = settings.duration;
  }

  /** The least maximum that is taken from whoever does not lead. */
  get least(): number {
    const { startingPrice, increment } = this.#settings;
    return this.leader === undefined ? startingPrice : this.standing + stepAt(this.standing, increment);
  }

  get reserveMet(): boolean {
    return this.leader !== undefined && (this.#isBought || this.#highest >= (this.#settings.reserve ?? 0));
  }

  /** At what price it can be had at once. */
  get buyNow(): number | null {
    return this.leader === undefined ? (this.#settings.buyNow ?? null) : null;
  }

  /** What is wrong with a message as things stand. */
  refusalOf(agent: AgentId, message: TimedMessage): Refusal | undefined {
    if ('buyNow' in message) {
      if (this.#settings.buyNow === undefined) return noBuyNow();
      return this.leader === undefined ? undefined : buyNowGone();
    }
    const { max } = message;
    // The leader may raise its own maximum by as little as it likes.
    if (agent === this.leader)
      return max > this.#highest ? undefined : bidTooLow(this.#written(max), 'more than its last');
    return max >= this.least ? undefined : bidTooLow(this.#written(max), `${this.#written(this.least)} or more`);
  }

  /** Takes a message that nothing is wrong with. */
  hear(agent: AgentId, message: TimedMessage, at: number): void {
    const before = { leader: this.leader, standing: this.standing };
    if ('buyNow' in message) this.#buy(agent, at);
    else if (agent === this.leader) this.#raise(message.max);
    else this.#challenge(agent, message.max);
    if (this.leader === before.leader && this.standing === before.standing) return;
    this.history.add([at, this.leader as AgentId, this.standing]);
    if (!this.#isBought) this.#extend(at);
  }

  #buy(agent: AgentId, at: number): void {
    this.leader = agent;
    this.standing = this.#settings.buyNow as number;
    this.end = at;
    this.#isBought = true;
  }

  #raise(max: number): void {
    this.#highest = max;
    this.standing = Math.max(this.standing, this.#floor());
  }

  /** The highest maximum leads, the earlier of equals. */
  #challenge(agent: AgentId, max: number): void {
    const isFirst = this.leader === undefined;
    const second = Math.min(max, this.#highest);
    if (isFirst || max > this.#highest) this.leader = agent;
    this.#highest = Math.max(max, this.#highest);
    const topped = isFirst ? 0 : Math.min(this.#highest, second + stepAt(second, this.#settings.increment));
    this.standing = Math.max(topped, this.#floor());
  }

  /** The standing price is no less, whoever bids: the reserve, too, once it is met. */
  #floor(): number {
    const { startingPrice, reserve = 0 } = this.#settings;
    return this.#highest >= reserve ? Math.max(startingPrice, reserve) : startingPrice;
  }

  #extend(at: number): void {
    const { extension } = this.#settings;
    if (extension === undefined || this.end - at > extension.within) return;
    const later = at + extension.by;
    if (later <= this.end || this.extensions >= (extension.max ?? Number.POSITIVE_INFINITY)) return;
    this.end = later;
    this.extensions += 1;
  }

  /** Whether somebody has bought it at once. */
  get isBought(): boolean {
    return this.#isBought;
  }
}
