import type { BehaviourProfile } from './extensive-game.ts';
import { bestResponseValue, type FlatSequenceForm, flattened, gradient } from './flat-sequence-form.ts';
import { levelled } from './levelled-form.ts';
import { behaviourOf, inDoubles, realizationOf } from './realization.ts';
import type { PlayerSequences, SequenceForm } from './sequences.ts';

/**
 * `cfr`: counterfactual regret minimisation (Zinkevich, Johanson, Bowling & Piccione 2007). `cfr+`: regrets never below zero, later
 * strategies weigh more (Tammelin 2014). `discounted`: old regrets fade, with α = 3/2, β = 0, γ = 2 (Brown & Sandholm 2019).
 *
 * @category Methods for trees
 */
export type RegretRule = 'cfr' | 'cfr+' | 'discounted';

/**
 * How good an average strategy is.
 *
 * @category Methods for trees
 */
export interface Exploitability<Value = number> {
  readonly payoffs: readonly Value[];
  /** For each player, what a best response would gain. */
  readonly gains: readonly Value[];
  /** The largest gain. */
  readonly regret: Value;
  /** The mean gain: with two players and payoffs that sum to a constant, what a best responder wins on average. */
  readonly exploitability: Value;
}

/**
 * Counterfactual regret minimisation on the sequence form. The counterfactual values of all of a player's actions are one
 * product of the sparse payoff matrix and the other's realization plan, and sums down the player's own tree of information
 * sets; averages are kept as realization plans, so none is ever normalised on the way. This gives, iteration by iteration, the
 * numbers of the recursion over the game tree, with players updating in turn.
 *
 * @category Methods for trees
 * @example
 * ```ts
 * import { kuhnPoker, RegretMinimization, sequenceForm } from '@mechane/game-theory';
 *
 * const minimization = new RegretMinimization(sequenceForm(kuhnPoker()), 'cfr');
 * minimization.run(10);
 * minimization.exploitability().exploitability.toFixed(6); // => '0.068699'
 * ```
 */
export class RegretMinimization {
  readonly #flat: FlatSequenceForm;
  readonly #levels: readonly number[];
  readonly #rule: RegretRule;
  readonly #players: readonly Learner[];
  readonly #realizations: readonly Float64Array[];
  #iterations = 0;

  constructor(form: SequenceForm, rule: RegretRule) {
    const { form: level, levels } = levelled(form);
    this.#flat = flattened(level);
    this.#levels = levels;
    this.#rule = rule;
    this.#players = form.players.map((sequences) => new Learner(sequences));
    this.#realizations = this.#players.map(({ realization }) => realization);
  }

  /** How many iterations have run. */
  get iterations(): number {
    return this.#iterations;
  }

  /** Runs some more iterations. */
  run(iterations: number): void {
    const { payoffs } = this.#flat;
    for (const last = this.#iterations + iterations; this.#iterations < last; ) {
      const round = ++this.#iterations;
      for (let player = 0; player < this.#players.length; player++) {
        const learner = this.#players[player] as Learner;
        gradient(payoffs[player] as (typeof payoffs)[number], player, this.#realizations, learner.worth);
        learner.update(this.#rule, round);
      }
    }
  }

  /** The average strategies: what converges to equilibrium where two play for a constant sum. */
  average(): BehaviourProfile<number> {
    return this.#players.map(({ sequences, total }) => behaviourOf(sequences, total, inDoubles));
  }

  /** How good the average strategies are, by true best responses. */
  exploitability(): Exploitability {
    const { players, payoffs } = this.#flat;
    // In sets that the average never came to it has no strategy, and `average` says uniform: so does this.
    const realizations = players.map((sequences, player) =>
      Float64Array.from(realizationOf(sequences, this.average()[player] as number[][], inDoubles)),
    );
    const worth = players.map(({ size }) => new Float64Array(size));
    const expected: number[] = [];
    const gains = players.map((sequences, player) => {
      const own = worth[player] as Float64Array;
      gradient(payoffs[player] as (typeof payoffs)[number], player, realizations, own);
      const value = own.reduce((sum, amount, at) => sum + amount * (realizations[player]?.[at] as number), 0);
      expected.push(value + (this.#levels[player] as number));
      return Math.max(0, bestResponseValue(sequences, own) - value);
    });
    return {
      payoffs: expected,
      gains,
      regret: Math.max(0, ...gains),
      exploitability: gains.reduce((sum, gain) => sum + gain, 0) / gains.length,
    };
  }
}

const discounting = { alpha: 1.5, beta: 0, gamma: 2 };

/** One player's regrets, current strategy and average. */
class Learner {
  readonly sequences: PlayerSequences;
  /** The gradient, and on the way back the values below it. */
  readonly worth: Float64Array;
  readonly realization: Float64Array;
  /** The sum of all realization plans so far, each with its weight. */
  readonly total: Float64Array;
  readonly #regrets: Float64Array;
  readonly #strategy: Float64Array;

  constructor(sequences: PlayerSequences) {
    const { size, parent, first, actions } = sequences;
    this.sequences = sequences;
    this.worth = new Float64Array(size);
    this.total = new Float64Array(size);
    this.#regrets = new Float64Array(size);
    this.#strategy = new Float64Array(size).fill(1);
    this.realization = new Float64Array(size).fill(1);
    for (let set = 0; set < parent.length; set++) {
      const start = first[set] as number;
      this.#strategy.fill(1 / (actions[set] as number), start, start + (actions[set] as number));
    }
    this.#extend();
  }

  update(rule: RegretRule, round: number): void {
    this.#accumulate(rule === 'cfr' ? 1 : rule === 'cfr+' ? round : round ** discounting.gamma);
    if (rule === 'discounted') this.#discount(round - 1);
    this.#regret(rule === 'cfr+' ? 0 : Number.NEGATIVE_INFINITY);
    this.#extend();
  }

  #accumulate(weight: number): void {
    const { total, realization } = this;
    for (let sequence = 0; sequence < total.length; sequence++) {
      total[sequence] = (total[sequence] as number) + weight * (realization[sequence] as number);
    }
  }

  /** Regrets of the rounds before fade: positive ones by t^α/(t^α + 1), negative ones by t^β/(t^β + 1). */
  #discount(round: number): void {
    if (round === 0) return;
    const [positive, negative] = [round ** discounting.alpha, round ** discounting.beta].map(
      (power) => power / (power + 1),
    );
    const regrets = this.#regrets;
    for (let sequence = 0; sequence < regrets.length; sequence++) {
      const regret = regrets[sequence] as number;
      regrets[sequence] = regret * ((regret > 0 ? positive : negative) as number);
    }
  }

  /** Back through the information sets: values, regrets no less than `least`, and by regret matching the next strategy. */
  #regret(least: number): void {
    const { worth } = this;
    const { parent, first, actions } = this.sequences;
    const regrets = this.#regrets;
    const strategy = this.#strategy;
    for (let set = parent.length - 1; set >= 0; set--) {
      const start = first[set] as number;
      const end = start + (actions[set] as number);
      let value = 0;
      for (let at = start; at < end; at++) value += (strategy[at] as number) * (worth[at] as number);
      const before = parent[set] as number;
      worth[before] = (worth[before] as number) + value;
      let positive = 0;
      for (let at = start; at < end; at++) {
        let regret = (regrets[at] as number) + (worth[at] as number) - value;
        if (regret < least) regret = least;
        regrets[at] = regret;
        if (regret > 0) positive += regret;
      }
      if (positive > 0) {
        const scale = 1 / positive;
        for (let at = start; at < end; at++) {
          const regret = regrets[at] as number;
          strategy[at] = regret > 0 ? regret * scale : 0;
        }
      } else strategy.fill(1 / (end - start), start, end);
    }
  }

  /** Forward through the information sets: the realization plan of the strategy. */
  #extend(): void {
    const { parent, first, actions } = this.sequences;
    const { realization } = this;
    const strategy = this.#strategy;
    for (let set = 0; set < parent.length; set++) {
      const before = realization[parent[set] as number] as number;
      const end = (first[set] as number) + (actions[set] as number);
      for (let at = first[set] as number; at < end; at++) realization[at] = before * (strategy[at] as number);
    }
  }
}
