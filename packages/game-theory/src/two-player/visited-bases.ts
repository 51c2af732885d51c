/** What names a basis: the sum of two to the power of each variable that is not in it. */
export type BasisKey = number | bigint;

/** Bits of a double that count. */
const mostBits = 52;
const powers: Float64Array = Float64Array.from({ length: mostBits }, (_, at) => 2 ** at);
const firstSize = 2 ** 8;
const empty = -1;

/** The bases of so many variables that a walk has met. Doubles name them as long as their bits suffice, in a table with open addressing. */
export class VisitedBases {
  readonly #large: Set<bigint> | undefined;
  #table: Float64Array = new Float64Array(firstSize).fill(empty);
  #count = 0;

  constructor(variables: number) {
    this.#large = variables > mostBits ? new Set() : undefined;
  }

  /** The key of the basis in which all variables are but the first ones. */
  first(count: number): BasisKey {
    return this.#large === undefined ? 2 ** count - 1 : (1n << BigInt(count)) - 1n;
  }

  /** The key after one variable has left the basis for another. */
  exchanged(key: BasisKey, leaving: number, entering: number): BasisKey {
    if (typeof key === 'bigint') return key + (1n << BigInt(leaving)) - (1n << BigInt(entering));
    return key + (powers[leaving] as number) - (powers[entering] as number);
  }

  /** Whether the basis was not met before; from now on it has been. */
  add(key: BasisKey): boolean {
    if (typeof key === 'bigint') {
      const { size } = this.#large as Set<bigint>;
      return (this.#large as Set<bigint>).add(key).size > size;
    }
    const table = this.#table;
    const at = place(table, key);
    if (table[at] !== empty) return false;
    table[at] = key;
    this.#count += 1;
    if (2 * this.#count > table.length) this.#grow();
    return true;
  }

  #grow(): void {
    const table = new Float64Array(4 * this.#table.length).fill(empty);
    for (const key of this.#table) if (key !== empty) table[place(table, key)] = key;
    this.#table = table;
  }
}

/** Where the key is, or else where it goes. The table's length is a power of two. */
function place(table: Float64Array, key: number): number {
  const last = table.length - 1;
  const mixed = Math.imul(key | 0, 0x9e3779b1) ^ Math.imul((key / 2 ** 26) | 0, 0x85ebca6b);
  let at = (mixed ^ (mixed >>> 15)) & last;
  while (table[at] !== empty && table[at] !== key) at = (at + 1) & last;
  return at;
}
