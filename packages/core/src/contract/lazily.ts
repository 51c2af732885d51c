/**
 * Makes a value when it is first asked for, and gives the same one ever after: for records that name every agent, which may take longer than
 * the auction that they tell of.
 *
 * @category Outcomes
 * @example
 * ```ts
 * import { lazily } from '@mechane/core';
 *
 * let made = 0;
 * const payments = lazily(() => ({ ann: ++made }));
 * made; // => 0
 * [payments(), payments()]; // => [{ ann: 1 }, { ann: 1 }]
 * ```
 */
export function lazily<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
