import type { Verdict } from '@mechane/conformance';
import type { Emphasis } from '../style.ts';

/** How a verdict is told. */
export interface VerdictKind {
  readonly mark: string;
  readonly emphasis: Exclude<Emphasis, 'strong'>;
  /** What becomes of one law. */
  readonly told: string;
  /** What becomes of so many laws, where they are counted. */
  readonly plural?: string;
}

/** Every verdict, in the order in which they are counted. */
export const verdictKinds: Readonly<Record<Verdict, VerdictKind>> = {
  holds: { mark: '✓', emphasis: 'good', told: 'holds', plural: 'hold' },
  refuted: { mark: '✗', emphasis: 'bad', told: 'refuted', plural: 'refuted' },
  vacuous: { mark: '?', emphasis: 'doubtful', told: 'vacuous', plural: 'vacuous' },
  undecided: { mark: '?', emphasis: 'doubtful', told: 'undecided', plural: 'undecided' },
  nondeterministic: { mark: '✗', emphasis: 'bad', told: 'nondeterministic', plural: 'nondeterministic' },
  'does-not-end': { mark: '✗', emphasis: 'bad', told: 'does not end', plural: 'without an end' },
  witnessed: { mark: '✓', emphasis: 'good', told: 'does not hold, as claimed', plural: 'known not to hold' },
  'not-applicable': { mark: '·', emphasis: 'faint', told: 'not applicable' },
  unclaimed: { mark: '·', emphasis: 'faint', told: 'unclaimed' },
};
