import type { Figure, FigureOptions, Point } from '../figure.ts';
import { written } from '../numbers.ts';
import { seriesAt } from '../palette.ts';
import { Sheet } from '../sheet.ts';
import { asNumber, type Payoff } from './table-game.ts';

/**
 * A population that plays a symmetric game of three strategies against itself.
 *
 * @category Games
 */
export interface Population {
  readonly strategies: readonly [string, string, string];
  /** What whoever plays the row gets against the column. */
  readonly payoffs: readonly (readonly Payoff[])[];
  /** Paths that were computed, as shares of the three strategies. */
  readonly paths?: readonly (readonly (readonly number[])[])[];
  /** Points to mark, such as equilibria. */
  readonly rest?: readonly (readonly number[])[];
}

const grain = 14;

/**
 * Where the replicator dynamics (Taylor and Jonker 1978) take a population from every mixture of three strategies.
 *
 * @category Games
 */
export function replicatorField(
  { strategies, payoffs, paths = [], rest = [] }: Population,
  options: FigureOptions = {},
): Figure {
  const sheet = new Sheet(
    `Where a population goes that plays ${strategies.join(', ')}`,
    'Each arrow is the way that shares change from there; each corner is a population that plays one strategy only',
    options.width,
  );
  const side = Math.min(sheet.width - 120, 460);
  const tall = (side * Math.sqrt(3)) / 2;
  const [left, top] = [(sheet.width - side) / 2, sheet.top + 22];
  const corners: readonly Point[] = [
    [left, top + tall],
    [left + side, top + tall],
    [left + side / 2, top],
  ];
  const at = (shares: readonly number[]): Point =>
    [0, 1].map((axis) =>
      corners.reduce((sum, corner, place) => sum + (shares[place] ?? 0) * (corner[axis] as number), 0),
    ) as unknown as Point;
  const table = payoffs.map((row) => row.map(asNumber));
  sheet.line(corners, { stroke: 'faint', closed: true, weight: 1.5 });
  const starts = gridOf(grain);
  const speeds = starts.map((shares) => length(flow(table, shares)));
  const fastest = Math.max(...speeds, 1e-12);
  starts.forEach((shares, place) => {
    const speed = speeds[place] as number;
    if (speed < fastest * 1e-6) return;
    const scale = ((side / grain) * (0.35 + 0.6 * Math.sqrt(speed / fastest))) / side / speed;
    const direction = flow(table, shares).map((each) => each * scale);
    const [from, to] = [
      at(shares.map((share, axis) => share - (direction[axis] ?? 0) / 2)),
      at(shares.map((share, axis) => share + (direction[axis] ?? 0) / 2)),
    ];
    sheet.line([from, to], { stroke: 'faint', arrow: true });
  });
  paths.forEach((path, place) => {
    sheet.line(path.map(at), { stroke: seriesAt(place).role, dash: seriesAt(place).dash, weight: 2 });
  });
  for (const point of rest)
    sheet.dot(at(point), {
      fill: 'price',
      stroke: 'paper',
      weight: 2,
      radius: 6,
      symbol: 'diamond',
      label: `rest: ${point.map(written).join(', ')}`,
    });
  strategies.forEach((name, place) => {
    const [x, y] = corners[place] as Point;
    sheet.text([x, place === 2 ? y - 8 : y + 18], name, { bold: true, anchor: 'middle' }, side * 0.6);
  });
  const rows = starts.map((shares) => [...shares, ...flow(table, shares)]);
  return sheet.figure(
    top + tall + 32,
    `Shares of ${strategies.join(', ')}. ${rest.length > 0 ? `Points of rest: ${rest.map((point) => point.map(written).join(', ')).join('; ')}.` : ''}`,
    { columns: [...strategies, ...strategies.map((name) => `change of ${name}`)], rows },
  );
}

/** How shares change: each in proportion to what it earns above the average. */
function flow(payoffs: readonly (readonly number[])[], shares: readonly number[]): readonly number[] {
  const earned = payoffs.map((row) => row.reduce((sum, payoff, place) => sum + payoff * (shares[place] ?? 0), 0));
  const average = earned.reduce((sum, each, place) => sum + each * (shares[place] ?? 0), 0);
  return shares.map((share, place) => share * ((earned[place] ?? 0) - average));
}

function length(vector: readonly number[]): number {
  return Math.hypot(...vector);
}

/** Mixtures of three at the middle of the cells of a grid. */
function gridOf(cells: number): readonly (readonly number[])[] {
  return Array.from({ length: cells - 1 }, (_, i) => i + 1).flatMap((i) =>
    Array.from({ length: cells - 1 - i }, (_, j) => j + 1).map((j) => [i / cells, j / cells, (cells - i - j) / cells]),
  );
}
