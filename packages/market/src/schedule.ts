import { amount, positiveQuantity, quantity, signedQuantity, validate } from '@mechane/core';
import * as z from 'zod';
import type { Curve, Knot } from './curve.ts';

/**
 * How much is demanded or supplied at which price.
 *
 * - `step`: limit orders, `[price, quantity]` each. A demand step is bought at its price or below, a supply step sold at its price or above.
 * - `linear`: quantity = intercept + slope · price, and nothing where that is below 0.
 * - `piecewise-linear`: straight lines between `[price, quantity]` points in order of price. At lower prices than the first, demand stays
 *   what it is there and nothing is supplied; at higher prices than the last, nothing is demanded and supply stays what it is there.
 *
 * @category Supply and demand
 */
export type Schedule =
  | { kind: 'step'; steps: [price: number, quantity: number][] }
  | { kind: 'linear'; intercept: number; slope: number }
  | { kind: 'piecewise-linear'; points: [price: number, quantity: number][] };

type Side = Curve['side'];

const point = z.tuple([amount, quantity]);

function scheduleOn(side: Side): z.ZodType<Schedule, Schedule> {
  const [falls, sign] = side === 'demand' ? ['never increases', -1] : ['never decreases', 1];
  return z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('step'), steps: z.array(z.tuple([amount, positiveQuantity])) }),
    z.strictObject({
      kind: z.literal('linear'),
      intercept: signedQuantity,
      slope: z.number().refine((slope) => sign * slope >= 0, `expected a ${side} that ${falls} with the price`),
    }),
    z.strictObject({
      kind: z.literal('piecewise-linear'),
      points: z
        .array(point)
        .min(1)
        .check(({ value, issues }) => {
          for (const [index, [price, quantity]] of value.entries()) {
            const [before = price, less = quantity] = value[index - 1] ?? [];
            const message =
              price < before
                ? 'expected points in order of price'
                : sign * (quantity - less) < 0
                  ? `expected a ${side} that ${falls} with the price`
                  : undefined;
            if (message) issues.push({ code: 'custom', message, path: [index], input: value });
          }
        }),
    }),
  ]);
}

/** The schema of a demand schedule. */
export const demandSchedule: z.ZodType<Schedule, Schedule> = scheduleOn('demand');
/** The schema of a supply schedule. */
export const supplySchedule: z.ZodType<Schedule, Schedule> = scheduleOn('supply');

/**
 * The demand curve of a schedule.
 *
 * @throws MechaneError `invalid-settings` when it rises with the price or is no schedule.
 * @category Supply and demand
 *
 * @example
 * ```ts
 * import { demandCurve, quantityAt } from '@mechane/market';
 *
 * const demand = demandCurve({ kind: 'linear', intercept: 10, slope: -2 });
 * quantityAt(demand, 3); // => 4
 * quantityAt(demand, 6); // => 0
 * quantityAt(demandCurve({ kind: 'step', steps: [[5, 1], [3, 2]] }), 3); // => 3
 * ```
 */
export function demandCurve(schedule: Schedule): Curve {
  return curveOf('demand', validate(demandSchedule, schedule, 'invalid-settings', ['demand']));
}

/**
 * The supply curve of a schedule.
 *
 * @throws MechaneError `invalid-settings` when it falls with the price or is no schedule.
 * @category Supply and demand
 */
export function supplyCurve(schedule: Schedule): Curve {
  return curveOf('supply', validate(supplySchedule, schedule, 'invalid-settings', ['supply']));
}

/** The curve of a schedule that is known to be one. */
export function curveOf(side: Side, schedule: Schedule): Curve {
  if (schedule.kind === 'linear') return linearCurve(side, schedule.intercept, schedule.slope);
  return schedule.kind === 'step' ? stepCurve(side, schedule.steps) : jointedCurve(side, schedule.points);
}

function linearCurve(side: Side, intercept: number, slope: number): Curve {
  const start: Knot = {
    price: 0,
    before: side === 'demand' ? Math.max(0, intercept) : 0,
    after: Math.max(0, intercept),
  };
  if (intercept === 0 ? slope <= 0 : intercept * slope >= 0) {
    const risesFromHere = side === 'supply' && intercept >= 0 ? slope : 0;
    return { side, knots: [start], finalSlope: risesFromHere };
  }
  const none: Knot = { price: -intercept / slope, before: 0, after: 0 };
  return side === 'demand' ? { side, knots: [start, none], finalSlope: 0 } : { side, knots: [none], finalSlope: slope };
}

function stepCurve(side: Side, steps: readonly (readonly [number, number])[]): Curve {
  const quantities = new Map<number, number>();
  for (const [price, quantity] of steps) quantities.set(price, (quantities.get(price) ?? 0) + quantity);
  const prices = [...quantities.keys()].sort((a, b) => a - b);
  const inOrder = side === 'supply' ? prices : [...prices].reverse();
  let sum = 0;
  const knots = inOrder.map((price): Knot => {
    const outside = sum;
    sum += quantities.get(price) as number;
    return side === 'supply' ? { price, before: outside, after: sum } : { price, before: sum, after: outside };
  });
  return { side, knots: side === 'supply' ? knots : knots.reverse(), finalSlope: 0 };
}

function jointedCurve(side: Side, points: readonly (readonly [number, number])[]): Curve {
  const knots: Knot[] = [];
  for (const [index, [price, quantity]] of points.entries()) {
    const last = knots.at(-1);
    if (last?.price === price) knots[knots.length - 1] = { ...last, after: quantity };
    else knots.push({ price, before: index === 0 && side === 'supply' ? 0 : quantity, after: quantity });
  }
  const end = knots.at(-1);
  if (side === 'demand' && end) knots[knots.length - 1] = { ...end, after: 0 };
  return { side, knots, finalSlope: 0 };
}
