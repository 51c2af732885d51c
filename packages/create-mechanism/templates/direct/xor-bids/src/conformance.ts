import { type Subject, subject, xorBids } from '@mechane/conformance';
import { vcg } from './vcg.ts';

/** What `mechane verify` examines: the mechanism, on which types, with which settings. */
export const subjects: readonly Subject[] = [
  subject({ mechanism: vcg, domain: xorBids(), settings: [{ goods: ['A', 'B'] }, { goods: ['A', 'B', 'C'] }] }),
];
