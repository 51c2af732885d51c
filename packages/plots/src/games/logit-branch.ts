import { curves } from '../curves.ts';
import type { Figure, FigureOptions } from '../figure.ts';

/**
 * Quantal responses along a branch from chance to best responses (McKelvey and Palfrey 1995).
 *
 * @param points for each value of lambda the probability of each strategy, by its name
 * @category Games
 */
export function logitBranch(
  points: readonly { readonly lambda: number; readonly probabilities: Readonly<Record<string, number>> }[],
  options: FigureOptions = {},
): Figure {
  const names = Object.keys(points[0]?.probabilities ?? {});
  return curves(
    names.map((name) => ({
      name,
      points: points.map(({ lambda, probabilities }) => ({ x: lambda, y: probabilities[name] ?? 0 })),
    })),
    {
      ...options,
      title: 'From chance to equilibrium: the logit branch',
      subtitle: 'How likely each strategy is as players mind their payoffs more',
      x: 'precision λ',
      y: 'probability',
      zero: true,
    },
  );
}
