import type { Rational } from '@mechane/numerics';
import { offsetsOf, type PayoffMap, type PayoffScale } from '../many-players/payoff-map.ts';
import { sharesOf } from '../normal-form/payoff-shares.ts';
import type { BehaviourProfile } from './extensive-game.ts';
import type { SequenceForm } from './sequences.ts';

/** A leaf as players see it: the actions on the way, each player's own in order, numbered through; and the payoffs times the chance of coming here. */
interface Play {
  readonly actions: readonly (readonly number[])[];
  readonly payoffs: readonly number[];
}

/**
 * What actions are worth against behaviour strategies: counted as often as the others and chance let play come there, as if the player itself did
 * all to come there (Zinkevich et al. 2007). Whoever takes the best actions everywhere by these values plays a best response. Information sets stand
 * for players, since each has its own mixture; actions of all of them are numbered through.
 */
export class CounterfactualMap implements PayoffMap {
  readonly shape: readonly number[];
  readonly offsets: readonly number[];
  readonly size: number;
  readonly isAffine = false;
  readonly scale: PayoffScale;
  /** For each player and information set, where its actions begin. */
  readonly #firsts: readonly (readonly number[])[];
  readonly #plays: readonly Play[];

  constructor({ game, players, leaves }: SequenceForm) {
    const { informationSets } = game;
    this.shape = informationSets.flat().map(({ actions }) => actions.length);
    this.offsets = offsetsOf(this.shape);
    this.size = this.offsets.at(-1) as number;
    let set = 0;
    this.#firsts = informationSets.map((sets) => sets.map(() => this.offsets[set++] as number));
    const shares = players.map((_, player) => sharesOf(leaves.map(({ payoffs }) => payoffs[player] as Rational)));
    this.scale = informationSets.flatMap((sets, player) => sets.map(() => shares[player] as PayoffScale[number]));
    // Each sequence's own actions, from the first to the last.
    const actionsOf = players.map(({ size, sets, parent, first, actions }, player) => {
      const ways: (readonly number[])[] = new Array(size).fill([]);
      for (let at = 0; at < sets.length; at++) {
        const start = this.#firsts[player]?.[sets[at] as number] as number;
        for (let action = 0; action < (actions[at] as number); action++) {
          ways[(first[at] as number) + action] = [...(ways[parent[at] as number] as number[]), start + action];
        }
      }
      return ways;
    });
    this.#plays = leaves.map(({ sequences, probability }, leaf) => ({
      actions: sequences.map((sequence, player) => actionsOf[player]?.[sequence] as readonly number[]),
      payoffs: shares.map((own) => probability.toNumber() * (own.shares[leaf] as number)),
    }));
  }

  evaluate(weights: Float64Array, values: Float64Array, slopes?: Float64Array): void {
    const { size } = this;
    values.fill(0);
    slopes?.fill(0);
    for (const { actions, payoffs } of this.#plays) {
      for (let player = 0; player < actions.length; player++) {
        const own = actions[player] as readonly number[];
        if (own.length === 0) continue;
        const others: number[] = [];
        let share = payoffs[player] as number;
        for (let other = 0; other < actions.length; other++) {
          if (other === player) continue;
          for (const action of actions[other] as readonly number[]) {
            others.push(action);
            share *= weights[action] as number;
          }
        }
        // From the last of its own actions back: what comes after counts as often as the player goes on to it.
        let after = share;
        for (let at = own.length - 1; at >= 0; at--) {
          const action = own[at] as number;
          values[action] = (values[action] as number) + after;
          if (slopes !== undefined) {
            const following = [...others, ...own.slice(at + 1)];
            for (const by of following) {
              let slope = payoffs[player] as number;
              for (const factor of following) if (factor !== by) slope *= weights[factor] as number;
              const place = action * size + by;
              slopes[place] = (slopes[place] as number) + slope;
            }
          }
          after *= weights[action] as number;
        }
      }
    }
  }

  /** Weights of all actions as behaviour strategies. */
  profileOf(weights: Float64Array): BehaviourProfile<number> {
    let set = 0;
    return this.#firsts.map((sets) =>
      sets.map(() => [...weights.subarray(this.offsets[set] as number, this.offsets[++set] as number)]),
    );
  }
}
