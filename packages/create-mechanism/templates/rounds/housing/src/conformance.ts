import { housing, type Subject, subject } from '@mechane/conformance';
import { serialDictatorship } from './serial-dictatorship.ts';

/** What `mechane verify` examines: the mechanism, on which types, with which settings. */
export const subjects: readonly Subject[] = [
  subject({
    mechanism: serialDictatorship,
    domain: housing({ report: ({ ranking }) => ({ ranking: [...ranking] }) }),
    settings: [{ items: ['A', 'B', 'C'] }, { items: ['A', 'B'], breakTie: { priority: ['cat', 'ann'] } }],
  }),
];
