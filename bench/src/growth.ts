/** One measurement: a size of input and the seconds it took. */
export interface Measurement {
  readonly size: number;
  readonly seconds: number;
}

/** A power law `seconds ≈ scale · size^exponent` fitted to measurements. */
export interface Growth {
  /** 1 is linear, 2 quadratic; `size · log(size)` shows as a little more than 1. */
  readonly exponent: number;
  /** Seconds at size 1, by the fitted law. */
  readonly scale: number;
  /** The share of the variance of log-seconds that the law explains: 1 is a perfect fit. */
  readonly rSquared: number;
}

/**
 * Fits a power law to a growth curve by ordinary least squares on the logarithms of size and time.
 *
 * @throws RangeError when fewer than two different sizes are given, or a size or time is not a positive finite number.
 * @example
 * fitGrowth([{ size: 10, seconds: 1 }, { size: 100, seconds: 100 }]).exponent; // 2
 */
export function fitGrowth(measurements: readonly Measurement[]): Growth {
  const points = measurements.map(({ size, seconds }) => {
    if (!(size > 0 && seconds > 0 && Number.isFinite(size) && Number.isFinite(seconds))) {
      throw new RangeError(`a growth curve needs positive finite sizes and times, not ${size} and ${seconds}`);
    }
    return { x: Math.log(size), y: Math.log(seconds) };
  });
  const meanX = mean(points.map(({ x }) => x));
  const meanY = mean(points.map(({ y }) => y));
  const varianceX = mean(points.map(({ x }) => (x - meanX) ** 2));
  if (!(varianceX > 0)) throw new RangeError('a growth curve needs at least two different sizes');
  const exponent = mean(points.map(({ x, y }) => (x - meanX) * (y - meanY))) / varianceX;
  const intercept = meanY - exponent * meanX;
  const varianceY = mean(points.map(({ y }) => (y - meanY) ** 2));
  const residual = mean(points.map(({ x, y }) => (y - intercept - exponent * x) ** 2));
  return { exponent, scale: Math.exp(intercept), rSquared: varianceY === 0 ? 1 : 1 - residual / varianceY };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
