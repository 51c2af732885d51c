import { MechaneError, type Path, quote } from '@mechane/core';

/** Every code that this package adds to those of core. */
export type AdaptiveErrorCode = 'invalid-experiment' | 'no-cardinal-values' | 'no-objective' | 'unknown-report';

/** What is wrong with an experiment where its schema cannot say it. */
export function invalidExperiment(
  problem: string,
  path: Path,
  expected: string,
  fix?: string,
): MechaneError<'invalid-experiment'> {
  return new MechaneError('invalid-experiment', { problem, path, expected, ...(fix === undefined ? {} : { fix }) });
}

/** The error for a mechanism that takes no report of one number, as far as can be told. */
export function unknownReport(id: string, tried: readonly string[], path: Path): MechaneError<'unknown-report'> {
  return new MechaneError('unknown-report', {
    problem: `nothing says where bids go in the reports of ${quote(id)}`,
    path,
    expected: `a report of one number, as one of ${tried.map((key) => quote(key)).join(', ')}`,
    fix: 'name the key: "report": "bid"; what else a report needs goes into "with" of the bidders',
  });
}

/** The error for an outcome that cannot be valued in numbers. */
export function noCardinalValues(id: string, path: Path): MechaneError<'no-cardinal-values'> {
  return new MechaneError('no-cardinal-values', {
    problem: `${id} does not say in numbers what outcomes are worth to agents`,
    path,
    fix: 'play a mechanism with cardinal values',
  });
}

/** The error for an objective that a mechanism's outcomes do not have. */
export function noObjective(id: string, objective: string, path: Path): MechaneError<'no-objective'> {
  return new MechaneError('no-objective', {
    problem: `the outcomes of ${id} have no ${objective}`,
    path,
    fix: 'choose another objective, or leave the arm out',
  });
}
