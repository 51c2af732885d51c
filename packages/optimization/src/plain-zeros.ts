/** Numbers with 0 for each −0, which would show in what is printed and compared. */
export function plainZeros(values: Float64Array): Float64Array {
  return values.map((value) => value + 0);
}
