import { Rational } from '@mechane/numerics';
import type { BehaviourProfile, ExtensiveGame, InformationSet } from './extensive-game.ts';

/** The players who have something to choose somewhere. */
export function choosersIn({ informationSets }: ExtensiveGame): number[] {
  return [...informationSets.keys()].filter((player) =>
    informationSets[player]?.some(({ actions }) => actions.length > 1),
  );
}

/** A tree among some of its players, and its profiles as those of all players. */
export interface TreeOfSome {
  readonly tree: ExtensiveGame;
  whole(profile: BehaviourProfile): BehaviourProfile;
  /** What those who are kept do in a profile of all. */
  part(profile: BehaviourProfile): BehaviourProfile;
}

/** The tree among the two who count: who have something to choose, and where fewer have, others with them. */
export function treeOfPair(tree: ExtensiveGame): TreeOfSome {
  const choosing = choosersIn(tree);
  const idle = [...tree.players.keys()].filter((player) => !choosing.includes(player));
  const kept = [...choosing, ...idle.slice(0, Math.max(0, 2 - choosing.length))].sort((a, b) => a - b);
  return kept.length === tree.players.length
    ? { tree, whole: (profile) => profile, part: (profile) => profile }
    : treeOf(tree, kept);
}

/** What the others have to do is a move of nature that is certain. */
function treeOf(tree: ExtensiveGame, kept: readonly number[]): TreeOfSome {
  const ofKept = <Value>(values: readonly Value[]): Value[] => kept.map((player) => values[player] as Value);
  return {
    tree: {
      ...tree,
      players: ofKept(tree.players),
      informationSets: ofKept(tree.informationSets),
      nodes: tree.nodes.map((node) => {
        const outcome = node.outcome && { ...node.outcome, payoffs: ofKept(node.outcome.payoffs) };
        if (node.kind !== 'decision') return { ...node, outcome };
        const place = kept.indexOf(node.player);
        if (place !== -1) return { ...node, outcome, player: place };
        const { label, parent, action, children } = node;
        const sets = tree.informationSets[node.player] as readonly InformationSet[];
        const { actions } = sets[node.informationSet] as InformationSet;
        return { kind: 'chance', label, parent, action, children, outcome, actions, probabilities: [Rational.one] };
      }),
    },
    part: ofKept,
    whole: (profile) =>
      tree.informationSets.map((sets, player) => profile[kept.indexOf(player)] ?? sets.map(() => [Rational.one])),
  };
}
