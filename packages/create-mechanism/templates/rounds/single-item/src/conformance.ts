import { type Subject, singleItem, subject } from '@mechane/conformance';
import { ascendingClock } from './ascending-clock.ts';

/** What `mechane verify` examines: the mechanism, on which types, with which settings. */
export const subjects: readonly Subject[] = [
  subject({ mechanism: ascendingClock, domain: singleItem({ report: (value) => ({ value }) }) }),
];
