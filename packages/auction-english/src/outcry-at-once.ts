/*
 * How open outcry ends among bidders who raise by the minimum up to their values. All who may bid bid the same, so the tie order picks: the
 * two that it prefers of those whose values are not passed take turns until the price passes one of them. Those turns are not played but
 * counted, however many there are.
 */
import { type AgentId, History, sold, type TieOrder, unsold } from '@mechane/core';
import { tooManySteps } from './errors.ts';
import type { ItemValues } from './item-value.ts';
import type { OpenOutcryOutcome, StandingBid } from './outcry-outcome.ts';
import type { OpenOutcrySettings } from './outcry-settings.ts';
import { type PriceSteps, risingSteps } from './price-steps.ts';

/** A step that is a smaller part of the price is not told from its neighbours with certainty, unless all are whole numbers. */
const smallestStep = 2 ** -50;
/** So many turns are played where they cannot be counted. */
const mostPlayed = 10_000_000;

/** What its conversation with proxies comes to. */
export function outcryAtOnce(
  values: ItemValues,
  settings: OpenOutcrySettings,
  participants: readonly AgentId[],
  tieOrder: TieOrder,
): OpenOutcryOutcome {
  const { startingPrice, increment, maxRounds = Number.POSITIVE_INFINITY } = settings;
  const steps = risingSteps(startingPrice, increment);
  const bidders = new Bidders(values, tieOrder);
  const history = new History<StandingBid>();
  let [rounds, played, price, leastBid] = [0, 0, -1, startingPrice];
  let leader: AgentId | undefined;
  while (participants.length > (leader === undefined ? 0 : 1) && rounds < maxRounds) {
    if (++played > mostPlayed) throw tooManySteps(startingPrice, increment);
    rounds += 1;
    bidders.leave(leastBid);
    const bidder: AgentId | undefined = bidders.first === leader ? bidders.second : bidders.first;
    if (bidder === undefined || !(leastBid > price)) break;
    [leader, price] = [bidder, leastBid];
    history.add({ round: rounds, price, agent: leader });
    const last = Math.min(lastRoundOf(steps, bidders.lowestValue, increment, rounds, price), maxRounds);
    const other = leader === bidders.first ? bidders.second : bidders.first;
    if (other !== undefined && last > rounds) {
      const turns = [leader, other] as const;
      const start = rounds;
      for (rounds += 1; rounds <= last && !history.isFull; rounds++)
        history.add({ round: rounds, price: steps.priceOf(rounds), agent: turns[(rounds - start) % 2] as AgentId });
      history.omit(last - rounds + 1);
      rounds = last;
      [leader, price] = [turns[(last - start) % 2] as AgentId, steps.priceOf(last)];
    }
    leastBid = steps.raised(price);
  }
  const sale = leader === undefined ? unsold(participants) : sold(participants, leader, price);
  return { ...sale, rounds, ...history.told() };
}

/** The last round whose price is no higher than a value, if each round up to it raises the price; else the present round. */
function lastRoundOf(
  { priceOf, firstAbove }: PriceSteps,
  value: number,
  increment: number,
  round: number,
  price: number,
): number {
  const last = firstAbove(value) - 1;
  if (priceOf(round) !== price || !Number.isSafeInteger(last)) return round;
  const highest = priceOf(last + 1);
  const isWhole = Number.isInteger(increment) && Number.isInteger(price) && Number.isSafeInteger(highest);
  return isWhole || increment >= smallestStep * highest ? last : round;
}

/** Bidders in the tie order, of whom those leave whose values the price passes. */
class Bidders {
  readonly #agents: readonly AgentId[];
  readonly #values: readonly number[];
  #first = 0;
  #second = 1;

  constructor(values: ItemValues, tieOrder: TieOrder) {
    const sorted = [...values].sort(([agent], [other]) => tieOrder(agent, other));
    this.#agents = sorted.map(([agent]) => agent);
    this.#values = sorted.map(([, { value }]) => value);
  }

  leave(price: number): void {
    const values = this.#values;
    while (this.#first < values.length && (values[this.#first] as number) < price) this.#first += 1;
    this.#second = Math.max(this.#second, this.#first + 1);
    while (this.#second < values.length && (values[this.#second] as number) < price) this.#second += 1;
  }

  get first(): AgentId | undefined {
    return this.#agents[this.#first];
  }

  get second(): AgentId | undefined {
    return this.#agents[this.#second];
  }

  /** The lower value of the two, where there is a first; -1 where there is no second. */
  get lowestValue(): number {
    return Math.min(this.#values[this.#first] as number, this.#values[this.#second] ?? -1);
  }
}
