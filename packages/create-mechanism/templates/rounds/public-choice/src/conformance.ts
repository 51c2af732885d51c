import { publicChoice, type Subject, subject } from '@mechane/conformance';
import { successiveVotes } from './successive-votes.ts';

/** What `mechane verify` examines: the mechanism, on which types, with which settings. */
export const subjects: readonly Subject[] = [
  subject({
    mechanism: successiveVotes,
    domain: publicChoice(),
    settings: [{ alternatives: ['park', 'road'] }, { alternatives: ['park', 'road', 'school'] }],
  }),
];
