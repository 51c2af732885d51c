import { pause } from '@mechane/numerics';
import type { Steps } from './search.ts';

/** The first result of a search that will do, if it comes to one. */
export function* firstOf<Result>(
  steps: Steps<Result>,
  willDo: (result: Result) => boolean = () => true,
): Generator<typeof pause, Result | undefined, void> {
  for (;;) {
    const step = steps.next();
    if (step.done) return undefined;
    if (step.value === pause) yield pause;
    else if (willDo(step.value)) return step.value;
  }
}
