import { Rational } from '@mechane/numerics';
import { tooLarge } from '../errors.ts';
import { NormalFormGame, stridesOf } from '../normal-form/game.ts';
import { type BehaviourProfile, type ExtensiveGame, totalPayoffs } from './extensive-game.ts';
import { forgottenMove, requirePerfectRecall } from './perfect-recall.ts';
import { sequenceForm } from './sequences.ts';

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
  if (forgottenMove(tree) === undefined) refuseMany(tree);
  const steps = ownSteps(tree);
  const plans = tree.players.map((_, player) => plansOf(tree, player, steps));
  const shape = plans.map((own) => own.length);
  const profiles = shape.reduce((product, count) => product * count, 1);
  if (profiles * shape.length > mostNumbers)
    throw tooLarge('the number of payoffs', profiles * shape.length, mostNumbers);
  const payoffs = tree.players.map(() => new Array<Rational>(profiles).fill(Rational.zero));
  addLeaves(tree, plans, steps, stridesOf(shape), payoffs);
  const strategies = plans.map((own, player) => own.map((plan) => nameOfPlan(tree, player, plan)));
  return { game: new NormalFormGame({ title: tree.title, players: tree.players, strategies, payoffs }), plans };
}

/** With perfect recall, strategies can be counted without listing them: products over the sets that follow a sequence. */
function refuseMany(tree: ExtensiveGame): void {
  let profiles = 1;
  for (const [player, { size, sets, parent, first, actions }] of sequenceForm(tree).players.entries()) {
    const counts = new Float64Array(size).fill(1);
    for (let at = sets.length - 1; at >= 0; at--) {
      const start = first[at] as number;
      const below = counts.subarray(start, start + (actions[at] as number)).reduce((sum, count) => sum + count, 0);
      counts[parent[at] as number] = (counts[parent[at] as number] as number) * below;
    }
    const count = counts[0] as number;
    if (count > mostStrategies)
      throw tooLarge(`the number of strategies of ${tree.players[player]}`, count, mostStrategies);
    profiles *= count;
  }
  const numbers = profiles * tree.players.length;
  if (numbers > mostNumbers) throw tooLarge('the number of payoffs', numbers, mostNumbers);
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

function plansOf(
  { informationSets, nodes, players }: ExtensiveGame,
  player: number,
  steps: readonly (readonly (OwnStep | undefined)[])[],
): Int32Array[] {
  const sets = informationSets[player] ?? [];
  const order = [...sets.keys()].sort((a, b) => (sets[a]?.nodes[0] as number) - (sets[b]?.nodes[0] as number));
  const plans: Int32Array[] = [];
  const stack: Int32Array[] = [new Int32Array(sets.length).fill(-1)];
  for (let plan = stack.pop(); plan !== undefined; plan = stack.pop()) {
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
function addLeaves(
  tree: ExtensiveGame,
  plans: readonly (readonly Int32Array[])[],
  steps: readonly (readonly (OwnStep | undefined)[])[],
  strides: readonly number[],
  payoffs: readonly Rational[][],
): void {
  const totals = totalPayoffs(tree, Rational.zero);
  const chances: Rational[] = [];
  tree.nodes.forEach((node, index) => {
    const above = tree.nodes[node.parent];
    const before = chances[node.parent] ?? Rational.one;
    const probability = above?.kind === 'chance' ? before.times(above.probabilities[node.action] as Rational) : before;
    chances.push(probability);
    if (node.kind !== 'terminal' || probability.sign === 0) return;
    let places = [0];
    for (const [player, own] of plans.entries()) {
      const stride = strides[player] as number;
      const fitting = [...own.keys()].filter((strategy) => allows(own[strategy] as Int32Array, steps[index]?.[player]));
      places = places.flatMap((place) => fitting.map((strategy) => place + strategy * stride));
    }
    payoffs.forEach((table, player) => {
      const amount = probability.times(totals[index]?.[player] as Rational);
      for (const place of places) table[place] = (table[place] as Rational).plus(amount);
    });
  });
}

function nameOfPlan({ informationSets }: ExtensiveGame, player: number, plan: Int32Array): string {
  const names = Array.from(plan, (action, set) =>
    action === -1 ? '*' : informationSets[player]?.[set]?.actions[action],
  );
  return names.length === 0 ? '*' : names.join('/');
}

/**
 * The behaviour strategies that play as a profile of mixed strategies of the reduced normal form does: with perfect recall there
 * always are such (Kuhn 1953). In information sets that a mixed strategy does not come to, all actions are as likely.
 *
 * @throws MechaneError `unsuitable-game` when a player has imperfect recall, with the witness
 * @category Games in trees
 */
export function behaviourOfMixed(
  tree: ExtensiveGame,
  { plans }: ReducedNormalForm,
  mixed: readonly (readonly Rational[])[],
): BehaviourProfile {
  requirePerfectRecall(tree, 'behaviour strategies');
  return tree.informationSets.map((sets, player) =>
    sets.map(({ actions }, set) => {
      const weights = actions.map(() => Rational.zero);
      plans[player]?.forEach((plan, strategy) => {
        const action = plan[set] as number;
        if (action === -1) return;
        weights[action] = (weights[action] as Rational).plus(mixed[player]?.[strategy] ?? Rational.zero);
      });
      const total = weights.reduce((sum, weight) => sum.plus(weight), Rational.zero);
      const uniform = Rational.ratio(1n, BigInt(actions.length));
      return weights.map((weight) => (total.sign > 0 ? weight.over(total) : uniform));
    }),
  );
}
