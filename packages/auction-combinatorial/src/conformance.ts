import { type Subject, singleMinded, subject, xorBids } from '@mechane/conformance';
import { coreSelecting } from './core-selecting.ts';
import { firstPrice } from './first-price.ts';
import { greedy } from './greedy.ts';
import type { PackageBids } from './package-bids.ts';
import { vcg } from './vcg.ts';

interface Goods {
  goods: string[] | Record<string, number>;
}

const xor = xorBids<PackageBids, Goods>();
const single = singleMinded<PackageBids, Goods>();
const goods = [
  { goods: ['A', 'B'] },
  { goods: ['A', 'B', 'C', 'D'] },
  { goods: { A: 2, B: 1 } },
  { goods: ['A', 'B', 'C'], breakTie: { priority: ['cat', 'ann'] } },
];

/** Every mechanism of this package with the types and settings it is examined on. */
export const subjects: readonly Subject[] = [
  subject({ mechanism: firstPrice, domain: xor, settings: goods }),
  subject({ mechanism: vcg, domain: xor, settings: goods }),
  subject({
    mechanism: coreSelecting,
    domain: xor,
    settings: [...goods, { goods: ['A', 'B'], reference: 'zero' }, { goods: ['A', 'B', 'C'], reference: 'bid' }],
    runs: 120,
  }),
  subject({ mechanism: greedy, domain: single, settings: goods }),
  subject({ mechanism: greedy, domain: xor, settings: goods }),
];
