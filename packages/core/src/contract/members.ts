const known = new WeakMap<readonly string[], ReadonlySet<string>>();

/**
 * The names on a list, to look up who or what is on it: made once for all who ask, since very many reports may be read against one list of
 * settings or participants, which must not change.
 *
 * @category Agents
 * @example
 * ```ts
 * import { membersOf } from '@mechane/core';
 *
 * const items = ['desk', 'sofa'];
 * membersOf(items).has('sofa'); // => true
 * membersOf(items) === membersOf(items); // => true
 * ```
 */
export function membersOf(list: readonly string[]): ReadonlySet<string> {
  let members = known.get(list);
  if (members === undefined) {
    members = new Set(list);
    known.set(list, members);
  }
  return members;
}
