import type { Pace, pause, Rational, SearchOptions } from '@mechane/numerics';
import { unsuitableGame } from '../errors.ts';
import { firstOf } from '../first-of.ts';
import { Search } from '../search.ts';
import type { BehaviourEquilibrium } from './behaviour-equilibrium.ts';
import { choosersIn } from './choosers.ts';
import { evaluationSteps } from './evaluate.ts';
import type { BehaviourProfile, ExtensiveGame, TreeNode } from './extensive-game.ts';
import { exactly } from './realization.ts';
import { sequenceFormPaths } from './sequence-form.ts';
import { sequenceForm } from './sequences.ts';
import { expected, partOf, restricted } from './subgame-part.ts';

/**
 * The nodes at which subgames begin: nodes that stand alone in their information set and whose successors share theirs with no other
 * nodes. The root of the game is one of them.
 *
 * @returns indices of nodes, in the order of the tree
 * @category Games in trees
 *
 * @example
 * ```ts
 * import { kuhnPoker, subgames } from '@mechane/game-theory';
 *
 * subgames(kuhnPoker()); // => [0]
 * ```
 */
export function subgames(game: ExtensiveGame): number[] {
  const { nodes, informationSets } = game;
  const ends = endsOfSubtrees(nodes);
  // Over a subtree, the first and the last node of all information sets that it meets.
  const first = Int32Array.from(nodes.keys());
  const last = Int32Array.from(nodes.keys());
  const begins: number[] = [];
  for (let index = nodes.length - 1; index >= 0; index--) {
    const node = nodes[index] as TreeNode;
    let alone = true;
    if (node.kind === 'decision') {
      const mates = informationSets[node.player]?.[node.informationSet]?.nodes as readonly number[];
      first[index] = Math.min(first[index] as number, mates[0] as number);
      last[index] = Math.max(last[index] as number, mates.at(-1) as number);
      alone = mates.length === 1;
    }
    const closed = (first[index] as number) >= index && (last[index] as number) < (ends[index] as number);
    if (closed && alone && node.kind !== 'terminal') begins.push(index);
    if (index === 0) break;
    first[node.parent] = Math.min(first[node.parent] as number, first[index] as number);
    last[node.parent] = Math.max(last[node.parent] as number, last[index] as number);
  }
  return begins.reverse();
}

/** For each node, the index after its last successor. */
function endsOfSubtrees(nodes: readonly TreeNode[]): Int32Array {
  const ends = new Int32Array(nodes.length);
  for (let index = nodes.length - 1; index >= 0; index--) {
    ends[index] = Math.max(ends[index] as number, index + 1);
    const { parent } = nodes[index] as TreeNode;
    if (parent !== -1) ends[parent] = Math.max(ends[parent] as number, ends[index] as number);
  }
  return ends;
}

/**
 * A subgame-perfect equilibrium, exactly: subgames are solved from the last to the first, each with those inside it replaced by what
 * they are worth. Steps of the budget are pivots.
 *
 * @throws MechaneError `unsuitable-game` when more than two players have something to choose in one subgame, or one has imperfect recall
 * @category Games in trees
 *
 * @example
 * ```ts
 * import { ends, extensiveGame, move, subgamePerfect } from '@mechane/game-theory';
 *
 * const entry = move('owner', 'answer', [['fight', ends(-1, -1)], ['share', ends(1, 1)]]);
 * const game = extensiveGame({ players: ['entrant', 'owner'], root: move('entrant', '', [['out', ends(0, 2)], ['in', entry]]) });
 * const [equilibrium] = subgamePerfect(game).now().results;
 * equilibrium?.profile.map(String); // => ['0,1', '0,1']
 * ```
 */
export function subgamePerfect(game: ExtensiveGame, options: SearchOptions = {}): Search<BehaviourEquilibrium> {
  const form = sequenceForm(game, 'subgame-perfect');
  return new Search(function* (pace) {
    const profile = yield* solveSubgames(game, pace);
    if (profile === undefined) return { complete: false, reason: pace.stopped as string };
    const evaluation = yield* evaluationSteps(form, profile, exactly, pace);
    if (evaluation === undefined) return { complete: false, reason: pace.stopped as string };
    yield { profile, payoffs: evaluation.payoffs, regret: evaluation.regret };
    return { complete: false, reason: 'one equilibrium of each subgame is looked for; there may be others' };
  }, options);
}

type Walk = Generator<typeof pause, BehaviourProfile | undefined, void>;

function* solveSubgames(game: ExtensiveGame, pace: Pace): Walk {
  const profile: Rational[][][] = game.informationSets.map((sets) => sets.map(() => []));
  const worth = new Map<number, readonly Rational[]>();
  for (const begin of subgames(game).reverse()) {
    const { part, movers, setsOf } = partOf(game, begin, worth);
    const choosing = choosersIn(part);
    if (choosing.length > 2) {
      const names = choosing.map((player) => game.players[player]).join(', ');
      throw unsuitableGame(
        'subgame-perfect',
        `${choosing.length} players (${names}) have something to choose in the subgame at node ${begin}`,
        'two at most can be treated',
      );
    }
    const found = yield* firstOf(sequenceFormPaths(restricted(part, movers))(pace));
    if (found === undefined || !(yield* pace.goesOn(0))) return undefined;
    movers.forEach((player, at) => {
      setsOf[player]?.forEach((set, index) => {
        (profile[player] as Rational[][])[set] = found.profile[at]?.[index] as Rational[];
      });
    });
    worth.set(begin, expected(part, movers, found.profile));
  }
  return profile;
}
