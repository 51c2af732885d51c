/**
 * The strongly connected components of a directed graph, numbered so that every edge between two leads to a lower number (Tarjan, SIAM
 * Journal on Computing 1, 1972), without recursion: graphs may be deep.
 */
export function connectedParts(edges: readonly (readonly number[])[]): Int32Array {
  const size = edges.length;
  const parts = new Int32Array(size).fill(-1);
  const order = new Int32Array(size).fill(-1);
  const low = new Int32Array(size);
  const next = new Int32Array(size);
  const open: number[] = [];
  let [visited, count] = [0, 0];
  for (let root = 0; root < size; root++) {
    if (order[root] !== -1) continue;
    const path = [root];
    while (path.length > 0) {
      const node = path.at(-1) as number;
      if (order[node] === -1) {
        order[node] = low[node] = visited++;
        open.push(node);
      }
      const outgoing = edges[node] as readonly number[];
      const at = next[node] as number;
      if (at < outgoing.length) {
        const target = outgoing[at] as number;
        next[node] = at + 1;
        if (order[target] === -1) path.push(target);
        else if (parts[target] === -1) low[node] = Math.min(low[node] as number, order[target] as number);
        continue;
      }
      path.pop();
      const parent = path.at(-1);
      if (parent !== undefined) low[parent] = Math.min(low[parent] as number, low[node] as number);
      if (low[node] !== order[node]) continue;
      for (;;) {
        const member = open.pop() as number;
        parts[member] = count;
        if (member === node) break;
      }
      count += 1;
    }
  }
  return parts;
}
