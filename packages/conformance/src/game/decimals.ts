/** How many decimals a number has as people write it: 2 for 0.25. */
export function decimalsIn(number: number): number {
  if (Number.isInteger(number)) return 0;
  const [mantissa = '', exponent = '0'] = String(number).split('e');
  return Math.max(0, (mantissa.split('.')[1] ?? '').length - Number(exponent));
}

/** A decimal with its point moved: exactly ten times 0.3 is 3. */
export function timesPowerOfTen(number: number, power: number): number {
  const [mantissa, exponent = '0'] = String(number).split('e');
  return Number(`${mantissa}e${Number(exponent) + power}`);
}
