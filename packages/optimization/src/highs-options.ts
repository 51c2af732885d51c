import type { Model as HighsModelHandle } from 'highs';
import { invalidOption } from './errors.ts';
import type { SolveOptions } from './optimizer.ts';
import { basisStatus } from './solution.ts';

const mostNodes = 2 ** 31 - 1;

/** Checks options that may come from anywhere, for a model of so many columns and rows. */
export function validateOptions(options: SolveOptions, columns: number, rows: number): void {
  const { timeLimit = 0, nodeLimit = 0, relativeGap = 0, absoluteGap = 0, basis, incumbent } = options;
  for (const [name, value] of Object.entries({ timeLimit, relativeGap, absoluteGap })) {
    if (!(value >= 0)) throw invalidOption([name], `${value} is none`, 'a number of 0 or more');
  }
  if (!((Number.isInteger(nodeLimit) && nodeLimit >= 0) || nodeLimit === Infinity)) {
    throw invalidOption(['nodeLimit'], `${nodeLimit} is none`, 'a whole number of 0 or more, or Infinity');
  }
  if (incumbent !== undefined) requireIncumbent(incumbent, columns);
  if (basis !== undefined) {
    requireStatuses(basis.columns, columns, 'columns');
    requireStatuses(basis.rows, rows, 'rows');
  }
}

/** Sets every option anew, so that nothing is left from an earlier solve of the same model. */
export function applyOptions(model: HighsModelHandle, options: SolveOptions, definite: boolean): void {
  const { timeLimit = Infinity, nodeLimit = Infinity, relativeGap = 0, absoluteGap = 0 } = options;
  model.options.set({
    output_flag: false,
    time_limit: Math.min(timeLimit / 1000, Number.MAX_VALUE),
    mip_max_nodes: Math.min(nodeLimit, mostNodes),
    mip_rel_gap: Math.min(relativeGap, Number.MAX_VALUE),
    mip_abs_gap: Math.min(absoluteGap, Number.MAX_VALUE),
    // HiGHS adds this much of a square to every column, which moves the optimum by as much. Strict convexity does without.
    qp_regularization_value: definite ? 0 : 1e-7,
  });
  // The time limit counts what earlier solves of the model took.
  model.zeroAllClocks();
  if (options.basis) model.setBasis({ colStatus: options.basis.columns, rowStatus: options.basis.rows });
  if (options.incumbent) model.setSolution({ colValue: options.incumbent });
}

function requireIncumbent(incumbent: unknown, columns: number): void {
  if (!(incumbent instanceof Float64Array) || incumbent.length !== columns) {
    throw invalidOption(['incumbent'], 'this is no point', `a Float64Array of ${columns}, one number per column`);
  }
  const bad = incumbent.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) throw invalidOption(['incumbent', bad], `${incumbent[bad]} is no value`, 'a finite number');
}

function requireStatuses(statuses: unknown, length: number, kind: 'columns' | 'rows'): void {
  if (!(statuses instanceof Int32Array) || statuses.length !== length) {
    throw invalidOption(['basis', kind], 'this is no basis', `an Int32Array of ${length}, one status each`);
  }
  const bad = statuses.findIndex((status) => status < basisStatus.atLower || status > basisStatus.nonbasic);
  if (bad >= 0) throw invalidOption(['basis', kind, bad], `${statuses[bad]} is no status`, 'one of basisStatus');
}
