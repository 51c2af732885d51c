import { multiUnit, type Subject, subject } from '@mechane/conformance';
import { postedPrice } from './posted-price.ts';

/** What `mechane verify` examines: the mechanism, on which types, with which settings. */
export const subjects: readonly Subject[] = [
  subject({
    mechanism: postedPrice,
    domain: multiUnit({ report: (values) => ({ values: [...values] }) }),
    settings: [
      { units: 2, price: 1 },
      { units: 1, price: 0 },
      { units: 3, price: 2 },
    ],
  }),
];
