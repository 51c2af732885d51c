import { type Domain, multiUnit, positions, type Subject, singleItem, subject } from '@mechane/conformance';
import { allPay } from './all-pay.ts';
import { firstPrice } from './first-price.ts';
import { gsp } from './gsp.ts';
import { optimal } from './optimal.ts';
import { payAsBid } from './pay-as-bid.ts';
import { positionVcg } from './position-vcg.ts';
import { randomSampling } from './random-sampling.ts';
import { secondPrice } from './second-price.ts';
import { uniformPrice } from './uniform-price.ts';
import { vickrey } from './vickrey.ts';

const reserves = [{}, { reserve: 3 }, { breakTie: { priority: ['cat', 'ann'] } }];
const units = [{ units: 2 }, { units: 1 }, { units: 3, reserve: 2 }];
const clicks = [
  { clickThroughRates: [2, 1] },
  { clickThroughRates: [3] },
  { clickThroughRates: [5, 5, 2, 0], reserve: 1 },
];
const irregular = { kind: 'empirical' as const, samples: [1, 1, 1, 2, 4, 4] };

/** Agents who each want one copy of something that there is enough of for all. */
const unlimitedSupply: Domain<unknown, { bid: number }> = {
  ...singleItem(),
  name: 'unlimited-supply',
  bestWelfare: (types) => [...types.values()].reduce((best, { bid }) => best + bid, 0),
  infeasible(outcome, types) {
    const { allocation = {} } = outcome as { allocation?: Record<string, number> };
    const odd = Object.keys(allocation).find((agent) => !types.has(agent) || allocation[agent] !== 1);
    return odd && `${odd} gets ${allocation[odd]} copies`;
  },
};

/** Every mechanism of this package with the types and settings it is examined on. */
export const subjects: readonly Subject[] = [
  subject({ mechanism: firstPrice, domain: singleItem(), settings: reserves, runs: 20 }),
  subject({ mechanism: secondPrice, domain: singleItem(), settings: reserves, runs: 20 }),
  subject({ mechanism: allPay, domain: singleItem(), settings: reserves, runs: 20 }),
  subject({
    mechanism: optimal,
    domain: singleItem(),
    settings: [
      { distribution: { kind: 'uniform', low: 0, high: 4 } },
      { distribution: { kind: 'uniform', low: 2, high: 3 }, breakTie: { priority: ['cat', 'ann'] } },
      { distribution: { kind: 'exponential', mean: 2 }, reserve: 3 },
      { distribution: irregular },
      { distribution: irregular, distributions: { ann: { kind: 'uniform', low: 0, high: 4 } } },
    ],
    runs: 20,
  }),
  subject({
    mechanism: uniformPrice,
    domain: multiUnit(),
    settings: [...units, { units: 2, pricing: 'last-accepted' }],
    runs: 20,
  }),
  subject({ mechanism: payAsBid, domain: multiUnit(), settings: units, runs: 20 }),
  subject({ mechanism: vickrey, domain: multiUnit(), settings: units, runs: 20 }),
  subject({ mechanism: gsp, domain: positions(), settings: clicks, runs: 20 }),
  subject({ mechanism: positionVcg, domain: positions(), settings: clicks, runs: 20 }),
  subject({ mechanism: randomSampling, domain: unlimitedSupply, runs: 20 }),
];
