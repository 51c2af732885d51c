/*
 * Isolated equilibria of any number of players by homotopies, support by support. On a support, what makes players indifferent is a system of polynomials,
 * each linear in every other player's probabilities. It is deformed from one whose equations are products of random linear forms, and whose
 * solutions are those of linear systems (Morgan and Sommese 1987, "A homotopy for solving general polynomial systems that respects m-homogeneous
 * structures"); all of its solutions are followed, through complex numbers, in doubles. Shares nothing with the solvers.
 */
import type { Random } from '@mechane/core';

/** `payoffs[player]` lists all profiles, the last player's strategy running fastest. */
export interface OracleGame {
  readonly shape: readonly number[];
  readonly payoffs: readonly (readonly number[])[];
}

type Complex = readonly [re: number, im: number];
type Vector = Complex[];

const plus = (a: Complex, b: Complex): Complex => [a[0] + b[0], a[1] + b[1]];
const minus = (a: Complex, b: Complex): Complex => [a[0] - b[0], a[1] - b[1]];
const times = (a: Complex, b: Complex): Complex => [a[0] * b[0] - a[1] * b[1], a[0] * b[1] + a[1] * b[0]];
const over = (a: Complex, b: Complex): Complex => {
  const size = b[0] ** 2 + b[1] ** 2;
  return [(a[0] * b[0] + a[1] * b[1]) / size, (a[1] * b[0] - a[0] * b[1]) / size];
};
const sizeOf = (a: Complex): number => Math.hypot(a[0], a[1]);
const zero: Complex = [0, 0];
const one: Complex = [1, 0];

/** What the oracle finds: profiles, and whether all paths led somewhere definite. */
export interface OracleAnswer {
  readonly equilibria: readonly (readonly (readonly number[])[])[];
  readonly isCertain: boolean;
}

/** All isolated equilibria, and whether nothing was too close to call. */
export function isolatedEquilibria(game: OracleGame, random: Random): OracleAnswer {
  const equilibria: (readonly (readonly number[])[])[] = [];
  let isCertain = true;
  for (const supports of allSupports(game.shape)) {
    const system = systemOf(game, supports);
    if (system === undefined) continue;
    const { solutions, isCertain: certain } = solve(system, random);
    if (!certain) isCertain = false;
    for (const solution of solutions) {
      const profile = profileAt(game, supports, solution);
      const shares = profile.flat();
      const gains = gainsOf(game, profile, supports);
      const least = Math.min(...profile.flatMap((own, player) => (supports[player] ?? []).map((at) => own[at] ?? 0)));
      const most = Math.max(-Infinity, ...gains);
      if (Math.abs(least) < 1e-7 || Math.abs(most) < 1e-7) isCertain = false;
      if (least > 0 && most < 0 && shares.every((share) => share <= 1)) equilibria.push(profile);
    }
  }
  return { equilibria, isCertain };
}

/** A coefficient of a product of probabilities: of which free strategy of each other player, or of none (-1). */
interface Equation {
  readonly player: number;
  readonly evaluate: (point: Vector) => Complex;
  readonly gradient: (point: Vector) => Vector;
}

interface System {
  /** For each free probability, whose it is. */
  readonly owners: readonly number[];
  readonly equations: readonly Equation[];
}

/** The equations of a support; `undefined` where payoffs alone rule it out. */
function systemOf({ shape, payoffs }: OracleGame, supports: readonly (readonly number[])[]): System | undefined {
  const owners = supports.flatMap((own, player) => own.slice(1).map(() => player));
  const first = supports.map((_, player) => owners.indexOf(player));
  const equations: Equation[] = [];
  for (const [player, own] of supports.entries()) {
    for (const rival of own.slice(1)) {
      const terms: { readonly gain: number; readonly chosen: readonly number[] }[] = [];
      for (const profile of profilesIn(supports.with(player, [own[0] as number]))) {
        const gain =
          at(payoffs[player] as readonly number[], shape, profile.with(player, rival)) -
          at(payoffs[player] as readonly number[], shape, profile);
        terms.push({ gain, chosen: profile.map((strategy, other) => supports[other]?.indexOf(strategy) ?? 0) });
      }
      if (terms.every(({ gain }) => gain > 0) || terms.every(({ gain }) => gain < 0)) return undefined;
      const scale = Math.max(...terms.map(({ gain }) => Math.abs(gain)));
      const share = (point: Vector, other: number, place: number): Complex => {
        if ((supports[other] as readonly number[]).length === 1) return one;
        const from = first[other] as number;
        if (place > 0) return point[from + place - 1] as Complex;
        return (supports[other] as readonly number[])
          .slice(1)
          .reduce((left, _, next) => minus(left, point[from + next] as Complex), one);
      };
      const product = (point: Vector, chosen: readonly number[], without: number): Complex =>
        chosen.reduce<Complex>(
          (value, place, other) =>
            other === player || other === without ? value : times(value, share(point, other, place)),
          one,
        );
      equations.push({
        player,
        evaluate: (point) =>
          terms.reduce<Complex>(
            (sum, { gain, chosen }) => plus(sum, times([gain / scale, 0], product(point, chosen, -1))),
            zero,
          ),
        gradient: (point) =>
          owners.map((other, variable) => {
            if (other === player) return zero;
            const place = variable - (first[other] as number) + 1;
            return terms.reduce<Complex>((sum, { gain, chosen }) => {
              const sign = chosen[other] === place ? 1 : chosen[other] === 0 ? -1 : 0;
              return sign === 0 ? sum : plus(sum, times([(sign * gain) / scale, 0], product(point, chosen, other)));
            }, zero);
          }),
      });
    }
  }
  return { owners, equations };
}

/** A form `constant + Σ coefficients · own probabilities` of one player. */
interface LinearForm {
  readonly player: number;
  readonly constant: Complex;
  readonly coefficients: readonly Complex[];
}

function solve({ owners, equations }: System, random: Random): { solutions: number[][]; isCertain: boolean } {
  const count = owners.length;
  if (count === 0) return { solutions: [[]], isCertain: true };
  const draw = (): Complex => {
    const angle = 2 * Math.PI * random.next();
    return [Math.cos(angle), Math.sin(angle)];
  };
  const movers = [...new Set(owners)];
  const sizeFor = (player: number): number => owners.filter((owner) => owner === player).length;
  const forms = equations.map(({ player }) =>
    movers
      .filter((other) => other !== player)
      .map((other): LinearForm => {
        return { player: other, constant: draw(), coefficients: Array.from({ length: sizeFor(other) }, draw) };
      }),
  );
  const gamma = draw();
  const from = (player: number): number => owners.indexOf(player);
  const formAt = ({ player, constant, coefficients }: LinearForm, point: Vector): Complex =>
    coefficients.reduce((sum, value, at) => plus(sum, times(value, point[from(player) + at] as Complex)), constant);
  const startAt = (equation: number, point: Vector): Complex =>
    (forms[equation] as LinearForm[]).reduce((value, form) => times(value, formAt(form, point)), one);
  const startGradient = (equation: number, point: Vector): Vector =>
    owners.map((owner, variable) => {
      const own = (forms[equation] as LinearForm[]).find(({ player }) => player === owner);
      if (own === undefined) return zero;
      const rest = (forms[equation] as LinearForm[]).reduce(
        (value, form) => (form === own ? value : times(value, formAt(form, point))),
        one,
      );
      return times(rest, own.coefficients[variable - from(owner)] as Complex);
    });

  const starts: Vector[] = [];
  // Every way to let each equation vanish by one of its forms, as many for each player as it has probabilities.
  const assign = (equation: number, chosen: LinearForm[]): void => {
    const form = forms[equation];
    if (form === undefined) {
      const point: Vector = new Array(count).fill(zero);
      for (const player of movers) {
        const own = chosen.filter((each) => each.player === player);
        const solution = linear(
          own.map(({ coefficients }) => [...coefficients]),
          own.map(({ constant }) => minus(zero, constant)),
        );
        if (solution === undefined) return;
        for (const [at, value] of solution.entries()) point[from(player) + at] = value;
      }
      starts.push(point);
      return;
    }
    for (const each of form) {
      if (chosen.filter(({ player }) => player === each.player).length < sizeFor(each.player)) {
        assign(equation + 1, [...chosen, each]);
      }
    }
  };
  assign(0, []);

  const solutions: number[][] = [];
  let isCertain = true;
  const value = (point: Vector, t: number): Vector =>
    equations.map((equation, at) =>
      plus(times([t, 0], equation.evaluate(point)), times(times([1 - t, 0], gamma), startAt(at, point))),
    );
  const jacobian = (point: Vector, t: number): Vector[] =>
    equations.map((equation, at) => {
      const start = startGradient(at, point);
      return equation
        .gradient(point)
        .map((entry, variable) =>
          plus(times([t, 0], entry), times(times([1 - t, 0], gamma), start[variable] as Complex)),
        );
    });
  const change = (point: Vector): Vector =>
    equations.map((equation, at) => minus(times(gamma, startAt(at, point)), equation.evaluate(point)));

  for (const start of starts) {
    let point = start;
    let [t, step] = [0, 0.05];
    let isLost = false;
    while (t < 1) {
      const next = Math.min(1, t + step);
      const tangent = linear(jacobian(point, t), change(point));
      let guess = tangent && point.map((entry, at) => plus(entry, times([next - t, 0], tangent[at] as Complex)));
      let isNear = false;
      for (let iteration = 0; guess !== undefined && iteration < 4; iteration++) {
        const move = linear(
          jacobian(guess, next),
          value(guess, next).map((entry) => minus(zero, entry)),
        );
        if (move === undefined) guess = undefined;
        else {
          guess = guess.map((entry, at) => plus(entry, move[at] as Complex));
          const size = Math.max(...guess.map(sizeOf), 1);
          if (Math.max(...move.map(sizeOf)) < 1e-9 * size) {
            isNear = true;
            break;
          }
        }
      }
      if (guess === undefined || !isNear) {
        step /= 2;
        if (step > 1e-9) continue;
        isLost = true;
        break;
      }
      [point, t, step] = [guess, next, Math.min(0.1, step * 1.5)];
      // Off to infinity: no solution ends there.
      if (Math.max(...point.map(sizeOf)) > 1e8) break;
    }
    // A path that stops short of the end may lead to a solution that is not isolated.
    if (isLost) isCertain = false;
    if (t < 1 || isLost) continue;
    const imaginary = Math.max(...point.map(([, im]) => Math.abs(im)));
    if (imaginary > 1e-8) {
      if (imaginary < 1e-5) isCertain = false;
      continue;
    }
    const real = point.map(([re]) => re);
    if (solutions.some((known) => known.every((entry, at) => Math.abs(entry - (real[at] as number)) < 1e-6))) {
      isCertain = false;
    } else solutions.push(real);
  }
  return { solutions, isCertain };
}

/** Solves a square system by elimination; `undefined` where it is singular. */
function linear(matrix: readonly Vector[], right: Vector): Vector | undefined {
  const rows = matrix.map((row, at) => [...row, right[at] as Complex]);
  const count = rows.length;
  for (let column = 0; column < count; column++) {
    let best = column;
    for (let row = column + 1; row < count; row++) {
      if (sizeOf(rows[row]?.[column] as Complex) > sizeOf(rows[best]?.[column] as Complex)) best = row;
    }
    if (!(sizeOf(rows[best]?.[column] as Complex) > 1e-13)) return undefined;
    [rows[column], rows[best]] = [rows[best] as Vector, rows[column] as Vector];
    const pivot = rows[column] as Vector;
    for (let row = 0; row < count; row++) {
      if (row === column) continue;
      const factor = over(rows[row]?.[column] as Complex, pivot[column] as Complex);
      if (factor[0] === 0 && factor[1] === 0) continue;
      for (let at = column; at <= count; at++) {
        const own = rows[row] as Vector;
        own[at] = minus(own[at] as Complex, times(factor, pivot[at] as Complex));
      }
    }
  }
  return rows.map((row, at) => over(row[count] as Complex, row[at] as Complex));
}

function at(table: readonly number[], shape: readonly number[], profile: readonly number[]): number {
  return table[profile.reduce((index, strategy, player) => index * (shape[player] as number) + strategy, 0)] as number;
}

function profileAt(
  { shape }: OracleGame,
  supports: readonly (readonly number[])[],
  solution: readonly number[],
): number[][] {
  let next = 0;
  return shape.map((count, player) => {
    const own = new Array<number>(count).fill(0);
    const [first, ...others] = supports[player] as readonly number[];
    let left = 1;
    for (const strategy of others) {
      own[strategy] = solution[next++] as number;
      left -= own[strategy] as number;
    }
    own[first as number] = left;
    return own;
  });
}

/** What strategies outside the supports pay more than those inside, as a share of the largest payoff. */
function gainsOf(
  { shape, payoffs }: OracleGame,
  profile: readonly (readonly number[])[],
  supports: readonly (readonly number[])[],
): number[] {
  return shape.flatMap((count, player) => {
    const table = payoffs[player] as readonly number[];
    const scale = Math.max(...table.map(Math.abs), 1e-300);
    const worth = (strategy: number): number =>
      [...profilesIn(shape.map((size) => Array.from({ length: size }, (_, index) => index)).with(player, [strategy]))]
        .map((pure) =>
          pure.reduce(
            (product, own, other) => (other === player ? product : product * (profile[other]?.[own] ?? 0)),
            at(table, shape, pure),
          ),
        )
        .reduce((sum, value) => sum + value, 0) / scale;
    const own = supports[player] as readonly number[];
    const level = worth(own[0] as number);
    return Array.from({ length: count }, (_, strategy) => strategy)
      .filter((strategy) => !own.includes(strategy))
      .map((strategy) => worth(strategy) - level);
  });
}

function* profilesIn(supports: readonly (readonly number[])[]): Generator<number[], void, void> {
  const [own, ...others] = supports;
  if (own === undefined) {
    yield [];
    return;
  }
  for (const strategy of own) for (const rest of profilesIn(others)) yield [strategy, ...rest];
}

function* allSupports(shape: readonly number[]): Generator<number[][], void, void> {
  const [count, ...others] = shape;
  if (count === undefined) {
    yield [];
    return;
  }
  for (let mask = 1; mask < 2 ** count; mask++) {
    const own = Array.from({ length: count }, (_, strategy) => strategy).filter((strategy) => (mask >> strategy) & 1);
    for (const rest of allSupports(others)) yield [own, ...rest];
  }
}
