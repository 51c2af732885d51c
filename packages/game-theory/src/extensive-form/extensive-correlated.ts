import { type ExactRow, exactSteps, maximum, Rational, type SearchOptions, sum } from '@mechane/numerics';
import { tooLarge } from '../errors.ts';
import type { CorrelatedEquilibrium, CorrelatedObjective } from '../normal-form/correlated.ts';
import type { NormalFormGame } from '../normal-form/game.ts';
import { type Ending, Search } from '../search.ts';
import type { ExtensiveGame } from './extensive-game.ts';
import { type ReducedNormalForm, reducedNormalFormSteps, reducedShape } from './reduced-normal-form.ts';
import { type PlayerSequences, type SequenceForm, sequenceForm } from './sequences.ts';

/** @category Methods for trees */
export interface ExtensiveCorrelatedOptions extends SearchOptions {
  /** `welfare` unless told. */
  readonly objective?: CorrelatedObjective;
}

/** The strategies of the reduced normal form, in which the distributions are told; none where the search was stopped before. */
export interface Strategies {
  readonly strategies: NormalFormGame['strategies'];
}

/** The most numbers in the linear program. */
const mostEntries = 1_000_000;

/** A number for each profile: what it adds to some sum when it is drawn. */
type ByProfile = readonly Rational[];

/** A move that is recommended, and what comes of not making it. */
interface Trigger {
  /** What following brings from here on. */
  readonly following: ByProfile;
  /** The sets that a deviating player may come to, each after those before it; the first is where it deviates. */
  readonly sets: readonly DeviationSet[];
}

interface DeviationSet {
  readonly moves: readonly {
    /** What the move brings where it ends the game. */
    readonly worth: ByProfile;
    /** Places in `sets` of the sets that follow it. */
    readonly next: readonly number[];
  }[];
}

/**
 * The extensive-form correlated equilibrium that is best by an objective (von Stengel & Forges 2008): a mediator draws a profile and tells
 * each player its move where it comes to an information set; who disobeys is told nothing more. One linear program in rationals
 * over the profiles of the reduced normal form, so for small games, with any number of players and with chance.
 *
 * @throws MechaneError `unsuitable-game` when a player has imperfect recall, with the witness; `too-large`
 * @category Methods for trees
 *
 * @example
 * ```ts
 * import { extensiveCorrelated, strippedDownPoker } from '@mechane/game-theory';
 *
 * // Where two play for nothing but each other's loss, a mediator is of no use.
 * const { results } = extensiveCorrelated(strippedDownPoker(), { objective: { player: 1 } }).now();
 * results[0]?.payoffs.map(String); // => ['1/3', '-1/3']
 * ```
 */
export function extensiveCorrelated(
  tree: ExtensiveGame,
  { objective = 'welfare', ...options }: ExtensiveCorrelatedOptions = {},
): Search<CorrelatedEquilibrium, Strategies> {
  const form = sequenceForm(tree, 'extensive-form-correlated');
  const variables = countVariables(form);
  const profiles = reducedShape(form).reduce((product, count) => product * count, 1);
  const entries = variables * (profiles + variables);
  if (entries > mostEntries) throw tooLarge('the number of entries of the linear program', entries, mostEntries);
  return new Search(function* (pace) {
    const stopped = (): Ending<Strategies> => ({ complete: false, reason: pace.stopped as string, strategies: [] });
    const reduced = yield* reducedNormalFormSteps(tree, pace);
    if (reduced === undefined) return stopped();
    const { game } = reduced;
    const { strategies } = game;
    const triggers: Trigger[] = [];
    for (const trigger of triggersOf(form, reduced)) {
      triggers.push(trigger);
      if (!(yield* pace.goesOn(0))) return { ...stopped(), strategies };
    }
    const solution = yield* exactSteps(programOf(game, triggers, objective), pace);
    if (solution.status !== 'optimal') return { ...stopped(), strategies };
    const weights = solution.primal.slice(0, game.profiles);
    const distribution = weights.flatMap((probability, index) =>
      probability.sign === 0 ? [] : [{ profile: game.profileAt(index), probability }],
    );
    const payoffs = game.players.map((_, player) => expected(game.rationals(player), weights));
    yield { distribution, payoffs, regret: regretOf(triggers, weights) };
    const reason = 'one equilibrium that is best by the objective is shown; there may be others';
    return { complete: false, reason, strategies };
  }, options);
}

/** At most so many free variables, and about as many rows: a set for each move that may have been recommended. */
function countVariables({ players }: SequenceForm): number {
  return players.reduce((total, { actions }) => {
    const moves = actions.reduce((count, own) => count + own, 0);
    return total + moves * actions.length;
  }, 0);
}

function* triggersOf(form: SequenceForm, reduced: ReducedNormalForm): Generator<Trigger, void, void> {
  for (const [player, own] of form.players.entries()) {
    for (const [set, count] of own.actions.entries()) {
      if (count === 1) continue;
      for (let action = 0; action < count; action++) yield triggerOf(form, reduced, player, set, action);
    }
  }
}

function triggerOf(
  form: SequenceForm,
  { game, plans }: ReducedNormalForm,
  player: number,
  set: number,
  action: number,
): Trigger {
  const own = form.players[player] as PlayerSequences;
  const recommended = (own.first[set] as number) + action;
  const setInGame = own.sets[set] as number;
  const isTold = (plan: Int32Array): boolean => plan[setInGame] === action;
  const blank = (): Rational[] => new Array<Rational>(game.profiles).fill(Rational.zero);

  // The sets after another move here.
  const places = new Map([[set, 0]]);
  const order = [set];
  const after = new Map<number, number>();
  for (let other = 0; other < (own.actions[set] as number); other++) {
    if (other !== action) after.set((own.first[set] as number) + other, 0);
  }
  for (let later = set + 1; later < own.sets.length; later++) {
    if (!after.has(own.parent[later] as number)) continue;
    places.set(later, order.push(later) - 1);
    for (let other = 0; other < (own.actions[later] as number); other++) {
      after.set((own.first[later] as number) + other, places.get(later) as number);
    }
  }

  const following = blank();
  const worth = new Map<number, Rational[]>([...after.keys()].map((sequence) => [sequence, blank()]));
  for (const { sequences, probability, payoffs } of form.leaves) {
    const last = sequences[player] as number;
    const into = comesAfter(own, last, recommended) ? following : worth.get(last);
    if (into === undefined) continue;
    const amount = probability.times(payoffs[player] as Rational);
    let profiles = [0];
    for (const [who, theirs] of plans.entries()) {
      const fits = (plan: Int32Array): boolean => {
        if (who !== player) return allows(form.players[who] as PlayerSequences, plan, sequences[who] as number);
        return isTold(plan) && (into !== following || allows(own, plan, last));
      };
      const stride = game.strides[who] as number;
      const fitting = [...theirs.keys()].filter((strategy) => fits(theirs[strategy] as Int32Array));
      profiles = profiles.flatMap((profile) => fitting.map((strategy) => profile + strategy * stride));
    }
    for (const profile of profiles) into[profile] = (into[profile] as Rational).plus(amount);
  }
  return {
    following,
    sets: order.map((at) => ({
      moves: Array.from({ length: own.actions[at] as number }, (_, move) => (own.first[at] as number) + move)
        .filter((sequence) => sequence !== recommended)
        .map((sequence) => ({
          worth: worth.get(sequence) as Rational[],
          next: order.flatMap((later, place) => (place > 0 && own.parent[later] === sequence ? [place] : [])),
        })),
    })),
  };
}

/** Whether a sequence is another one or extends it. */
function comesAfter(own: PlayerSequences, sequence: number, other: number): boolean {
  for (let at = sequence; at >= other; at = before(own, at)) if (at === other) return true;
  return false;
}

/** Whether a plan makes the moves of a sequence. */
function allows(own: PlayerSequences, plan: Int32Array, sequence: number): boolean {
  for (let at = sequence; at > 0; ) {
    const set = setOf(own, at);
    if (plan[own.sets[set] as number] !== at - (own.first[set] as number)) return false;
    at = own.parent[set] as number;
  }
  return true;
}

function before(own: PlayerSequences, sequence: number): number {
  return own.parent[setOf(own, sequence)] as number;
}

/** The set of a sequence's last move: sequences are numbered set by set. */
function setOf({ first }: PlayerSequences, sequence: number): number {
  return first.findLastIndex((start) => start <= sequence);
}

function programOf(game: NormalFormGame, triggers: readonly Trigger[], objective: CorrelatedObjective) {
  const { profiles, players } = game;
  const fair = objective === 'fairness';
  const deviations = triggers.reduce((total, { sets }) => total + sets.length, 0);
  const columns = profiles + deviations + (fair ? 1 : 0);
  const row = (byProfile: ByProfile, free: readonly (readonly [column: number, sign: Rational])[]): ExactRow => {
    const coefficients = [...byProfile, ...new Array<Rational>(columns - profiles).fill(Rational.zero)];
    for (const [column, sign] of free) coefficients[column] = sign;
    return { coefficients, relation: '>=', bound: Rational.zero };
  };
  const minusOne = Rational.one.negated();
  const ones = row(new Array<Rational>(profiles).fill(Rational.one), []).coefficients;
  const rows: ExactRow[] = [{ coefficients: ones, relation: '=', bound: Rational.one }];
  let first = profiles;
  for (const { following, sets } of triggers) {
    rows.push(row(following, [[first, minusOne]]));
    for (const [place, { moves }] of sets.entries()) {
      for (const { worth, next } of moves) {
        const later = next.map((other) => [first + other, minusOne] as const);
        rows.push(
          row(
            worth.map((amount) => amount.negated()),
            [[first + place, Rational.one], ...later],
          ),
        );
      }
    }
    first += sets.length;
  }
  const free = Array.from({ length: columns - profiles }, (_, at) => profiles + at);
  const aim = new Array<Rational>(columns).fill(Rational.zero);
  if (fair) {
    for (const player of players.keys()) rows.push(row(game.rationals(player), [[columns - 1, minusOne]]));
    aim[columns - 1] = Rational.one;
  } else {
    const aimed = objective === 'welfare' ? [...players.keys()] : [objective.player];
    for (let at = 0; at < profiles; at++) aim[at] = sum(aimed.map((player) => game.rationals(player)[at] as Rational));
  }
  return { objective: aim, rows, free };
}

function expected(values: ByProfile, weights: readonly Rational[]): Rational {
  let total = Rational.zero;
  weights.forEach((weight, at) => {
    if (weight.sign !== 0) total = total.plus(weight.times(values[at] as Rational));
  });
  return total;
}

/** The most that a player gains by not making the move it is told, and doing the best from there. */
function regretOf(triggers: readonly Trigger[], weights: readonly Rational[]): Rational {
  const gains = triggers.map(({ following, sets }) => {
    const best: Rational[] = [];
    for (let place = sets.length - 1; place >= 0; place--) {
      const values = (sets[place] as DeviationSet).moves.map(({ worth, next }) =>
        next.reduce((total, later) => total.plus(best[later] as Rational), expected(worth, weights)),
      );
      best[place] = maximum(values);
    }
    return (best[0] as Rational).minus(expected(following, weights));
  });
  return maximum([Rational.zero, ...gains]);
}
