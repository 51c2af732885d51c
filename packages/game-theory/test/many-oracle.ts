/*
 * Independent of the solvers: payoffs by summing over all profiles, and all equilibria of 2×2×2 games in closed form. With two strategies each, what makes a player
 * indifferent is bilinear in the others' probabilities, so that a completely mixed equilibrium solves a quadratic equation.
 */
import type { Random } from '@mechane/core';
import { NormalFormGame } from '../src/normal-form/game.ts';

type Profile = readonly (readonly number[])[];

export function randomGame(random: Random, shape: readonly number[], range = 1_000): NormalFormGame {
  const profiles = shape.reduce((product, count) => product * count, 1);
  return new NormalFormGame({
    strategies: shape,
    payoffs: shape.map(() => Float64Array.from({ length: profiles }, () => random.below(range))),
  });
}

/** What a player earns when it plays one strategy and the others their part of a profile. */
export function payoffOf(game: NormalFormGame, player: number, strategy: number, profile: Profile): number {
  let total = 0;
  for (let index = 0; index < game.profiles; index++) {
    const pure = game.profileAt(index);
    if (pure[player] !== strategy) continue;
    const weight = pure.reduce(
      (product, own, at) => (at === player ? product : product * (profile[at]?.[own] ?? 0)),
      1,
    );
    total += weight * (game.doubles(player)[index] as number);
  }
  return total;
}

/** The most that any player gains by deviating. */
export function regretOf(game: NormalFormGame, profile: Profile): number {
  return Math.max(
    ...game.shape.map((count, player) => {
      const payoffs = Array.from({ length: count }, (_, strategy) => payoffOf(game, player, strategy, profile));
      const expected = payoffs.reduce((sum, payoff, at) => sum + payoff * (profile[player]?.[at] ?? 0), 0);
      return Math.max(...payoffs) - expected;
    }),
  );
}

/** The probabilities of the first strategies in all equilibria of a 2×2×2 game that is not degenerate, as texts, sorted. */
export function allOfTwoByTwoByTwo(game: NormalFormGame): string[] {
  const points: (readonly number[])[] = [];
  for (let index = 0; index < 8; index++) points.push(game.profileAt(index).map((strategy) => 1 - strategy));
  for (const pure of [0, 1, 2]) {
    for (const fixed of [0, 1]) {
      const [one, other] = [0, 1, 2].filter((player) => player !== pure) as [number, number];
      const at = (value: number): number[] => [0, 1, 2].map((player) => (player === pure ? fixed : value));
      // The gain of each is linear in the other's probability.
      const [low, high] = [0, 1].map((value) => [gain(game, one, at(value)), gain(game, other, at(value))]) as [
        [number, number],
        [number, number],
      ];
      const point = at(0);
      point[other] = -low[0] / (high[0] - low[0]);
      point[one] = -low[1] / (high[1] - low[1]);
      points.push(point);
    }
  }
  points.push(...completelyMixed(game));
  const inside = points.filter((point) => point.every((value) => value >= 0 && value <= 1));
  const equilibria = inside.filter((point) => regretOf(game, mixed(point)) < 1e-8);
  return equilibria.map(keyOf).sort();
}

export function keyOf(point: readonly number[]): string {
  return point.map((value) => Math.abs(value).toFixed(9)).join(' ');
}

function mixed(point: readonly number[]): number[][] {
  return point.map((value) => [value, 1 - value]);
}

/** What the first strategy pays more than the second. */
function gain(game: NormalFormGame, player: number, point: readonly number[]): number {
  return payoffOf(game, player, 0, mixed(point)) - payoffOf(game, player, 1, mixed(point));
}

/** a + b x + c y + d x y, where x and y are the probabilities of the two others. */
function bilinear(game: NormalFormGame, player: number): [number, number, number, number] {
  const [one, other] = [0, 1, 2].filter((at) => at !== player) as [number, number];
  const at = (x: number, y: number): number => {
    const point = [0, 0, 0];
    [point[one], point[other]] = [x, y];
    return gain(game, player, point);
  };
  const [a, x, y, both] = [at(0, 0), at(1, 0), at(0, 1), at(1, 1)];
  return [a, x - a, y - a, both - x - y + a];
}

function completelyMixed(game: NormalFormGame): number[][] {
  // Of q and r, of p and r, of p and q.
  const [a1, b1, c1, d1] = bilinear(game, 0);
  const [a2, b2, c2, d2] = bilinear(game, 1);
  const [a3, b3, c3, d3] = bilinear(game, 2);
  // r = -(a1 + b1 q) / (c1 + d1 q) and p = -(a2 + c2 r) / (b2 + d2 r), both as quotients of linear functions of q.
  const [n0, n1] = [-(a2 * c1 - c2 * a1), -(a2 * d1 - c2 * b1)];
  const [m0, m1] = [b2 * c1 - d2 * a1, b2 * d1 - d2 * b1];
  const [k0, k1, k2] = [a3 * m0 + b3 * n0, a3 * m1 + b3 * n1 + c3 * m0 + d3 * n0, c3 * m1 + d3 * n1];
  const root = Math.sqrt(k1 * k1 - 4 * k2 * k0);
  return [(-k1 + root) / (2 * k2), (-k1 - root) / (2 * k2)].map((q) => {
    return [(n0 + n1 * q) / (m0 + m1 * q), q, -(a1 + b1 * q) / (c1 + d1 * q)];
  });
}
