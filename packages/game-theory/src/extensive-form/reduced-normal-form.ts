import { commonDenominator, Pace, type pause, Rational } from '@mechane/numerics';
import { tooLarge } from '../errors.ts';
import { NormalFormGame, stridesOf } from '../normal-form/game.ts';
import { type BehaviourProfile, type ExtensiveGame, totalPayoffs } from './extensive-game.ts';
import { forgottenMove, requirePerfectRecall } from './perfect-recall.ts';
import { type SequenceForm, sequenceForm } from './sequences.ts';

/** More strategies of one player, and more payoffs in all, are refused. */
const mostStrategies = 100_000;
const mostNumbers = 2 ** 22;

/**
 * The reduced normal form of a tree.
 *
 * @category Games in trees
 */
export interface ReducedNormalForm {
  readonly game: NormalFormGame;
  /** What each strategy of each player stands for: `plans[player][strategy][informationSet]`. */
  readonly plans: readonly (readonly Int32Array[])[];
}

/** An own move before a node. */
interface OwnStep {
  readonly set: number;
  readonly action: number;
  readonly before: OwnStep | undefined;
}

/**
 * Turns a tree into a table. Strategies that differ only where the player's own moves rule it out are one (Kuhn 1953); they are
 * called by their actions, `*` where it does not matter. Imperfect recall does no harm here: players mix whole strategies.
 *
 * @throws MechaneError `too-large`
 * @category Games in trees
 *
 * @example
 * ```ts
 * import { kuhnPoker, reducedNormalForm } from '@mechane/game-theory';
 *
 * const { game } = reducedNormalForm(kuhnPoker());
 * game.shape; // => [27, 64]
 * game.strategies[0]?.[0]; // => 'pass/pass/pass/pass/pass/pass'
 * ```
 */
export function reducedNormalForm(tree: ExtensiveGame): ReducedNormalForm {
  const steps = reducedNormalFormSteps(tree, new Pace({}));
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value as ReducedNormalForm;
  }
}

/** Turns a tree into a table step by step; `undefined` where the pace stopped it. */
export function* reducedNormalFormSteps(
  tree: ExtensiveGame,
  pace: Pace,
): Generator<typeof pause, ReducedNormalForm | undefined, void> {
  if (forgottenMove(tree) === undefined) {
    const shape = reducedShape(sequenceForm(tree));
    shape.forEach((count, player) => {
      if (count > mostStrategies) {
        throw tooLarge(`the number of strategies of ${tree.players[player]}`, count, mostStrategies);
      }
    });
    refuseLarge(shape);
  }
  const steps = ownSteps(tree);
  const plans: Int32Array[][] = [];
  for (const player of tree.players.keys()) {
    const own = yield* plansOf(tree, player, steps, pace);
    if (own === undefined) return undefined;
    plans.push(own);
  }
  const shape = plans.map((own) => own.length);
  refuseLarge(shape);
  const payoffs = yield* payoffsOf(tree, plans, steps, shape, pace);
  if (payoffs === undefined) return undefined;
  const strategies = plans.map((own, player) => own.map((plan) => nameOfPlan(tree, player, plan)));
  return { game: new NormalFormGame({ title: tree.title, players: tree.players, strategies, payoffs }), plans };
}

function refuseLarge(shape: readonly number[]): void {
  const numbers = shape.reduce((product, count) => product * count, shape.length);
  if (numbers > mostNumbers) throw tooLarge('the number of payoffs', numbers, mostNumbers);
}

/**
 * How many strategies each player has in the reduced normal form: with perfect recall they can be counted without listing them, as products over the
 * sets that follow a sequence.
 */
export function reducedShape({ players }: Pick<SequenceForm, 'players'>): readonly number[] {
  return players.map(({ size, sets, parent, first, actions }) => {
    const counts = new Float64Array(size).fill(1);
    for (let at = sets.length - 1; at >= 0; at--) {
      const start = first[at] as number;
      const below = counts.subarray(start, start + (actions[at] as number)).reduce((sum, count) => sum + count, 0);
      counts[parent[at] as number] = (counts[parent[at] as number] as number) * below;
    }
    return counts[0] as number;
  });
}

/** For each node and player, the player's last move before it, with those before. */
function ownSteps({ nodes, players }: ExtensiveGame): readonly (readonly (OwnStep | undefined)[])[] {
  const nothing: readonly (OwnStep | undefined)[] = players.map(() => undefined);
  const steps: (readonly (OwnStep | undefined)[])[] = [];
  for (const { parent, action } of nodes) {
    const above = nodes[parent];
    const before = steps[parent] ?? nothing;
    steps.push(
      above?.kind === 'decision'
        ? before.with(above.player, { set: above.informationSet, action, before: before[above.player] })
        : before,
    );
  }
  return steps;
}

/** Whether a plan makes these moves, as far as it can. */
function allows(plan: Int32Array, last: OwnStep | undefined): boolean {
  for (let step = last; step !== undefined; step = step.before) if (plan[step.set] !== step.action) return false;
  return true;
}

function* plansOf(
  { informationSets, nodes, players }: ExtensiveGame,
  player: number,
  steps: readonly (readonly (OwnStep | undefined)[])[],
  pace: Pace,
): Generator<typeof pause, Int32Array[] | undefined, void> {
  const sets = informationSets[player] ?? [];
  const order = [...sets.keys()].sort((a, b) => (sets[a]?.nodes[0] as number) - (sets[b]?.nodes[0] as number));
  const plans: Int32Array[] = [];
  const stack: Int32Array[] = [new Int32Array(sets.length).fill(-1)];
  for (let plan = stack.pop(); plan !== undefined; plan = stack.pop()) {
    if (!(yield* pace.goesOn(0))) return undefined;
    const partial = plan;
    const next = order.find(
      (set) => partial[set] === -1 && sets[set]?.nodes.some((node) => allows(partial, steps[node]?.[player])),
    );
    if (next === undefined) {
      plans.push(plan);
      if (plans.length > mostStrategies) {
        throw tooLarge(
          `the number of strategies of ${players[player]}, in a tree of ${nodes.length} nodes,`,
          plans.length,
          mostStrategies,
        );
      }
      continue;
    }
    for (let action = (sets[next]?.actions.length as number) - 1; action >= 0; action--)
      stack.push(plan.with(next, action));
  }
  return plans;
}

/** Adds each leaf's payoffs to the profiles that come to it. */
function* payoffsOf(
  tree: ExtensiveGame,
  plans: readonly (readonly Int32Array[])[],
  steps: readonly (readonly (OwnStep | undefined)[])[],
  shape: readonly number[],
  pace: Pace,
): Generator<typeof pause, Rational[][] | undefined, void> {
  const ends = weighedEnds(tree);
  const strides = stridesOf(shape);
  const profiles = shape.reduce((product, count) => product * count, 1);
  const sums = tree.players.map(
    (_, player) =>
      new WholeSums(
        profiles,
        ends.map(({ amounts }) => amounts[player] as Rational),
      ),
  );
  for (const [end, { index }] of ends.entries()) {
    let places = [0];
    for (const [player, own] of plans.entries()) {
      const stride = strides[player] as number;
      const fitting: number[] = [];
      for (const [strategy, plan] of own.entries()) {
        if (allows(plan, steps[index]?.[player])) fitting.push(strategy * stride);
      }
      const next: number[] = [];
      for (const place of places) {
        for (const offset of fitting) next.push(place + offset);
        if (!(yield* pace.goesOn(0))) return undefined;
      }
      places = next;
    }
    for (const sum of sums) {
      sum.add(end, places);
      if (!(yield* pace.goesOn(0))) return undefined;
    }
  }
  return sums.map((sum) => sum.rationals());
}

/** The nodes at which play may end, and what players get there times the chance of it. */
function weighedEnds(
  tree: ExtensiveGame,
): readonly { readonly index: number; readonly amounts: readonly Rational[] }[] {
  const totals = totalPayoffs(tree, Rational.zero);
  const chances: Rational[] = [];
  return tree.nodes.flatMap((node, index) => {
    const above = tree.nodes[node.parent];
    const before = chances[node.parent] ?? Rational.one;
    const chance = above?.kind === 'chance' ? before.times(above.probabilities[node.action] as Rational) : before;
    chances.push(chance);
    if (node.kind !== 'terminal' || chance.sign === 0) return [];
    return [{ index, amounts: (totals[index] as readonly Rational[]).map((amount) => chance.times(amount)) }];
  });
}

/** Sums of some amounts, exactly: in whole numbers of a common fraction, as doubles where no sum can leave what they hold exactly. */
class WholeSums {
  readonly #scale: bigint;
  readonly #amounts: readonly bigint[];
  readonly #doubles: Float64Array | undefined;
  readonly #large: bigint[] | undefined;

  constructor(count: number, amounts: readonly Rational[]) {
    this.#scale = commonDenominator(amounts);
    this.#amounts = amounts.map(({ numerator, denominator }) => numerator * (this.#scale / denominator));
    const most = this.#amounts.reduce((sum, amount) => sum + (amount < 0n ? -amount : amount), 0n);
    if (most <= BigInt(Number.MAX_SAFE_INTEGER)) this.#doubles = new Float64Array(count);
    else this.#large = new Array<bigint>(count).fill(0n);
  }

  /** Adds an amount in some places. */
  add(at: number, places: readonly number[]): void {
    const amount = this.#amounts[at] as bigint;
    const [doubles, large, double] = [this.#doubles, this.#large, Number(amount)];
    if (doubles !== undefined) for (const place of places) doubles[place] = (doubles[place] as number) + double;
    else if (large !== undefined) for (const place of places) large[place] = (large[place] as bigint) + amount;
  }

  /** The sums; those that are equal are one and the same. */
  rationals(): Rational[] {
    const known = new Map<number | bigint, Rational>();
    return Array.from<number | bigint, Rational>(this.#doubles ?? this.#large ?? [], (sum) => {
      const value = known.get(sum) ?? Rational.ratio(BigInt(sum), this.#scale);
      known.set(sum, value);
      return value;
    });
  }
}

function nameOfPlan({ informationSets }: ExtensiveGame, player: number, plan: Int32Array): string {
  const names = Array.from(plan, (action, set) =>
    action === -1 ? '*' : informationSets[player]?.[set]?.actions[action],
  );
  return names.length === 0 ? '*' : names.join('/');
}

/**
 * The behaviour strategies that play as a profile of mixed strategies of the reduced normal form does: with perfect recall there
 * always are such (Kuhn 1953), and for pure strategies in any case. In information sets that a mixed strategy does not come to, all actions are
 * as likely.
 *
 * @throws MechaneError `unsuitable-game` for a mixed strategy of a player who has imperfect recall, with the witness
 * @category Games in trees
 */
export function behaviourOfMixed(
  tree: ExtensiveGame,
  reduced: ReducedNormalForm,
  mixed: readonly (readonly Rational[])[],
): BehaviourProfile {
  if (mixed.some((own) => own.filter(({ sign }) => sign > 0).length > 1))
    requirePerfectRecall(tree, 'behaviour strategies');
  return behaviourOf(tree, reduced, mixed);
}

/** As {@link behaviourOfMixed}, of what is known to have behaviour strategies. */
export function behaviourOf(
  { informationSets }: ExtensiveGame,
  { plans }: ReducedNormalForm,
  mixed: readonly (readonly Rational[])[],
): BehaviourProfile {
  return informationSets.map((sets, player) => {
    const played = (mixed[player] as readonly Rational[]).flatMap((weight, strategy) =>
      weight.sign === 0 ? [] : [{ weight, plan: plans[player]?.[strategy] as Int32Array }],
    );
    return sets.map(({ actions }, set) => {
      const weights = actions.map(() => Rational.zero);
      for (const { weight, plan } of played) {
        const action = plan[set] as number;
        if (action !== -1) weights[action] = (weights[action] as Rational).plus(weight);
      }
      const total = weights.reduce((sum, weight) => sum.plus(weight), Rational.zero);
      const uniform = Rational.ratio(1n, BigInt(actions.length));
      return weights.map((weight) => (total.sign > 0 ? weight.over(total) : uniform));
    });
  });
}
