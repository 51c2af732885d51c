import { publicChoice, type Subject, singlePeaked, subject } from '@mechane/conformance';
import { groves } from './groves.ts';
import { median } from './median.ts';

/** Every mechanism of this package with the types and settings it is examined on. */
export const subjects: readonly Subject[] = [
  subject({
    mechanism: groves,
    domain: publicChoice(),
    settings: [
      { alternatives: ['park', 'road'] },
      { alternatives: ['park', 'road', 'pool'] },
      { alternatives: ['park'] },
    ],
    runs: 20,
  }),
  subject({ mechanism: median, domain: singlePeaked(), runs: 20 }),
];
