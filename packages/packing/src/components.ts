import { type Packing, rowsOfBid, upTo } from './packing.ts';

/** The bids of a packing in groups that share no row: each can be decided by itself. */
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
  for (let bid = 0; bid < packing.bids; bid++) {
    const [first, ...others] = rowsOfBid(packing, bid);
    for (const row of others) parent[rootOf(row)] = rootOf(first as number);
  }
  const groups = new Map<number, number[]>();
  for (let bid = 0; bid < packing.bids; bid++) {
    const root = rootOf(packing.rowsOf[packing.starts[bid] as number] as number);
    const group = groups.get(root);
    if (group) group.push(bid);
    else groups.set(root, [bid]);
  }
  return [...groups.values()].map((group) => Int32Array.from(group));
}
