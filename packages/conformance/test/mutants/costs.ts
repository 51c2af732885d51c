import { clock } from './conversations.ts';
import { type Bid, type Given, type Specimen, specimen, specimens, values } from './mutant.ts';

const ownBid = (report: Bid): number => report.bid;

/** What messages are said to cost at the most, and then cost more. */
export const costs: readonly Specimen[] = [
  ...specimens(
    'structural/most-paid',
    ['a fee on top of the price', ({ bids }) => ({ price: (bids[1] ?? 0) + 1 }), { mostPaid: ownBid }],
    ['losers pay a fee that nobody was told', () => ({ losersPay: () => 1 }), { mostPaid: ownBid }],
    ['half of what a first price may cost', firstPrice, { mostPaid: (report) => report.bid / 2 }],
    ['bids above ten are said to cost ten', firstPrice, { mostPaid: (report) => Math.min(10, report.bid) }],
    [
      'the last bid of a tie pays for the others',
      ({ bids, ranked }) => ({ price: (bids[0] ?? 0) * (bids[0] === bids[1] ? ranked.length : 1) }),
      { mostPaid: ownBid },
    ],
  ),
  specimen(
    'structural/most-paid',
    'in costs the price called, and the next one is charged',
    clock('charges the next price', {
      priceAt: (called) => called + 1,
      mostPaid: (message, price, before) => (message === 'in' ? Math.max(before, price) : before),
    }),
    values,
  ),
  specimen(
    'structural/most-paid',
    'whoever leaves is said to owe nothing any more',
    clock('forgets what was said', { mostPaid: (message, price) => (message === 'in' ? price : 0) }),
    values,
  ),
];

function firstPrice({ bids }: Given): { price: number } {
  return { price: bids[0] ?? 0 };
}
