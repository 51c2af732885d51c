import { sealedAuctions } from '@mechane/auction-sealed';
import { createMechane } from '@mechane/core';
import { externalRegret, NormalFormGame, swapRegret } from '@mechane/game-theory';
import { expect, test } from 'vitest';
import { type BidderMaker, hedge, regretMatching, simulate } from '../src/index.ts';

const mechane = createMechane().use(sealedAuctions);
const bids = 6;
const values = [5, 4];

test.each(['first-price', 'second-price', 'all-pay'] as const)(
  'regret in %s auctions is that of the normal-form game, by an independent reckoning',
  async (name) => {
    const mechanism = `auction-sealed/${name}` as const;
    const history: number[][] = [];
    /** A learner whose choices are written down. */
    const recorded =
      (make: BidderMaker, player: number): BidderMaker =>
      (parts) => {
        const bidder = make(parts);
        if (!('grid' in bidder)) return bidder;
        return {
          ...bidder,
          choose(value) {
            const chosen = bidder.choose(value);
            if (player === 0) history.push([]);
            history.at(-1)?.push(chosen);
            return chosen;
          },
        };
      };
    const makers = {
      one: recorded((parts) => hedge(parts.random, parts), 0),
      other: recorded((parts) => regretMatching(parts.random, parts), 1),
    };
    const bidders = ['one', 'other'].map((kind, player) => ({
      kind,
      values: { kind: 'constant' as const, value: values[player] as number },
    }));
    const { regret, convergence } = await simulate(
      { arms: [{ mechanism }], policy: { kind: 'fixed' }, population: { bidders, bids }, rounds: 500, seed: 3 },
      { mechane, bidders: makers },
    );
    // Bids are 0 to 5, one apart: the payoffs of every pair of bids, from runs of their own.
    const payoffs = values.map(() => new Float64Array(bids * bids));
    const game = new NormalFormGame({ strategies: [bids, bids], payoffs: payoffs as [Float64Array, Float64Array] });
    for (let one = 0; one < bids; one++) {
      for (let other = 0; other < bids; other++) {
        const reports = { one1: { bid: one }, other1: { bid: other } };
        const { winner, payments } = mechane.run(mechanism, { reports }).outcome;
        ['one1', 'other1'].forEach((agent, player) => {
          const won = winner === agent ? (values[player] as number) : 0;
          (payoffs[player] as Float64Array)[game.indexOf([one, other])] = won - (payments[agent] ?? 0);
        });
      }
    }
    const settled = new NormalFormGame({ strategies: [bids, bids], payoffs: payoffs as [Float64Array, Float64Array] });
    expect(history).toHaveLength(500);
    const external = externalRegret(settled, history);
    const swap = swapRegret(settled, history);
    regret.bidders.forEach(({ externalRegret: own, swapRegret: ownSwap, examined }, player) => {
      expect(examined).toBe(500);
      expect(own).toBeCloseTo(external[player] as number, 9);
      expect(ownSwap).toBeCloseTo(swap[player] as number, 9);
    });
    expect(convergence.coarse).toBeCloseTo(Math.max(0, ...external) / 5, 9);
  },
);
