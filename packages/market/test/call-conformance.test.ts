import { describeMechanism } from '@mechane/conformance/vitest';
import { subjects } from '../src/conformance.ts';

/** Those that other files of tests describe. */
const elsewhere = ['fisher', 'exchange', 'tatonnement', 'multi-commodity', 'order-book'];

for (const subject of subjects) {
  if (!elsewhere.includes(subject.mechanism.id.replace('market/', ''))) describeMechanism(subject);
}
