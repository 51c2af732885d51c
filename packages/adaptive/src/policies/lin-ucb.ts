import { invalidReward } from '../errors.ts';
import { firstLargest, type Policy } from './policy.ts';

/** @category Policies */
export interface LinUcbOptions {
  /** How many numbers a context has. */
  readonly features: number;
  /** How wide the bounds are: 1 unless given. */
  readonly width?: number;
}

/**
 * LinUCB with a model for each arm (Li, Chu, Langford and Schapire, "A contextual-bandit approach to personalized news article
 * recommendation", WWW 2010): the reward of an arm is taken to be linear in the context.
 *
 * @throws RangeError where a context does not have as many numbers as was said
 * @category Policies
 */
export function linUcb(arms: number, { features, width = 1 }: LinUcbOptions): Policy {
  const models = Array.from({ length: arms }, () => ridge(features));
  const indices = new Float64Array(arms);
  const read = (context: Float64Array | undefined): Float64Array => {
    if (context?.length === features) return context;
    throw new RangeError(`a context of ${context?.length ?? 0} numbers was given, and there are ${features} features`);
  };
  return {
    arms,
    choose(context) {
      const known = read(context);
      for (const [arm, model] of models.entries()) indices[arm] = model.upperBound(known, width);
      return firstLargest(indices);
    },
    learn(arm, reward, context) {
      if (!Number.isFinite(reward)) throw invalidReward(reward, 'a finite number');
      models[arm]?.learn(read(context), reward);
    },
  };
}

/** Ridge regression, its inverse kept up to date (Sherman and Morrison 1950). */
function ridge(features: number) {
  const inverse = Array.from({ length: features }, (_, row) => {
    const own = new Float64Array(features);
    own[row] = 1;
    return own;
  });
  const sums = new Float64Array(features);
  const times = (context: Float64Array): Float64Array => Float64Array.from(inverse, (row) => dot(row, context));
  return {
    upperBound(context: Float64Array, width: number): number {
      const spread = times(context);
      return dot(spread, sums) + width * Math.sqrt(Math.max(0, dot(spread, context)));
    },
    learn(context: Float64Array, reward: number): void {
      const spread = times(context);
      const scale = 1 + dot(spread, context);
      for (const [row, own] of inverse.entries()) {
        for (let column = 0; column < features; column++) {
          own[column] = (own[column] as number) - ((spread[row] as number) * (spread[column] as number)) / scale;
        }
        sums[row] = (sums[row] as number) + reward * (context[row] as number);
      }
    },
  };
}

function dot(one: Float64Array, other: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < one.length; index++) sum += (one[index] as number) * (other[index] as number);
  return sum;
}
