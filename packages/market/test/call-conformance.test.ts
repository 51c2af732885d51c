import { describeMechanism } from '@mechane/conformance/vitest';
import { subjects } from '../src/conformance.ts';

const callMarkets = ['call', 'equilibrium', 'vcg', 'mcafee', 'trade-reduction', 'strongly-budget-balanced', 'muda'];

for (const subject of subjects) {
  if (callMarkets.includes(subject.mechanism.id.replace('market/', ''))) describeMechanism(subject);
}
