import { noPlaceToSweep } from '../errors.ts';
import type { Dimension } from './dimension.ts';

/** A scenario of a sweep: a line of JSON, and the values that were put into it, as JSON by their keys. */
export interface Combination {
  readonly line: string;
  readonly swept: string;
}

/** How many scenarios a sweep has. */
export function countOf(dimensions: readonly Dimension[]): number {
  return dimensions.reduce((count, { values }) => count * values.length, 1);
}

/**
 * Every combination of values in a scenario; the last key changes with every one.
 *
 * @throws CliError `invalid-option` where a key leads to no place in the scenario.
 */
export function* combinations(scenario: unknown, dimensions: readonly Dimension[]): Generator<Combination> {
  const count = countOf(dimensions);
  for (let number = 0; number < count; number++) {
    let rest = number;
    const chosen = dimensions.toReversed().map((dimension): Chosen => {
      const value = dimension.values[rest % dimension.values.length];
      rest = Math.floor(rest / dimension.values.length);
      return { dimension, value };
    });
    chosen.reverse();
    const whole = chosen.reduce((so, { dimension, value }) => put(so, dimension, value), scenario);
    const swept = Object.fromEntries(chosen.map(({ dimension, value }) => [dimension.key, value]));
    yield { line: `${JSON.stringify(whole)}\n`, swept: JSON.stringify(swept) };
  }
}

interface Chosen {
  readonly dimension: Dimension;
  readonly value: unknown;
}

function put(within: unknown, dimension: Dimension, value: unknown, depth = 0): unknown {
  const step = dimension.path[depth];
  if (step === undefined) return value;
  if (within !== undefined && !isRecord(within)) throw noPlaceToSweep(dimension.key, dimension.path.slice(0, depth));
  const below = within !== undefined && Object.hasOwn(within, step) ? within[step] : undefined;
  return { ...within, [step]: put(below, dimension, value, depth + 1) };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
