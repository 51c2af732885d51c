/** Rankings: what an agent wants, the best first. What is missing is worse than nothing. */
import * as z from 'zod';

/** A list without repetition, the best first. */
export const ranking: z.ZodType<string[], string[]> = z
  .array(z.string())
  .refine((names) => new Set(names).size === names.length, 'expected nothing twice');

/** How high a choice stands, from 1 for the worst that is ranked; nothing at all stands at 0, and what is not ranked below it. */
export function standing(choice: string | undefined, ranked: readonly string[]): number {
  if (choice === undefined) return 0;
  const position = ranked.indexOf(choice);
  return position === -1 ? -1 : ranked.length - position;
}
