import { drawX, drawY, type Scale, scaleOf, spread } from './axes.ts';
import type { Cell, Figure, FigureOptions, Point } from './figure.ts';
import { written } from './numbers.ts';
import { seriesAt } from './palette.ts';
import { Sheet } from './sheet.ts';

/**
 * A line through numbers, with an interval around each where there is one.
 *
 * @category Figures
 */
export interface Curve {
  readonly name: string;
  readonly points: readonly { readonly x: number; readonly y: number; readonly low?: number; readonly high?: number }[];
}

/**
 * What a picture of curves says.
 *
 * @category Figures
 */
export interface CurvesOptions extends FigureOptions {
  readonly title: string;
  /** What stands for what, with units. */
  readonly subtitle: string;
  readonly x: string;
  readonly y: string;
  /** Whether an axis counts by factors. */
  readonly logX?: boolean;
  readonly logY?: boolean;
  /** Whether zero is on the vertical axis. */
  readonly zero?: boolean;
}

/**
 * Curves over a common axis, told apart by colour, dash and name.
 *
 * @category Figures
 */
export function curves(given: readonly Curve[], options: CurvesOptions): Figure {
  const { title, subtitle, logX = false, logY = false, zero = false } = options;
  const shown = given
    .map(({ name, points }) => ({ name, points: points.filter(({ x, y }) => (!logX || x > 0) && (!logY || y > 0)) }))
    .filter(({ points }) => points.length > 0);
  const sheet = new Sheet(title, subtitle, options.width);
  const [left, right, top, bottom] = [58, sheet.width - 14, sheet.top + 24, sheet.top + 270];
  const [inX, inY] = [logX ? Math.log10 : same, logY ? Math.log10 : same];
  const values = shown.flatMap(({ points }) =>
    points.flatMap(({ y, low = y, high = y }) => [y, logY && low <= 0 ? y : low, high]),
  );
  const x = scaleOf(spread(shown.flatMap(({ points }) => points.map((point) => inX(point.x)))), [left, right], {
    exact: !logX,
  });
  const y = scaleOf(spread([...values.map(inY), ...(zero && !logY ? [0] : [])]), [bottom, top]);
  drawY(sheet, logY ? byFactors(y) : y, left, right, options.y);
  const end = drawX(sheet, logX ? byFactors(x) : x, bottom, top, options.x);
  shown.forEach(({ points }, place) => {
    const { role, dash } = seriesAt(place);
    const at = (across: number, up: number): Point => [x.at(inX(across)), y.at(inY(up))];
    const ranged = points.filter(({ low, high }) => low !== undefined && high !== undefined && (!logY || low > 0));
    const area = [
      ...ranged.map((point) => at(point.x, point.high as number)),
      ...ranged.toReversed().map((point) => at(point.x, point.low as number)),
    ];
    sheet.line(area, { fill: role, opacity: 0.15, stroke: 'none', closed: true });
    sheet.line(
      points.map((point) => at(point.x, point.y)),
      { stroke: role, dash, weight: 2 },
    );
    if (points.length <= 24)
      for (const point of points)
        drawPoint(sheet, at(point.x, point.y), place, `${written(point.x)}: ${written(point.y)}`);
  });
  const legend =
    shown.length < 2
      ? end
      : sheet.legend(
          end + 14,
          shown.map(({ name }, place) => ({
            name,
            look: { stroke: seriesAt(place).role, dash: seriesAt(place).dash, weight: 2 },
            as: 'line',
          })),
        );
  return sheet.figure(legend, describe(shown, options), {
    columns: ['curve', options.x, options.y, 'low', 'high'],
    rows: given.flatMap(({ name, points }) =>
      points.map((point): readonly Cell[] => [name, point.x, point.y, point.low ?? null, point.high ?? null]),
    ),
  });
}

function drawPoint(sheet: Sheet, at: Point, place: number, label: string): void {
  const { role, symbol } = seriesAt(place);
  sheet.dot(at, { fill: role, radius: 3, symbol, label });
}

function same(value: number): number {
  return value;
}

/** An axis of powers of ten, which is drawn by their exponents. */
function byFactors(scale: Scale): Scale {
  const whole = scale.ticks.filter(Number.isInteger);
  return { ...scale, ticks: whole.length > 0 ? whole : scale.ticks, format: power };
}

function power(exponent: number): string {
  return Math.abs(exponent) <= 4 ? written(10 ** exponent) : `10^${exponent}`.replace('-', '−');
}

function describe(shown: readonly Curve[], { x, y }: CurvesOptions): string {
  const each = shown.map(({ name, points }) => {
    const [first, last] = [points[0], points.at(-1)];
    return `${name} goes from ${written(first?.y ?? 0)} at ${written(first?.x ?? 0)} to ${written(last?.y ?? 0)} at ${written(last?.x ?? 0)}`;
  });
  return `${y} by ${x}. ${each.join('; ')}.`;
}
