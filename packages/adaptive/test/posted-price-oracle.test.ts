import { createMechane, type Random, seededRandom } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import { adaptive } from '../src/index.ts';
import { BidTally } from '../src/prices/bid-tally.ts';

const mechane = createMechane().use(adaptive);
type LearnFrom = 'all' | 'others';

/** The best single price by trying each bid as a price: the lowest of those that earn most. */
function bestByTrying(bids: readonly number[], otherwise: number): number {
  const earned = (price: number): number => price * bids.filter((bid) => bid >= price).length;
  return (
    bids.reduce(
      (best: number | undefined, price) =>
        best === undefined || earned(price) > earned(best) || (earned(price) === earned(best) && price < best)
          ? price
          : best,
      undefined,
    ) ?? otherwise
  );
}

/** What everybody is offered, round by round, by the definition. */
function offersByDefinition(
  said: Readonly<Record<string, readonly number[]>>,
  initialPrice: number,
  learnFrom: LearnFrom,
): Readonly<Record<string, readonly number[]>> {
  const agents = Object.keys(said);
  const before = (agent: string, round: number): readonly number[] => said[agent]?.slice(0, round) ?? [];
  const offersOf = (agent: string): readonly number[] =>
    (said[agent] ?? []).map((_, round) => {
      const heard = agents.filter((other) => learnFrom === 'all' || other !== agent);
      return bestByTrying(
        heard.flatMap((other) => before(other, round)),
        initialPrice,
      );
    });
  return Object.fromEntries(agents.map((agent) => [agent, offersOf(agent)]));
}

/** Bids of some agents over some rounds: few different amounts, so that prices tie; some agents say the same all along. */
function randomBids(random: Random, agents: number, rounds: number): Readonly<Record<string, readonly number[]>> {
  return Object.fromEntries(
    Array.from({ length: agents }, (_, agent) => {
      const steady = random.next() < 0.5;
      const first = random.below(9);
      return [`agent${agent}`, Array.from({ length: rounds }, () => (steady ? first : random.below(9)))];
    }),
  );
}

describe('the prices that are learnt', () => {
  test.each<LearnFrom>(['all', 'others'])('are those of the definition, tried price by price, from %s', (learnFrom) => {
    for (let seed = 0; seed < 300; seed++) {
      const random = seededRandom(seed);
      const rounds = 1 + random.below(6);
      const initialPrice = random.below(4);
      const said = randomBids(random, 1 + random.below(5), rounds);
      const agents = Object.keys(said);
      const messages = Array.from({ length: rounds }, (_, round) =>
        agents.map((agent) => [agent, { bid: said[agent]?.[round] }] as const),
      ).flat();
      const { outcome } = mechane.run('adaptive/posted-price', {
        settings: { rounds, initialPrice, learnFrom },
        messages: messages as [string, { bid: number }][],
      });
      const offers = offersByDefinition(said, initialPrice, learnFrom);
      expect(outcome.offers, `seed ${seed}`).toEqual(offers);
      expect(outcome.price, `seed ${seed}`).toBe(bestByTrying(Object.values(said).flat(), initialPrice));
      for (const agent of agents) {
        const bought = (said[agent] ?? []).map((bid, round) => (bid >= (offers[agent]?.[round] as number) ? 1 : 0));
        const paid = bought.reduce((sum: number, one, round) => sum + one * (offers[agent]?.[round] as number), 0);
        expect(outcome.payments[agent], `seed ${seed}`).toBe(paid);
        expect(outcome.allocation[agent] ?? 0, `seed ${seed}`).toBe(bought.reduce((sum: number, one) => sum + one, 0));
      }
    }
  });

  test.each<LearnFrom>(['all', 'others'])('do not depend on how many rounds there have been, from %s', (learnFrom) => {
    const reports = { ann: { value: 3 }, bob: { value: 3 }, cat: { value: 5 } };
    const played = (rounds: number) =>
      mechane.run('adaptive/posted-price', { settings: { rounds, learnFrom }, reports }).outcome;
    const [few, many] = [played(4), played(60_000)];
    expect(many.price).toBe(few.price);
    // Nothing changes from the second round on.
    for (const agent of ['ann', 'bob', 'cat']) {
      const [first = 0, ...later] = few.offers[agent] ?? [];
      expect(many.offers[agent]).toEqual([first, ...new Array<number>(9_999).fill(later[0] as number)]);
      expect(many.allocation[agent] ?? 0).toBe(((few.allocation[agent] ?? 0) === 4 ? 59_999 : 0) + 1);
    }
    expect([few.historyOmitted, many.historyOmitted]).toEqual([undefined, 50_000]);
  });

  test('are found among thousands of different bids too, with and without somebody’s own', { tags: ['long'] }, () => {
    const random = seededRandom(11);
    const tally = new BidTally();
    const bids: number[] = [];
    const own = new Map<number, number>();
    for (let bid = 1; bid <= 4_000; bid++) {
      // Low bids come often, high ones rarely: the best price is often one that ties or nearly does.
      const amount =
        Math.ceil(4_000 / (1 + random.below(4_000)) ** 0.5) + (random.next() < 0.3 ? random.below(3_000) : 0);
      bids.push(amount);
      tally.add(amount);
      if (bid % 4 === 0) own.set(amount, (own.get(amount) ?? 0) + 1);
      if (bid % 1_000 !== 0) continue;
      expect(tally.bestPrice(7)).toBe(bestByTrying(bids, 7));
      const left = bids.filter((_, index) => (index + 1) % 4 !== 0);
      expect(tally.bestPriceWithout(own, 7)).toBe(bestByTrying(left, 7));
      const repeated = bids[0] as number;
      const times = bids.filter((each) => each === repeated).length;
      const others = bids.filter((each) => each !== repeated);
      expect(tally.bestPricesWithoutRepeated(7)(repeated, times)).toBe(bestByTrying(others, 7));
    }
  });
});
