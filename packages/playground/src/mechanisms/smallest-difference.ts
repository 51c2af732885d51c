import type { AnyRecord } from '@mechane/plots';
import type { Played } from './play.ts';
import type { Told } from './told.ts';
import { decidedForAll, whatAgentsGet } from './what-agents-get.ts';

/** A mechanism as a rule: what comes of what it is told. */
export type Rule = (told: Told) => Played;

/** Whether two rules deal different things to anybody. */
function differ(one: Rule, other: Rule, told: Told): boolean {
  const [first, second] = [one(told), other(told)];
  if ('problem' in first || 'problem' in second) return false;
  const agents = Object.keys(told.reports ?? {});
  const [mine, theirs] = [first, second].map(({ result }) => {
    const outcome = result.outcome as AnyRecord;
    return JSON.stringify([decidedForAll(outcome), [...whatAgentsGet(outcome, agents)]]);
  });
  return mine !== theirs;
}

/**
 * The smallest case on which two rules differ that is found from a given one by leaving agents out and making numbers smaller: the smallest so far
 * after each one that is tried, until nothing smaller will do; nothing where they agree on the given one.
 */
export function* smallestDifferences(one: Rule, other: Rule, told: Told): Generator<Told, void> {
  if (!differ(one, other, told)) return;
  let best = told;
  for (let found = true; found; ) {
    found = false;
    for (const smaller of smallerThan(best)) {
      yield best;
      if (!differ(one, other, smaller)) continue;
      [best, found] = [smaller, true];
      break;
    }
  }
  yield best;
}

function* smallerThan(told: Told): Generator<Told> {
  const { reports = {} } = told;
  for (const agent of Object.keys(reports)) {
    const { [agent]: _, ...others } = reports;
    yield { ...told, reports: others };
  }
  for (const [agent, report] of Object.entries(reports)) {
    for (const smaller of smallerNumbers(report)) yield { ...told, reports: { ...reports, [agent]: smaller } };
  }
}

/** A value with one number in it made smaller, every way to do it. */
function* smallerNumbers(value: unknown): Generator<unknown> {
  if (typeof value === 'number') {
    const candidates = [0, 1, Math.floor(value / 2), Math.floor(value - 1)];
    yield* new Set(candidates.filter((each) => each >= 0 && each < value));
  } else if (Array.isArray(value)) {
    for (const [place, each] of value.entries())
      for (const smaller of smallerNumbers(each)) yield value.with(place, smaller);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, each] of Object.entries(value))
      for (const smaller of smallerNumbers(each)) yield { ...value, [key]: smaller };
  }
}
