import type { Division, Mechane, Mechanism, RunResult } from '@mechane/core';
import { reportOf } from '../error-report.ts';
import type { PlaysApart } from '../plays-apart.ts';
import { preparation } from '../preparation.ts';
import type { RunTask } from '../thread-tasks.ts';
import type { PartsTask, TimedDivision } from './named-task.ts';

/** A scenario that waits for the solutions of its parts. */
export interface Divided {
  readonly scenario: RunTask;
  readonly division: Division;
}

/** Whether decisions of the mechanism that a scenario names may fall into parts. */
export function inPartsOf(mechane: Mechane<Mechanism>, scenario: unknown): boolean {
  const { mechanism } = (scenario ?? {}) as { readonly mechanism?: unknown };
  return mechane.mechanisms.some(({ id, inParts }) => id === mechanism && inParts !== undefined);
}

/** Decides a scenario up to where it falls into parts; nothing where this one does not, such as one of reports that are sealed. */
export async function dividedApart(
  apart: PlaysApart,
  scenario: RunTask,
  what: () => string,
): Promise<TimedDivision | undefined> {
  try {
    return await apart.divide(scenario, what);
  } catch (thrown) {
    if (reportOf(thrown).code === 'indivisible') return undefined;
    throw thrown;
  }
}

/** Its parts in so many shares, as equal as may be: those of a share have less work together than apart. */
export function sharesOf({ scenario, division }: Divided, most: number): readonly PartsTask[] {
  const { seed, parts } = division;
  const shares = Math.min(most, parts.length);
  return Array.from({ length: shares }, (_, share) => {
    const [from, to] = [share, share + 1].map((each) => Math.floor((each * parts.length) / shares));
    return { scenario, some: { seed, parts: parts.slice(from, to) } };
  });
}

/** Puts a scenario together by the solutions of its parts. */
export async function combined(
  mechane: Mechane<Mechanism>,
  { scenario, division }: Divided,
  solutions: readonly unknown[],
): Promise<RunResult> {
  await preparation(mechane)(scenario);
  return mechane.combine(scenario, division, solutions);
}
