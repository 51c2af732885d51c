import { Rational } from '@mechane/numerics';
import type { Leaf, PlayerSequences, SequenceForm } from '../extensive-form/sequences.ts';
import type { NormalFormGame } from '../normal-form/game.ts';
import { sharesOf } from '../normal-form/payoff-shares.ts';
import { isMixed, oneMove, type PlanSupport, type SignedSequences } from './plan-support.ts';

/** Visits a coefficient: its place in a table by the others' places, the last player's running fastest, and the payoff by its index. */
type Visit = (at: number, sign: 1 | -1, index: number) => void;

/**
 * What plans earn against the others' plans. Only others who mix count as dimensions: what the rest do is settled. What no moves of somebody
 * lead to is what any first moves lead to.
 */
export abstract class MultilinearPayoffs {
  readonly players: readonly PlayerSequences[];
  /** Each player's payoffs between 0 and 1, by the index of {@link Visit}: moved and shrunk, which changes no comparison. */
  readonly #doubles: readonly Float64Array[];

  protected constructor(players: readonly PlayerSequences[], doubles: readonly Float64Array[]) {
    this.players = players;
    this.#doubles = doubles;
  }

  protected abstract visit(
    player: number,
    terms: SignedSequences,
    supports: readonly PlanSupport[],
    strides: readonly number[],
    coefficient: Visit,
  ): void;

  protected abstract rational(player: number, index: number): Rational;

  /** The coefficients in doubles, of payoffs between 0 and 1. */
  coefficients(player: number, terms: SignedSequences, supports: readonly PlanSupport[]): Float64Array {
    const { strides, size } = layoutOf(player, supports);
    const table = new Float64Array(size);
    const doubles = this.#doubles[player] as Float64Array;
    this.visit(player, terms, supports, strides, (at, sign, index) => {
      table[at] = (table[at] as number) + sign * (doubles[index] as number);
    });
    return table;
  }

  /** The coefficients exactly. */
  exactCoefficients(player: number, terms: SignedSequences, supports: readonly PlanSupport[]): Rational[] {
    const { strides, size } = layoutOf(player, supports);
    const table = new Array<Rational>(size).fill(Rational.zero);
    this.visit(player, terms, supports, strides, (at, sign, index) => {
      const payoff = this.rational(player, index);
      table[at] = (table[at] as Rational).plus(sign === 1 ? payoff : payoff.negated());
    });
    return table;
  }
}

/** The others who mix, and how far apart their neighbouring places are in a table of coefficients: 0 for those who do not. */
export function layoutOf(
  player: number,
  supports: readonly PlanSupport[],
): { readonly factors: readonly number[]; readonly strides: readonly number[]; readonly size: number } {
  const strides = supports.map(() => 0);
  const factors: number[] = [];
  let size = 1;
  for (let other = supports.length - 1; other >= 0; other--) {
    const support = supports[other] as PlanSupport;
    if (other === player || !isMixed(support)) continue;
    strides[other] = size;
    size *= support.sequences.length;
    factors.unshift(other);
  }
  return { factors, strides, size };
}

/** The payoffs of a table: strategy k is sequence k + 1. */
export class TablePayoffs extends MultilinearPayoffs {
  readonly #game: NormalFormGame;

  constructor(game: NormalFormGame) {
    super(
      game.shape.map(oneMove),
      game.shape.map((_, player) => sharesOf(game.given(player)).shares),
    );
    this.#game = game;
  }

  protected visit(
    player: number,
    terms: SignedSequences,
    supports: readonly PlanSupport[],
    strides: readonly number[],
    coefficient: Visit,
  ): void {
    const game = this.#game;
    const others = [...supports.keys()].filter((other) => other !== player);
    const go = (depth: number, at: number, index: number, sign: 1 | -1): void => {
      const other = others[depth];
      if (other === undefined) {
        coefficient(at, sign, index);
        return;
      }
      const { sequences } = supports[other] as PlanSupport;
      const [stride, step] = [strides[other] as number, game.strides[other] as number];
      for (let place = 0; place < sequences.length; place++) {
        go(depth + 1, at + place * stride, index + ((sequences[place] as number) - 1) * step, sign);
      }
    };
    for (const [sequence, sign] of terms) go(0, 0, (sequence - 1) * (game.strides[player] as number), sign);
  }

  protected rational(player: number, index: number): Rational {
    return this.#game.rationals(player)[index] as Rational;
  }
}

/** The payoffs of a tree, at its leaves. */
export class TreePayoffs extends MultilinearPayoffs {
  readonly #leaves: readonly Leaf[];
  /** For each player and sequence, the leaves that it ends in. */
  readonly #ending: readonly (readonly (readonly number[])[])[];
  /** Each player's payoffs times the probability of chance. */
  readonly #weighed: readonly (readonly Rational[])[];

  constructor({ players, leaves }: SequenceForm) {
    const payoffs = players.map((_, player) => leaves.map((leaf) => leaf.payoffs[player] as Rational));
    const chances = Float64Array.from(leaves, ({ probability }) => probability.toNumber());
    super(
      players,
      payoffs.map((own) => sharesOf(own).shares.map((payoff, leaf) => payoff * (chances[leaf] as number))),
    );
    this.#leaves = leaves;
    this.#weighed = payoffs.map((own) => own.map((payoff, leaf) => payoff.times((leaves[leaf] as Leaf).probability)));
    this.#ending = players.map(({ size }, player) => {
      const ending: number[][] = Array.from({ length: size }, () => []);
      leaves.forEach(({ sequences }, leaf) => {
        ending[sequences[player] as number]?.push(leaf);
      });
      return ending;
    });
  }

  protected visit(
    player: number,
    terms: SignedSequences,
    supports: readonly PlanSupport[],
    strides: readonly number[],
    coefficient: Visit,
  ): void {
    for (const [sequence, sign] of terms) {
      for (const leaf of (this.#ending[player] as readonly (readonly number[])[])[sequence] ?? []) {
        for (const at of this.#placesOf(leaf, player, supports, strides)) coefficient(at, sign, leaf);
      }
    }
  }

  /** Where in a table of coefficients a leaf counts. */
  #placesOf(
    leaf: number,
    player: number,
    supports: readonly PlanSupport[],
    strides: readonly number[],
  ): readonly number[] {
    const { sequences } = this.#leaves[leaf] as Leaf;
    let places = [0];
    for (const [other, support] of supports.entries()) {
      const sequence = sequences[other] as number;
      if (other === player) continue;
      if (sequence === 0) {
        if (!isMixed(support)) continue;
        const first = support.sets.find(({ parent }) => parent === -1);
        const stride = strides[other] as number;
        places = places.flatMap((at) => (first?.places ?? []).map((place) => at + place * stride));
        continue;
      }
      const place = support.placeOf[sequence] as number;
      if (place < 0) return [];
      const offset = place * (strides[other] as number);
      places = places.map((at) => at + offset);
    }
    return places;
  }

  protected rational(player: number, index: number): Rational {
    return this.#weighed[player]?.[index] as Rational;
  }
}
