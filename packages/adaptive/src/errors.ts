import { type ErrorDetails, isMechaneError, MechaneError, type Path, quote } from '@mechane/core';

/**
 * Every code that this package adds to those of core.
 *
 * @category Errors
 */
export type AdaptiveErrorCode =
  | 'invalid-experiment'
  | 'invalid-value'
  | 'no-cardinal-values'
  | 'no-objective'
  | 'unknown-report';

/** What is wrong with an experiment where its schema cannot say it. */
export function invalidExperiment(
  problem: string,
  path: Path,
  expected: string,
  fix: string = `give ${expected}`,
): MechaneError<'invalid-experiment'> {
  return new MechaneError('invalid-experiment', { problem, path, expected, fix });
}

/** The error for what the schema of experiments does not take. */
export function refusedExperiment(refused: MechaneError): MechaneError<'invalid-experiment'> {
  return new MechaneError('invalid-experiment', toldAgain(refused));
}

/** The error for what a learner was told is a value or a price, and cannot be one. */
export function invalidValue(value: number): MechaneError<'invalid-value'> {
  return new MechaneError('invalid-value', {
    problem: `this is ${value}`,
    path: ['value'],
    expected: 'a finite number, 0 or more',
    fix: 'leave out what nobody bid',
  });
}

/** The error for what a policy or a detector was told and cannot learn from. */
export function invalidReward(value: number, expected: string): MechaneError<'invalid-value'> {
  return new MechaneError('invalid-value', {
    problem: `this is ${value}`,
    path: ['reward'],
    expected,
    fix: 'scale rewards by the range that they can have',
  });
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

/** The error for a learner that has to know what its other bids would have brought, where nothing tells. */
export function needsHindsight(id: string, kind: string, path: Path): MechaneError<'invalid-experiment'> {
  return new MechaneError('invalid-experiment', {
    problem: `${id} goes from offer to offer, and what another offer of a ${kind} bidder would have brought is not known`,
    path,
    fix: 'play it with zip, zero-intelligence, truthful, shading or exp3 bidders',
  });
}

/** The error for settings under which a mechanism refuses the highest bid that there is. */
export function refusedBid(flaw: ErrorDetails): MechaneError<'invalid-report'> {
  return new MechaneError('invalid-report', { ...flaw, path: ['settings', ...(flaw.path ?? [])] });
}

/** The error for amounts whose sum is no finite number. */
export function overflow(path: Path = []): MechaneError<'overflow'> {
  return new MechaneError('overflow', {
    problem: 'the amounts are so large that the sum of them or of their squares is no finite number',
    path,
    fix: 'use a larger unit',
  });
}

/** What an arm threw, as a coded error: its own, or one that says what it threw. */
export function coded(thrown: unknown): MechaneError {
  if (isMechaneError(thrown)) return thrown;
  const said = thrown instanceof Error ? thrown.message : String(thrown);
  return new MechaneError('mechanism-failed', { problem: `it threw: ${said.slice(0, 200)}`, cause: thrown });
}

/** An error as it stands in something larger, with a path before its own. */
function underPath(before: Path, thrown: MechaneError): MechaneError {
  return new MechaneError(thrown.code, { ...toldAgain(thrown), path: [...before, ...thrown.path], cause: thrown });
}

/** What an error says: its sentence begins with the path and ends with what a new one says again. */
function toldAgain({ message, path, expected, fix }: MechaneError): ErrorDetails {
  const [said = message] = message.replace(/^\S+: /, '').split(/; expected |\. Fix: /);
  return {
    problem: said.replace(/\.$/, ''),
    path,
    ...(expected === undefined ? {} : { expected }),
    ...(fix === undefined ? {} : { fix }),
  };
}

/** Puts a path before that of what is thrown. */
export function within<Result>(path: Path, act: () => Result): Result {
  try {
    return act();
  } catch (thrown) {
    throw isMechaneError(thrown) ? underPath(path, thrown) : thrown;
  }
}
