import type { Rational } from '@mechane/numerics';
import type { ExactPlans } from './exact-plans.ts';
import type { PlanSupport } from './plan-support.ts';
import { cornersOf, type Piece } from './polyhedral-cells.ts';

/** For every player, the sequences that have some probability, with that. */
export type PlayedSequences = readonly (readonly (readonly [sequence: number, probability: Rational])[])[];

/** A corner of some piece, or an isolated equilibrium: its index among all that were found. */
export interface Corner {
  readonly index: number;
  readonly isNew: boolean;
  readonly played: PlayedSequences;
}

/** The equilibria found so far, each once, and how they hang together: pieces that share a point are connected. */
export class EquilibriumSets {
  #count = 0;
  readonly #known: Map<string, number> = new Map();
  /** By the sequences of their supports. */
  readonly #pieces: Map<string, { readonly piece: Piece; readonly corners: readonly number[] }[]> = new Map();
  readonly #exact: { readonly index: number; readonly played: PlayedSequences }[] = [];

  /** The corners of a piece; `undefined` where they are too many. */
  cornersOf(supports: readonly PlanSupport[], piece: Piece): readonly Corner[] | undefined {
    const corners = cornersOf(piece)?.map((plans) => this.point(supports, plans));
    if (corners === undefined) return undefined;
    const key = keyOf(supports.map(({ sequences }) => sequences));
    const pieces = this.#pieces.get(key) ?? [];
    pieces.push({ piece, corners: corners.map(({ index }) => index) });
    this.#pieces.set(key, pieces);
    return corners;
  }

  /** An equilibrium with exact plans. */
  point(supports: readonly PlanSupport[], plans: ExactPlans): Corner {
    const played = supports.map(({ sequences }, player) =>
      sequences.flatMap((sequence, place) => {
        const probability = plans[player]?.[place] as Rational;
        return probability.sign === 0 ? [] : [[sequence, probability] as const];
      }),
    );
    const key = played
      .map((own) => own.map(([sequence, probability]) => `${sequence}:${probability}`).join())
      .join(';');
    const known = this.#known.get(key);
    if (known !== undefined) return { index: known, isNew: false, played };
    const index = this.#count++;
    this.#known.set(key, index);
    this.#exact.push({ index, played });
    return { index, isNew: true, played };
  }

  /** An equilibrium that is known in doubles only: it is isolated, and found once. */
  isolated(): number {
    return this.#count++;
  }

  /** The connected sets of equilibria, each by the indices of its corners. */
  components(): number[][] {
    const above = Array.from({ length: this.#count }, (_, index) => index);
    const root = (index: number): number => {
      let at = index;
      while (above[at] !== at) {
        above[at] = above[above[at] as number] as number;
        at = above[at] as number;
      }
      return at;
    };
    const join = (one: number, other: number): void => {
      above[Math.max(root(one), root(other))] = Math.min(root(one), root(other));
    };
    for (const pieces of this.#pieces.values()) {
      for (const { corners } of pieces) for (const corner of corners) join(corner, corners[0] as number);
    }
    // A corner of one piece may lie within another, whose supports are just what is played there.
    for (const { index, played } of this.#exact) {
      const key = keyOf(played.map((own) => own.map(([sequence]) => sequence)));
      for (const { piece, corners } of this.#pieces.get(key) ?? []) {
        const holds = piece.every((own, player) =>
          own.has((played[player] ?? []).map(([, probability]) => probability)),
        );
        if (holds) join(index, corners[0] as number);
      }
    }
    const sets = new Map<number, number[]>();
    for (let index = 0; index < this.#count; index++) {
      const set = sets.get(root(index));
      if (set === undefined) sets.set(root(index), [index]);
      else set.push(index);
    }
    return [...sets.values()];
  }
}

function keyOf(sequences: readonly (readonly number[])[]): string {
  return sequences.map((own) => own.join()).join(';');
}
