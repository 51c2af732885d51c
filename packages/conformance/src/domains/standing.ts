/** How high a choice stands, from 1 for the worst that is ranked; nothing at all stands at 0, and what is not ranked below it. */
export function standing(choice: unknown, ranking: readonly string[]): number {
  if (choice === undefined || choice === null) return 0;
  const position = ranking.indexOf(choice as string);
  return position === -1 ? -1 : ranking.length - position;
}
