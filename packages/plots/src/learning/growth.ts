import { type Curve, curves } from '../curves.ts';
import type { Figure, FigureOptions } from '../figure.ts';

/**
 * How long something takes as its size grows, on axes that count by factors: a straight line of slope 2 is time that grows by the square.
 *
 * @param series for each program sizes and seconds
 * @category Learning
 */
export function growthCurves(
  series: Readonly<Record<string, readonly (readonly [size: number, seconds: number])[]>>,
  options: FigureOptions & { readonly title?: string; readonly size?: string } = {},
): Figure {
  const given = Object.entries(series).map(
    ([name, points]): Curve => ({ name, points: points.map(([x, y]) => ({ x, y })) }),
  );
  return curves(given, {
    ...options,
    title: options.title ?? `How ${given.map(({ name }) => name).join(', ')} grow`,
    subtitle: 'Seconds by size; both axes count by factors of ten, so that a straight line is a power',
    x: options.size ?? 'size',
    y: 'seconds',
    logX: true,
    logY: true,
  });
}
