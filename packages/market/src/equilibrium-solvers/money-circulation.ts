/**
 * The stationary distribution of an irreducible Markov chain, by elimination without subtraction, so that every entry is exact to the last
 * digits (Grassmann, Taksar and Heyman, Operations Research 33, 1985). `flows` is the matrix of transitions row by row, and is overwritten;
 * its diagonal is not read.
 *
 * In an exchange economy of Cobb–Douglas agents, money goes from good to good: what a good earns, its owners spend in fixed shares. What goods
 * are worth stands still.
 */
export function stationary(flows: Float64Array, size: number): Float64Array {
  for (let last = size - 1; last > 0; last--) {
    let out = 0;
    for (let j = 0; j < last; j++) out += flows[last * size + j] as number;
    for (let i = 0; i < last; i++) flows[i * size + last] = (flows[i * size + last] as number) / out;
    for (let i = 0; i < last; i++) {
      const through = flows[i * size + last] as number;
      if (through === 0) continue;
      for (let j = 0; j < last; j++)
        flows[i * size + j] = (flows[i * size + j] as number) + through * (flows[last * size + j] as number);
    }
  }
  const worth = new Float64Array(size);
  worth[0] = 1;
  let total = 1;
  for (let j = 1; j < size; j++) {
    let received = 0;
    for (let i = 0; i < j; i++) received += (worth[i] as number) * (flows[i * size + j] as number);
    worth[j] = received;
    total += received;
  }
  return worth.map((value) => value / total);
}
