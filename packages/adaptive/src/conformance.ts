import { believedOnGrid, type Domain, type Subject, singleItem, subject } from '@mechane/conformance';
import { type PostedPriceOutcome, type PostedPriceSettings, postedPrice } from './prices/posted-price.ts';

const values = believedOnGrid(
  singleItem<{ value: number }, PostedPriceSettings>({ report: (value) => ({ value }), largest: 1_000 }),
);

/** Agents who want a copy in each round, of something that there is enough of for all. */
const copies: Domain<PostedPriceSettings, { value: number }> = {
  ...values,
  name: 'copies-in-rounds',
  value: (agent, { value }, outcome) => value * ((outcome as PostedPriceOutcome).allocation[agent] ?? 0),
  bestWelfare: (types, { rounds = 1 }) => [...types.values()].reduce((best, { value }) => best + value * rounds, 0),
  infeasible(outcome, types, { rounds = 1 }) {
    const { allocation } = outcome as PostedPriceOutcome;
    const odd = Object.keys(allocation).find((agent) => !types.has(agent) || (allocation[agent] ?? 0) > rounds);
    return odd && `${odd} gets ${allocation[odd]} copies in ${rounds} rounds`;
  },
};

/** Every mechanism of this package with the types and settings it is examined on. */
export const subjects: readonly Subject[] = [
  subject({
    mechanism: postedPrice,
    domain: copies,
    settings: [
      { rounds: 2, initialPrice: 1 },
      { rounds: 2, initialPrice: 1, learnFrom: 'others' },
      { rounds: 3, learnFrom: 'others', breakTie: { priority: ['cat', 'ann'] } },
      { rounds: 1, initialPrice: 2 },
    ],
    runs: 20,
  }),
];
