import { defineGenerator, type InstanceGenerator, type Random } from '@mechane/core';
import * as z from 'zod';
import type { JsonGame } from '../normal-form/json-game.ts';
import { evenShape, gameFormats, gameOf } from './game-settings.ts';

/**
 * The games of Savani and von Stengel, "Hard-to-solve bimatrix games", Econometrica 74 (2006): both best-response polytopes are dual cyclic, and labelled
 * so that the only equilibrium, in which everything is played, is exponentially far from the beginning of every path of Lemke and Howson.
 * Payoffs are rounded to whole numbers, which changes nothing in how the polytopes' faces meet. The seed shuffles the strategies.
 */
export const hardGame: InstanceGenerator<unknown, JsonGame> = defineGenerator({
  id: 'hard-game',
  summary:
    'One equilibrium, which the paths of Lemke and Howson take exponentially long to find (Savani and von Stengel 2006)',
  settings: z.strictObject({
    strategies: z
      .int()
      .min(2)
      .max(16)
      .multipleOf(2)
      .default(6)
      .describe('How many strategies each player has: an even number'),
  }),
  generate: ({ strategies: size }, random) => {
    const facets = Array.from({ length: 2 * size }, (_, index) => curve(index, size));
    const second = payoffsOf(facets.slice(0, size), facets.slice(size));
    // The facet of the second polytope that has a label; coordinates come first.
    const labelled = (label: number): readonly number[] =>
      facets[
        Array.from(facets.keys()).find((index) => labelOf(index + 1, size) === label) as number
      ] as readonly number[];
    const own = Array.from({ length: size }, (_, index) => labelled(size + index + 1));
    const first = payoffsOf(
      own,
      Array.from({ length: size }, (_, index) => labelled(index + 1)),
    );
    const [rows, columns] = [order(size, random), order(size, random)];
    return gameOf(evenShape(2, size), ([row, column]) => {
      const [i, j] = [rows[row as number] as number, columns[column as number] as number];
      return [whole(first[i]?.[j] as number), whole(second[j]?.[i] as number)];
    });
  },
  formats: gameFormats,
});

const precision = 1e9;

function whole(payoff: number): number {
  return Math.round(payoff * precision) + 0;
}

function order(size: number, random: Random): number[] {
  return random.shuffled(Array.from({ length: size }, (_, index) => index));
}

/** A point of the trigonometric moment curve: the vertices of a cyclic polytope around the origin. */
function curve(index: number, size: number): number[] {
  const angle = (Math.PI * index) / size;
  return Array.from({ length: size / 2 }, (_, k) => [Math.cos((k + 1) * angle), Math.sin((k + 1) * angle)]).flat();
}

/** The label of a facet of the second polytope, both from 1: neighbours change places. */
function labelOf(facet: number, size: number): number {
  if (facet === 1 || facet === size) return facet;
  const sign = facet % 2 === 0 ? 1 : -1;
  return facet < size ? facet + sign : facet - sign;
}

/**
 * The matrix of { x >= 0 : payoffs · x <= 1 } for the polytope { z : facet · z <= 1 }, in coordinates that measure the distances from some of its facets.
 */
function payoffsOf(coordinates: readonly (readonly number[])[], others: readonly (readonly number[])[]): number[][] {
  return others.map((facet) => {
    // facet = Σ weights[i] · coordinates[i], so facet · z = Σ weights[i] (1 - x_i).
    const weights = solve(coordinates, facet);
    const right = 1 - weights.reduce((sum, weight) => sum + weight, 0);
    return weights.map((weight) => -weight / right);
  });
}

/** The weights with which vectors sum to another. */
function solve(vectors: readonly (readonly number[])[], target: readonly number[]): number[] {
  const size = target.length;
  const rows = target.map((value, at) => [...vectors.map((vector) => vector[at] as number), value]);
  for (let step = 0; step < size; step++) {
    let at = step;
    for (let row = step + 1; row < size; row++) {
      if (Math.abs(rows[row]?.[step] as number) > Math.abs(rows[at]?.[step] as number)) at = row;
    }
    [rows[step], rows[at]] = [rows[at] as number[], rows[step] as number[]];
    const source = rows[step] as number[];
    rows.forEach((row, index) => {
      if (index === step) return;
      const factor = (row[step] as number) / (source[step] as number);
      for (let column = step; column <= size; column++) {
        row[column] = (row[column] as number) - factor * (source[column] as number);
      }
    });
  }
  return rows.map((row, at) => (row[size] as number) / (row[at] as number));
}
