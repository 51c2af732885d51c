/**
 * What a method has found, as JSON: fractions as text, and numbers that JSON has not, such as the λ at the end of a logit path, by their names as text.
 *
 * @category Solving
 * @example
 * ```ts
 * import { solutionJson } from '@mechane/game-theory';
 *
 * solutionJson({ lambda: Number.POSITIVE_INFINITY, regret: 0 }); // => '{"lambda":"Infinity","regret":0}'
 * ```
 */
export function solutionJson(found: object): string {
  return JSON.stringify(found, (_, value: unknown) =>
    typeof value === 'number' && !Number.isFinite(value) ? String(value) : value,
  );
}
