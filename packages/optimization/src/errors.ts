import { MechaneError, type Path } from '@mechane/core';

/**
 * The codes this package adds to those of core.
 *
 * @category Errors
 */
export type OptimizationErrorCode =
  | 'crossed-bounds'
  | 'invalid-half-space'
  | 'invalid-options'
  | 'invalid-program'
  | 'no-common-point'
  | 'not-convex'
  | 'optimizer-not-loaded'
  | 'optimizer-not-ready'
  | 'solver-failed'
  | 'unsupported-program';

export function invalidProgram(
  path: Path,
  problem: string,
  expected: string,
  fix: string,
): MechaneError<'invalid-program'> {
  return new MechaneError('invalid-program', { problem, path, expected, fix });
}

export function invalidOption(path: Path, problem: string, expected: string): MechaneError<'invalid-options'> {
  const fix = 'give that, or leave the option out';
  return new MechaneError('invalid-options', { problem, path: ['options', ...path], expected, fix });
}

export function crossedBounds(path: Path, lower: number, upper: number): MechaneError<'crossed-bounds'> {
  return new MechaneError('crossed-bounds', {
    problem: `the lower bound ${lower} is above the upper bound ${upper}`,
    path,
    fix: 'swap the bounds, or do not solve: nothing satisfies them',
  });
}

export function invalidHalfSpace(path: Path, problem: string, expected: string): MechaneError<'invalid-half-space'> {
  const fix = 'correct the half-space, or leave it out';
  return new MechaneError('invalid-half-space', { problem, path: ['spaces', ...path], expected, fix });
}

/** The error of half-spaces that exclude each other; the nearest point so far is outside of one by so much. */
export function noCommonPoint(missed: number): MechaneError<'no-common-point'> {
  return new MechaneError('no-common-point', {
    problem: `the half-spaces have no point in common: one is missed by ${missed}`,
    path: ['spaces'],
    fix: 'leave out half-spaces, or raise the tolerance',
  });
}

export function notConvex(sense: string): MechaneError<'not-convex'> {
  const wanted = sense === 'minimize' ? 'positive' : 'negative';
  return new MechaneError('not-convex', {
    problem: `the quadratic part is not ${wanted} semidefinite`,
    path: ['hessian'],
    expected: `a ${wanted} semidefinite matrix where the sense is to ${sense}`,
    fix: 'check the signs; a program that is not convex has no solver here',
  });
}

export function integerQuadratic(): MechaneError<'unsupported-program'> {
  return new MechaneError('unsupported-program', {
    problem: 'the program has both integer columns and a quadratic part',
    path: ['hessian'],
    fix: 'solve one without the other, or make the objective linear in further columns',
  });
}

export function notLoaded(cause: unknown): MechaneError<'optimizer-not-loaded'> {
  return new MechaneError('optimizer-not-loaded', {
    problem: 'the WebAssembly of HiGHS could not be loaded',
    fix: 'say where highs.wasm is served, by { locateFile: () => url }, or pass { wasmBinary }',
    cause,
  });
}

export function notReady(): MechaneError<'optimizer-not-ready'> {
  return new MechaneError('optimizer-not-ready', {
    problem: 'the optimizer is asked for before its WebAssembly is loaded',
    path: ['services', 'optimizer'],
    fix: 'await mechane.prepare() first',
  });
}

export function solverFailed(operation: string, cause: unknown): MechaneError<'solver-failed'> {
  return new MechaneError('solver-failed', {
    problem: `the solver failed to ${operation}`,
    fix: 'look at the cause; after a lack of memory, make a new optimizer',
    cause,
  });
}

export function disposed(what: string): MechaneError<'disposed'> {
  return new MechaneError('disposed', { problem: `the ${what} was used after its disposal`, fix: 'dispose it last' });
}
