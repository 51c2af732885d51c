import { type Bundle, type Subject, subject, xorBids } from '@mechane/conformance';
import { postedPrices } from './posted-prices.ts';

/** What `mechane verify` examines: the mechanism, on which types, with which settings. */
export const subjects: readonly Subject[] = [
  subject({
    mechanism: postedPrices,
    domain: xorBids<{ xor: readonly Bundle[] }, { prices: { good: string; price: number }[] }>({
      goods: ({ prices }) => new Map(prices.map(({ good }) => [good, 1])),
    }),
    settings: [
      {
        prices: [
          { good: 'A', price: 1 },
          { good: 'B', price: 2 },
        ],
      },
      {
        prices: [
          { good: 'A', price: 0 },
          { good: 'B', price: 30 },
          { good: 'C', price: 4 },
        ],
      },
    ],
  }),
];
