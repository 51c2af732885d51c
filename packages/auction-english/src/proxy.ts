/*
 * Proxy bidding, as on eBay: everybody leaves a sealed maximum, the highest wins and pays one increment above the second highest, or its
 * own maximum if that is less.
 *
 * Lucking-Reiley, "Auctions on the Internet: what's being auctioned, and how?", Journal of Industrial Economics 48 (2000); Roth and
 * Ockenfels, "Last-minute bidding and the rules for ending second-price auctions", American Economic Review 92 (2002). It is the
 * second-price auction up to an increment, and so truth is best up to an increment.
 */
import {
  type AgentId,
  amount,
  directMechanism,
  History,
  historyOmitted,
  type Mechanism,
  positiveAmount,
  type ReportRequest,
  type SingleItemOutcome,
  singleItemOutcome,
  sold,
  type Told,
  unsold,
} from '@mechane/core';
import * as z from 'zod';
import { bestItemWelfare, type ItemValue, itemValue, valueOfItem } from './item-value.ts';
import { notObviously, pricedByRivals } from './rival-prices.ts';

/**
 * The least that the item sells for, and by how much a proxy tops the second highest maximum.
 *
 * @category Types of mechanisms
 */
export interface ProxySettings {
  startingPrice: number;
  increment: number;
}

/**
 * Who led at what price from then on.
 *
 * @category Types of mechanisms
 */
export interface Lead {
  readonly price: number;
  readonly agent: AgentId;
}

/**
 * Who won at what price, and every change of the price or of the leader as the maxima came in: the first 10,000 of them.
 *
 * @category Types of mechanisms
 */
export interface ProxyOutcome extends SingleItemOutcome, Told<Lead> {}

/** @category Types of mechanisms */
export type ProxyAuction = Mechanism<{
  id: 'auction-english/proxy';
  settings: ProxySettings;
  report: ItemValue;
  outcome: ProxyOutcome;
  message: ItemValue;
  ask: ReportRequest;
}>;

/**
 * Proxy bidding. The highest maximum wins; the payment is `min(highest, second + increment)`, and `startingPrice` where nobody else
 * bids that much. Equal maxima: the one that came first wins, so `breakTie` has nothing to decide here.
 *
 * @category Mechanisms
 * @example
 * ```ts
 * import { englishAuctions } from '@mechane/auction-english';
 * import { createMechane } from '@mechane/core';
 *
 * const mechane = createMechane().use(englishAuctions);
 * const settings = { startingPrice: 10, increment: 5 };
 * const reports = { ann: { value: 80 }, bob: { value: 100 } };
 * const { outcome } = mechane.run('auction-english/proxy', { settings, reports });
 * outcome.payment; // => 85
 * outcome.history; // => [{ price: 10, agent: 'ann' }, { price: 85, agent: 'bob' }]
 * ```
 */
export const proxy: ProxyAuction = directMechanism({
  id: 'auction-english/proxy',
  summary: 'The highest maximum wins, one increment above the second highest (proxy bidding, Roth and Ockenfels 2002)',
  settings: z.strictObject({
    startingPrice: amount.describe('The least the item sells for; a maximum below it is no bid'),
    increment: positiveAmount.describe('By how much the winner tops the second highest maximum'),
  }),
  report: itemValue,
  revisable: true,
  openEntry: true,
  outcome: singleItemOutcome.extend({
    history: z.array(z.strictObject({ price: amount, agent: z.string() })),
    historyOmitted,
  }),

  decide(maxima, { settings: { startingPrice, increment }, participants }) {
    const history = new History<Lead>();
    let lead: Lead | undefined;
    let [highest, second] = [-1, Number.NEGATIVE_INFINITY];
    for (const [agent, { value: maximum }] of maxima) {
      if (maximum < startingPrice) continue;
      const leader: AgentId = lead === undefined || maximum > highest ? agent : lead.agent;
      second = Math.max(second, Math.min(maximum, highest));
      highest = Math.max(maximum, highest);
      const price = lead === undefined ? startingPrice : Math.min(highest, second + increment);
      if (leader === lead?.agent && price === lead.price) continue;
      lead = { price, agent: leader };
      history.add(lead);
    }
    const sale = lead ? sold(participants, lead.agent, lead.price) : unsold(participants);
    return { ...sale, ...history.told() };
  },

  mostPaid: ({ value }) => value,
  value: valueOfItem,
  bestWelfare: bestItemWelfare,
  claims: ({ startingPrice, increment }) => [
    {
      law: 'strategy-proof',
      holds: { approximately: increment },
      because:
        'It is the second-price auction (Vickrey 1961), but for at most an increment that a winner could save by just beating its rival',
    },
    notObviously(increment),
    ...pricedByRivals({ startingPrice: 0, increment: 1 }, (value) => ({ value })),
    {
      law: 'credible',
      holds: false,
      because: 'Akbarpour and Li 2020: who gave the auctioneer its maximum cannot tell an invented bid from a true one',
      witness: { settings: { startingPrice: 0, increment: 1 }, reports: { ann: { value: 10 }, bob: { value: 2 } } },
    },
    {
      law: 'non-bossy-in-allocation',
      holds: true,
      because: 'Mishra and Quadir 2014: who loses with another maximum as well leaves the highest where it is',
    },
    {
      law: 'individually-rational',
      holds: true,
      because: 'The winner pays no more than its maximum; the others pay nothing',
    },
    { law: 'no-deficit', holds: true, because: 'Nobody is paid anything' },
    {
      law: 'structural/order-independent',
      holds: false,
      because: 'Of two equal maxima the earlier wins, as on eBay',
      witness: {
        settings: { startingPrice: 0, increment: 1 },
        reports: { ann: { value: 5 }, bob: { value: 5 } },
      },
    },
    ...(startingPrice === 0
      ? ([{ law: 'efficient', holds: true, because: 'The highest maximum wins (Vickrey 1961)' }] as const)
      : []),
  ],
});
