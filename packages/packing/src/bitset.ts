/** Sets of numbers as bits: 32 to a word, several sets in one array. */
export class BitMatrix {
  readonly words: number;
  readonly bits: Int32Array;

  constructor(sets: number, size: number) {
    this.words = (size + 31) >>> 5;
    this.bits = new Int32Array(sets * this.words);
  }

  has(set: number, member: number): boolean {
    return (((this.bits[set * this.words + (member >>> 5)] as number) >>> (member & 31)) & 1) === 1;
  }

  add(set: number, member: number): void {
    const at = set * this.words + (member >>> 5);
    this.bits[at] = (this.bits[at] as number) | (1 << (member & 31));
  }

  /** A copy of a set. */
  copy(set: number): Int32Array {
    return this.bits.slice(set * this.words, (set + 1) * this.words);
  }

  /** Leaves of some members those in a set. */
  narrow(members: Int32Array, set: number): void {
    for (let word = 0, at = set * this.words; word < this.words; word++, at++) {
      members[word] = (members[word] as number) & (this.bits[at] as number);
    }
  }
}

/** The first member of a set; -1 where there is none. */
export function firstOf(set: Int32Array): number {
  for (let word = 0; word < set.length; word++) {
    const bits = set[word] as number;
    if (bits !== 0) return (word << 5) + 31 - Math.clz32(bits & -bits);
  }
  return -1;
}

/** How many bits of a word are set. */
export function popcount(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
