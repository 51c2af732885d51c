import type { Claim } from '@mechane/core';
import { buying, type OrderReport, selling } from './order.ts';

/** Who knows nothing of the others when it reports cannot see that truth is best (Li 2017). */
export const notObvious: Claim<Record<string, never>, OrderReport> = {
  law: 'obviously-strategy-proof',
  holds: false,
  because: 'Li 2017: truth may trade nothing, which is less than what another order may gain among others',
  witness: {
    reports: { bob: buying(0), sue: selling(0) },
    deviation: { bob: buying(9), sue: selling(1) },
    agent: 'sue',
  },
};
