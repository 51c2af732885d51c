/** The greatest common divisor, 0 or more: by Lehmer's method (Knuth 1997, section 4.5.2, algorithm L), many steps of Euclid's at a time in doubles. */
export function gcdBig(first: bigint, second: bigint): bigint {
  let [a, b] = [first < 0n ? -first : first, second < 0n ? -second : second];
  if (a < b) [a, b] = [b, a];
  while (b !== 0n) {
    if (a <= maximalSafe) return BigInt(gcd(Number(a), Number(b)));
    // Of numbers beyond doubles, the size is not known: they are brought down one step at a time.
    const size = Number(a);
    const shift = size < Infinity ? BigInt(Math.max(0, Math.ceil(Math.log2(size)) - leadingBits)) : 0n;
    const step = size < Infinity ? cofactors(Number(a >> shift), Number(b >> shift)) : undefined;
    if (step === undefined) {
      [a, b] = [b, a % b];
      continue;
    }
    const [p, q, r, s] = step;
    [a, b] = [BigInt(p) * a + BigInt(q) * b, BigInt(r) * a + BigInt(s) * b];
  }
  return a;
}

/** So many leading bits are looked at: few enough that quotients of doubles are right when rounded down. */
const leadingBits = 50;

/**
 * As many steps of Euclid's algorithm as the leading bits of both numbers decide, as a matrix: the numbers afterwards are `p a + q b` and `r a + s b`.
 * `undefined` where they decide none.
 */
function cofactors(first: number, second: number): readonly [number, number, number, number] | undefined {
  let [a, b] = [first, second];
  let [p, q, r, s] = [1, 0, 0, 1];
  while (b + r !== 0 && b + s !== 0) {
    const quotient = Math.floor((a + p) / (b + r));
    if (quotient !== Math.floor((a + q) / (b + s))) break;
    [p, r] = [r, p - quotient * r];
    [q, s] = [s, q - quotient * s];
    [a, b] = [b, a - quotient * b];
  }
  return q === 0 ? undefined : [p, q, r, s];
}

/** The greatest common divisor of two safe integers, 0 or more. */
export function gcd(first: number, second: number): number {
  let [a, b] = [Math.abs(first), Math.abs(second)];
  // The remainder of doubles is slow: as soon as quotients are right when rounded down, they do.
  for (; b !== 0 && a >= 2 ** leadingBits; [a, b] = [b, a % b]);
  while (b !== 0) [a, b] = [b, a - Math.floor(a / b) * b];
  return a;
}

const maximalSafe = BigInt(Number.MAX_SAFE_INTEGER);
