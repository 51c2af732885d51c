import type { Subject } from './subject.ts';

/**
 * The domains that a subject's mechanism has in the other ones of these subjects: a claim for one of them is examined there.
 *
 * @category Examinations
 */
export function otherDomainsOf({ mechanism, domain }: Subject, subjects: readonly Subject[]): readonly string[] {
  const names = subjects.filter((other) => other.mechanism.id === mechanism.id).map((other) => other.domain.name);
  return [...new Set(names)].filter((name) => name !== domain.name);
}
