/** Sets of bids as bits: 32 to a word, several sets in one array. */
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
}

/** How many bits of a word are set. */
export function popcount(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
