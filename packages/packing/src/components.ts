import { type Packing, rowsOfSet, upTo } from './packing.ts';

/**
 * The sets of a packing in groups that share no row: each can be decided by itself.
 *
 * @category Packings
 * @example
 * ```ts
 * import { componentsOf, packingOf } from '@mechane/packing';
 *
 * const packing = packingOf([1, 1, 1], [[0], [1], [0, 2]], [1, 1, 1]);
 * componentsOf(packing).map((sets) => [...sets]); // => [[0, 2], [1]]
 * ```
 */
export function componentsOf(packing: Packing): readonly Int32Array[] {
  const parent = upTo(packing.rows);
  const rootOf = (row: number): number => {
    let root = row;
    while (parent[root] !== root) {
      parent[root] = parent[parent[root] as number] as number;
      root = parent[root] as number;
    }
    return root;
  };
  for (let set = 0; set < packing.sets; set++) {
    const [first, ...others] = rowsOfSet(packing, set);
    for (const row of others) parent[rootOf(row)] = rootOf(first as number);
  }
  const groups = new Map<number, number[]>();
  for (let set = 0; set < packing.sets; set++) {
    const root = rootOf(packing.rowsOf[packing.starts[set] as number] as number);
    const group = groups.get(root);
    if (group) group.push(set);
    else groups.set(root, [set]);
  }
  return [...groups.values()].map((group) => Int32Array.from(group));
}
