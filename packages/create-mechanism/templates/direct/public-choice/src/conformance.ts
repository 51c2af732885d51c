import { publicChoice, type Subject, subject } from '@mechane/conformance';
import { clarkePivot } from './clarke-pivot.ts';

/** What `mechane verify` examines: the mechanism, on which types, with which settings. */
export const subjects: readonly Subject[] = [
  subject({
    mechanism: clarkePivot,
    domain: publicChoice(),
    settings: [{ alternatives: ['park', 'road'] }, { alternatives: ['park', 'road', 'school'] }],
  }),
];
