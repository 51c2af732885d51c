import type { Program, Sense } from './program.ts';
import { compressed } from './sparse-matrix.ts';
import { validateIndex } from './validate-program.ts';

/**
 * A variable to add: continuous, 0 or more and free of cost, unless said otherwise.
 *
 * @category Programs
 */
export interface Variable {
  readonly cost?: number;
  readonly lower?: number;
  readonly upper?: number;
  readonly integer?: boolean;
}

/**
 * What a constraint comes to: between two numbers, at least or at most one, or exactly one.
 *
 * @category Programs
 */
export type Limits =
  | { readonly atLeast?: number; readonly atMost?: number; readonly equals?: undefined }
  | { readonly equals: number; readonly atLeast?: undefined; readonly atMost?: undefined };

/**
 * A variable and its coefficient.
 *
 * @category Programs
 */
export type Term = readonly [variable: number, coefficient: number];

/**
 * Puts a program together, variable by variable and constraint by constraint.
 *
 * @category Programs
 */
export interface ProgramBuilder {
  /** Adds a variable, and gives its index. */
  variable(variable?: Variable): number;
  /** Adds a constraint, and gives its index. Terms of the same variable are added up. */
  constraint(terms: Iterable<Term>, limits: Limits): number;
  /** Adds `coefficient` times the product of two variables to the objective; of one with itself, its square. */
  product(variable: number, other: number, coefficient: number): void;
  /** Adds a number to the objective. */
  constant(amount: number): void;
  /** The program as it stands. More can be added afterwards. */
  build(): Program;
}

/**
 * Begins a program.
 *
 * @category Programs
 * @example
 * ```ts
 * import { createOptimizer, linearProgram } from '@mechane/optimization';
 *
 * // The point of the line x + y = 2 that is nearest to (3, 0).
 * const program = linearProgram('minimize');
 * const x = program.variable({ cost: -6, lower: -Infinity });
 * const y = program.variable({ lower: -Infinity });
 * program.product(x, x, 1);
 * program.product(y, y, 1);
 * program.constant(9);
 * program.constraint([[x, 1], [y, 1]], { equals: 2 });
 * const { objective, primal } = (await createOptimizer()).solve(program.build());
 * objective; // => 0.5
 * primal; // => Float64Array.of(2.5, -0.5)
 * ```
 */
export function linearProgram(sense: Sense): ProgramBuilder {
  const variables: Required<Variable>[] = [];
  const rowLower: number[] = [];
  const rowUpper: number[] = [];
  const entries: Map<number, number>[] = [];
  const curvature: Map<number, number>[] = [];
  let quadratic = false;
  let offset = 0;

  const requireVariable = (variable: number, path: readonly (string | number)[]): void =>
    validateIndex(variable, variables.length, path, 'variable');

  return {
    variable({ cost = 0, lower = 0, upper = Infinity, integer = false } = {}) {
      entries.push(new Map());
      curvature.push(new Map());
      return variables.push({ cost, lower, upper, integer }) - 1;
    },

    constraint(terms, { equals, atLeast = equals ?? -Infinity, atMost = equals ?? Infinity }) {
      const row = rowLower.length;
      const sums = new Map<number, number>();
      for (const [variable, coefficient] of terms) {
        requireVariable(variable, ['constraints', row, 'terms']);
        sums.set(variable, (sums.get(variable) ?? 0) + coefficient);
      }
      for (const [variable, sum] of sums) entries[variable]?.set(row, sum);
      rowLower.push(atLeast);
      rowUpper.push(atMost);
      return row;
    },

    product(variable, other, coefficient) {
      requireVariable(variable, ['products']);
      requireVariable(other, ['products']);
      quadratic = true;
      const column = curvature[Math.min(variable, other)] as Map<number, number>;
      const row = Math.max(variable, other);
      column.set(row, (column.get(row) ?? 0) + (variable === other ? 2 : 1) * coefficient);
    },

    constant(amount) {
      offset += amount;
    },

    build() {
      return {
        sense,
        offset,
        costs: Float64Array.from(variables, ({ cost }) => cost),
        lower: Float64Array.from(variables, ({ lower }) => lower),
        upper: Float64Array.from(variables, ({ upper }) => upper),
        integer: Uint8Array.from(variables, ({ integer }) => Number(integer)),
        rowLower: Float64Array.from(rowLower),
        rowUpper: Float64Array.from(rowUpper),
        matrix: compressed(entries),
        hessian: quadratic ? compressed(curvature) : undefined,
      };
    },
  };
}
