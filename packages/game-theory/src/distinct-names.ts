/**
 * Names as they are, made distinct: those that are missing are the numbers from 1 of their places, and those that come twice get a number behind
 * them.
 *
 * @category Files
 * @example
 * ```ts
 * import { distinctNames } from '@mechane/game-theory';
 *
 * distinctNames(['up', '', 'up', 'down']); // => ['up', '2', 'up (2)', 'down']
 * ```
 */
export function distinctNames(names: readonly string[]): readonly string[] {
  const given = new Set(names);
  const taken = new Set<string>();
  return names.map((name, index) => {
    const plain = name === '' ? String(index + 1) : name;
    let own = plain;
    // A name that is made up must not be one that another has.
    for (let count = 2; taken.has(own) || (own !== name && given.has(own)); count++) own = `${plain} (${count})`;
    taken.add(own);
    return own;
  });
}
