import type { Curve } from '@mechane/plots';
import { type Experiment, type Game, type Hand, most } from './game.ts';
import type { Row } from './played.ts';

/** So many points a line has. */
const steps = 60;

/** What theory says by value: a line for each size of a group, and for each side of a market. */
export function theoryLines(experiment: Experiment, game: Game, rows: readonly Row[]): readonly Curve[] {
  const [low, high] = game.range ?? [0, most];
  const sides = new Set(rows.map(({ hand }) => hand.side));
  return [...sides].flatMap((side) =>
    sizesIn(experiment, game, rows).flatMap((n): Curve[] => {
      const points = pointsOf(
        game,
        { experiment: experiment.id, game: 0, n, ...(side === undefined ? {} : { side }) },
        low,
        high,
      );
      return points.length < 2 ? [] : [{ name: nameOf(side, n, game, rows), points }];
    }),
  );
}

/** The sizes of groups on which that depends: the two that are most frequent. */
function sizesIn(experiment: Experiment, game: Game, rows: readonly Row[]): readonly number[] {
  const counts = new Map<number, number>();
  for (const { hand } of rows) counts.set(hand.n, (counts.get(hand.n) ?? 0) + 1);
  const sizes = [...counts].sort(([, one], [, other]) => other - one).map(([n]) => n);
  const [first = 2] = sizes;
  const said = (n: number): unknown => {
    const report = game.theory.report({ experiment: experiment.id, game: 0, n, value: 60, side: 'buy' });
    return report && game.said(report);
  };
  return sizes.filter((n) => n === first || said(n) !== said(first)).slice(0, 2);
}

function pointsOf(game: Game, hand: Hand, low: number, high: number): Curve['points'] {
  const width = high - low;
  return Array.from({ length: steps + 1 }, (_, place) => low + (width * place) / steps).flatMap((value) => {
    const report = game.theory.report({ ...hand, value });
    const said = report && game.said(report);
    return typeof said === 'number' ? [{ x: value, y: said }] : [];
  });
}

function nameOf(side: Hand['side'], n: number, game: Game, rows: readonly Row[]): string {
  const sides = { buy: 'buyers', sell: 'sellers' };
  const isAlone = game.grouping !== 'groups' || rows.every(({ hand }) => hand.n === n);
  const what = game.theory.is ?? 'equilibrium';
  const parts = [side === undefined ? what : `${what} of ${sides[side]}`, isAlone ? '' : `${n} in a group`];
  return parts.filter((part) => part !== '').join(', ');
}
