/** @typedef {{ scenario: { mechanism: string } }} GoldenCase */

/**
 * All mechanism ids in what `mechane list --json` prints.
 *
 * @param {unknown} listing
 * @returns {Set<string>}
 */
export function idsIn(listing) {
  if (!listing || typeof listing !== 'object') return new Set();
  const own = 'id' in listing && typeof listing.id === 'string' ? [listing.id] : [];
  return new Set([...own, ...Object.values(listing).flatMap((part) => [...idsIn(part)])]);
}

/**
 * The cases whose mechanism is among these.
 *
 * @template {GoldenCase} Case
 * @param {readonly Case[]} cases
 * @param {ReadonlySet<string>} ids
 * @returns {Case[]}
 */
export function playableCases(cases, ids) {
  return cases.filter(({ scenario }) => ids.has(scenario.mechanism));
}
