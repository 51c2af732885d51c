/** Rankings: what an agent wants, the best first. What is missing is worse than nothing. */
import * as z from 'zod';

/** A list without repetition, the best first. */
export const ranking: z.ZodType<string[], string[]> = z
  .array(z.string())
  .refine(hasNoneTwice, 'expected nothing twice');

/** So many names are compared with each other sooner than they are put into a set. */
const fewNames = 16;

function hasNoneTwice(names: readonly string[]): boolean {
  if (names.length > fewNames) return new Set(names).size === names.length;
  return names.every((name, index) => names.indexOf(name) === index);
}

/** How many are ranked before a name; -1 where it is not ranked. A short list is read sooner than it is put into a map. */
export function ranksIn(ranked: readonly string[]): (name: string) => number {
  if (ranked.length <= fewNames) return (name) => ranked.indexOf(name);
  let rankOf: ReadonlyMap<string, number> | undefined;
  return (name) => {
    rankOf ??= new Map(ranked.map((each, rank) => [each, rank]));
    return rankOf.get(name) ?? -1;
  };
}

/** How high a choice stands, from 1 for the worst that is ranked; nothing at all stands at 0, and what is not ranked below it. */
export function standing(choice: string | undefined, ranked: readonly string[]): number {
  if (choice === undefined) return 0;
  const position = ranked.indexOf(choice);
  return position === -1 ? -1 : ranked.length - position;
}
