import { commonDenominator, type Pace, type pause, Rational } from '@mechane/numerics';
import type { ComplementarySystem, PathEnd } from './complementary-path.ts';
import type { BehaviourProfile } from './extensive-game.ts';
import { exactly, realizationOf } from './realization.ts';
import type { PlayerSequences, SequenceForm } from './sequences.ts';

/** A player's payoffs in whole numbers: `rows[own][k]` is a pair of the other's sequence and the payoff. */
type WholePayoffs = readonly (readonly (readonly [other: number, amount: bigint])[])[];

/** A linear form in the nonbasic variables, the parameter and 1, by column. */
type Form = bigint[];

/**
 * The start of the path of von Stengel, van den Elzen & Talman (2002): both players believe that the other plays by the prior, and
 * answer it by a pure best response; the parameter is the weight of what is really played. Realization plans are the pairs'
 * variables, and their complements what an action falls short of the best. The free dual variables are eliminated by hand: below a
 * pure strategy they are sums down the tree. `undefined` where the pace stopped it.
 */
export function* pathSystem(
  form: SequenceForm,
  prior: BehaviourProfile,
  pace: Pace,
): Generator<typeof pause, (ComplementarySystem & { readonly chosen: readonly boolean[] }) | undefined, void> {
  const players = pairOfPlayers(form);
  const realizations = players.map((own, player) => realizationOf(own, prior[player] ?? [], exactly));
  const scales = realizations.map((realization) => commonDenominator(realization));
  const [first, second] = players as [PlayerSequences, PlayerSequences];
  const pairs = first.size + second.size;
  const offsets = [0, first.size];
  const parameter = pairs;
  const one = pairs + 1;
  const blank = (): Form => new Array<bigint>(pairs + 2).fill(0n);

  const payoffs = players.map((_, player) => wholePayoffs(form, player, scales[1 - player] as bigint));
  const wholePriors = realizations.map((realization, player) =>
    realization.map((share) => share.times(Rational.of(scales[player] as bigint)).numerator),
  );
  const chosen = players.map((own, player) =>
    pureBestResponse(own, againstPrior(payoffs[player] as WholePayoffs, wholePriors[1 - player] as bigint[])),
  );

  // Realizations of chosen sequences, by the nonbasic ones: what others at the set leave of the parent's.
  const plans: Form[][] = [];
  for (const [player, own] of players.entries()) {
    const offset = offsets[player] as number;
    const plan = Array.from({ length: own.size }, (_, sequence) => {
      const line = blank();
      line[sequence === 0 ? parameter : offset + sequence] = 1n;
      return line;
    });
    for (let set = 0; set < own.sets.length; set++) {
      const start = own.first[set] as number;
      const end = start + (own.actions[set] as number);
      const best = bestIn(chosen[player] as boolean[], start, end);
      const line = (plan[own.parent[set] as number] as Form).slice();
      for (let other = start; other < end; other++) if (other !== best) subtract(line, plan[other] as Form);
      plan[best] = line;
      if (!(yield* pace.goesOn(0))) return undefined;
    }
    plans.push(plan);
  }

  const forms: { readonly pair: number; readonly line: Form }[] = [];
  for (const [player, own] of players.entries()) {
    const offset = offsets[player] as number;
    const isChosen = chosen[player] as boolean[];
    const worth: Form[] = [];
    for (const row of payoffs[player] as WholePayoffs) {
      const priors = wholePriors[1 - player] as bigint[];
      worth.push(worthOfRow(row, plans[1 - player] as Form[], scales[1 - player] as bigint, priors, blank()));
      if (!(yield* pace.goesOn(0))) return undefined;
    }
    // From the last set back: the dual of a set is what its chosen action comes to, and its slack.
    for (let set = own.sets.length - 1; set >= 0; set--) {
      const start = own.first[set] as number;
      const end = start + (own.actions[set] as number);
      const best = bestIn(isChosen, start, end);
      const dual = worth[best] as Form;
      dual[offset + best] = (dual[offset + best] as bigint) + 1n;
      for (let other = start; other < end; other++) {
        if (other === best) continue;
        const slack = dual.slice();
        subtract(slack, worth[other] as Form);
        forms.push({ pair: offset + other, line: slack });
      }
      add(worth[own.parent[set] as number] as Form, dual);
      if (!(yield* pace.goesOn(0))) return undefined;
    }
    for (let sequence = 0; sequence < own.size; sequence++) {
      if (isChosen[sequence]) forms.push({ pair: offset + sequence, line: plans[player]?.[sequence] as Form });
    }
  }
  const complement = blank();
  complement[parameter] = -1n;
  complement[one] = 1n;
  const lines = [...forms.map(({ line }) => line), complement];
  return {
    table: lines.map((line) => line.slice(0, one).map((coefficient) => -coefficient)),
    right: lines.map((line) => line[one] as bigint),
    pairs: forms.map(({ pair }) => pair),
    chosen: chosen.flat(),
  };
}

/** The players' realization plans at the end of the path; `undefined` where the pace stopped it. */
export function* plansAt(
  form: SequenceForm,
  { denominator, enteredValues, startedValues }: PathEnd,
  chosen: readonly boolean[],
  pace: Pace,
): Generator<typeof pause, Rational[][] | undefined, void> {
  let at = 0;
  const plans: Rational[][] = [];
  for (const { size } of form.players) {
    const plan: Rational[] = [];
    for (let sequence = 0; sequence < size; sequence++, at++) {
      // A chosen sequence started as the basic member of its pair, another one as the nonbasic member.
      plan.push(Rational.ratio((chosen[at] ? startedValues : enteredValues)[at] as bigint, denominator));
      if (!(yield* pace.goesOn(0))) return undefined;
    }
    plans.push(plan);
  }
  return plans;
}

/** Who is missing has nothing to do. */
function pairOfPlayers({ players }: SequenceForm): readonly PlayerSequences[] {
  const none = new Int32Array(0);
  const idle: PlayerSequences = { size: 1, sets: none, parent: none, first: none, actions: none };
  return [...players, idle, idle].slice(0, 2);
}

/** Payoffs times the probabilities of chance, multiplied until they and their products with the prior are whole. */
function wholePayoffs({ players, leaves }: SequenceForm, player: number, priorScale: bigint): WholePayoffs {
  const sums = Array.from({ length: players[player]?.size ?? 1 }, () => new Map<number, Rational>());
  for (const { sequences, probability, payoffs } of leaves) {
    const row = sums[sequences[player] ?? 0] as Map<number, Rational>;
    const column = sequences[1 - player] ?? 0;
    const amount = probability.times(payoffs[player] ?? Rational.zero);
    row.set(column, (row.get(column) ?? Rational.zero).plus(amount));
  }
  const scale = Rational.of(commonDenominator(sums.flatMap((row) => [...row.values()])) * priorScale);
  return sums.map((row) => Array.from(row, ([column, amount]) => [column, amount.times(scale).numerator] as const));
}

function againstPrior(payoffs: WholePayoffs, prior: readonly bigint[]): bigint[] {
  return payoffs.map((row) => row.reduce((sum, [other, amount]) => sum + amount * (prior[other] as bigint), 0n));
}

/** For each sequence, whether its last move is the best response in its set: the first one of several. Changes `worth`. */
function pureBestResponse(own: PlayerSequences, worth: bigint[]): boolean[] {
  const chosen = new Array<boolean>(own.size).fill(false);
  chosen[0] = true;
  for (let set = own.sets.length - 1; set >= 0; set--) {
    const start = own.first[set] as number;
    let best = start;
    for (let other = start + 1; other < start + (own.actions[set] as number); other++) {
      if ((worth[other] as bigint) > (worth[best] as bigint)) best = other;
    }
    chosen[best] = true;
    const parent = own.parent[set] as number;
    worth[parent] = (worth[parent] as bigint) + (worth[best] as bigint);
  }
  return chosen;
}

/** What a sequence earns where it ends the game, against the other's plan, and the prior by the weight that is left: added to a line of zeros. */
function worthOfRow(
  row: WholePayoffs[number],
  others: readonly Form[],
  priorScale: bigint,
  prior: readonly bigint[],
  line: Form,
): Form {
  const one = line.length - 1;
  const parameter = one - 1;
  for (const [other, amount] of row) {
    const form = others[other] as Form;
    for (let at = 0; at < form.length; at++) {
      if (form[at] !== 0n) line[at] = (line[at] as bigint) + amount * (form[at] as bigint);
    }
    const believed = (amount * (prior[other] as bigint)) / priorScale;
    line[one] = (line[one] as bigint) + believed;
    line[parameter] = (line[parameter] as bigint) - believed;
  }
  return line;
}

function bestIn(chosen: readonly boolean[], start: number, end: number): number {
  let best = start;
  while (best < end - 1 && !chosen[best]) best++;
  return best;
}

function subtract(line: Form, other: Form): void {
  for (let at = 0; at < line.length; at++)
    if (other[at] !== 0n) line[at] = (line[at] as bigint) - (other[at] as bigint);
}

function add(line: Form, other: Form): void {
  for (let at = 0; at < line.length; at++)
    if (other[at] !== 0n) line[at] = (line[at] as bigint) + (other[at] as bigint);
}
