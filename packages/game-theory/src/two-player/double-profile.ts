import type { Equilibrium } from '../equilibrium.ts';
import { finite, type MeasuredPayoffs } from '../normal-form/payoff-shares.ts';

/** Weights as probabilities. */
export function shares(weights: Float64Array): Float64Array {
  let total = 0;
  for (let at = 0; at < weights.length; at++) total += weights[at] as number;
  for (let at = 0; at < weights.length; at++) weights[at] = (weights[at] as number) / total;
  return weights;
}

/** A profile of two players with its payoffs and its regret, in doubles. */
export function evaluated(
  paid: readonly [MeasuredPayoffs, MeasuredPayoffs],
  x: Float64Array,
  y: Float64Array,
): Equilibrium<number> {
  const [m, n] = [x.length, y.length];
  const [first, second] = [paid[0].values, paid[1].values];
  const rows = new Float64Array(m);
  const columns = new Float64Array(n);
  const played = Int32Array.from(supportOf(y));
  const weights = Float64Array.from(played, (column) => y[column] as number);
  for (let i = 0; i < m; i++) {
    const base = i * n;
    let total = 0;
    for (let at = 0; at < played.length; at++) {
      total += (first[base + (played[at] as number)] as number) * (weights[at] as number);
    }
    rows[i] = total;
    const weight = x[i] as number;
    if (weight === 0) continue;
    for (let j = 0; j < n; j++) columns[j] = (columns[j] as number) + (second[base + j] as number) * weight;
  }
  const [one, two] = [expected(rows, x), expected(columns, y)];
  return {
    profile: [Array.from(x), Array.from(y)],
    payoffs: [payoffOf(paid[0], one), payoffOf(paid[1], two)],
    regret: finite(
      Math.max(0, (most(rows) - one) * 2 * paid[0].halfUnit, (most(columns) - two) * 2 * paid[1].halfUnit),
    ),
  };
}

function payoffOf({ level, halfUnit }: MeasuredPayoffs, value: number): number {
  return halfUnit === 0.5 ? level + value : finite(level + value * halfUnit + value * halfUnit);
}

function supportOf(weights: Float64Array): number[] {
  const support: number[] = [];
  for (let at = 0; at < weights.length; at++) if (weights[at] !== 0) support.push(at);
  return support;
}

function expected(payoffs: Float64Array, weights: Float64Array): number {
  let total = 0;
  for (let at = 0; at < payoffs.length; at++) total += (payoffs[at] as number) * (weights[at] as number);
  return total;
}

function most(payoffs: Float64Array): number {
  let best = -Infinity;
  for (let at = 0; at < payoffs.length; at++) if ((payoffs[at] as number) > best) best = payoffs[at] as number;
  return best;
}
