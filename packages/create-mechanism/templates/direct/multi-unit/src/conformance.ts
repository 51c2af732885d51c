import { multiUnit, type Subject, subject } from '@mechane/conformance';
import { vickrey } from './vickrey.ts';

/** What `mechane verify` examines: the mechanism, on which types, with which settings. */
export const subjects: readonly Subject[] = [
  subject({ mechanism: vickrey, domain: multiUnit(), settings: [{ units: 2 }, { units: 1 }, { units: 3 }] }),
];
