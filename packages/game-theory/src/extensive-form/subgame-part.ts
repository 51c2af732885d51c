import { Rational } from '@mechane/numerics';
import type { BehaviourProfile, DecisionNode, ExtensiveGame, InformationSet, TreeNode } from './extensive-game.ts';

/** A subgame as a game of its own. */
export interface Part {
  readonly part: ExtensiveGame;
  /** The players who move in it. */
  readonly movers: readonly number[];
  /** For each player, the indices in the whole game of the information sets of the part. */
  readonly setsOf: readonly (readonly number[])[];
}

/** The subgame at a node, with those that are solved already replaced by what they are worth. */
export function partOf(
  { nodes, players, informationSets }: ExtensiveGame,
  begin: number,
  worth: ReadonlyMap<number, readonly Rational[]>,
): Part {
  const kept: TreeNode[] = [];
  const places = new Map<number, number>();
  const setsOf: number[][] = players.map(() => []);
  const stack = [begin];
  for (let index = stack.pop(); index !== undefined; index = stack.pop()) {
    const node = nodes[index] as TreeNode;
    const { label, children } = node;
    const place = kept.length;
    places.set(index, place);
    const isRoot = index === begin;
    const basics = {
      label,
      parent: isRoot ? -1 : (places.get(node.parent) as number),
      action: isRoot ? -1 : node.action,
    };
    const solved = worth.get(index);
    if (solved !== undefined || node.kind === 'terminal') {
      const outcome = solved === undefined ? node.outcome : { label: '', payoffs: solved };
      kept.push({ kind: 'terminal', ...basics, outcome, children: [] });
      continue;
    }
    if (node.kind === 'decision') {
      const sets = setsOf[node.player] as number[];
      const known = sets.indexOf(node.informationSet);
      const informationSet = known === -1 ? sets.push(node.informationSet) - 1 : known;
      kept.push({ ...node, ...basics, informationSet, children: [] });
    } else kept.push({ ...node, ...basics, children: [] });
    for (const child of children.toReversed()) stack.push(child);
  }
  const childrenOf: number[][] = kept.map(() => []);
  kept.forEach(({ parent, action }, index) => {
    if (parent !== -1) (childrenOf[parent] as number[])[action] = index;
  });
  const part: ExtensiveGame = {
    form: 'extensive',
    title: '',
    comment: '',
    players,
    nodes: kept.map((node, index) => ({ ...node, children: childrenOf[index] as number[] })),
    informationSets: setsOf.map((sets, player) =>
      sets.map((set) => {
        const whole = informationSets[player]?.[set] as InformationSet;
        return { ...whole, nodes: whole.nodes.map((node) => places.get(node) as number) };
      }),
    ),
  };
  const movers = [...players.keys()].filter((player) => (setsOf[player] as number[]).length > 0);
  return { part, movers, setsOf };
}

/** A game among some of its players only: the others do not move in it. */
export function restricted(game: ExtensiveGame, movers: readonly number[]): ExtensiveGame {
  return {
    ...game,
    players: movers.map((player) => game.players[player] as string),
    informationSets: movers.map((player) => game.informationSets[player] as readonly InformationSet[]),
    nodes: game.nodes.map((node) => {
      const outcome = node.outcome && {
        ...node.outcome,
        payoffs: movers.map((player) => node.outcome?.payoffs[player] as Rational),
      };
      return node.kind === 'decision'
        ? { ...node, outcome, player: movers.indexOf(node.player) }
        : { ...node, outcome };
    }),
  };
}

/** What all players expect from a game on when the movers play so. */
export function expected(game: ExtensiveGame, movers: readonly number[], profile: BehaviourProfile): Rational[] {
  const worth: Rational[][] = game.nodes.map(({ outcome }) =>
    game.players.map((_, player) => outcome?.payoffs[player] ?? Rational.zero),
  );
  for (let index = game.nodes.length - 1; index > 0; index--) {
    const { parent, action } = game.nodes[index] as TreeNode;
    const below = worth[index] as Rational[];
    const above = game.nodes[parent] as TreeNode;
    const probability =
      above.kind === 'chance'
        ? above.probabilities[action]
        : profile[movers.indexOf((above as DecisionNode).player)]?.[(above as DecisionNode).informationSet]?.[action];
    worth[parent] = (worth[parent] as Rational[]).map((sum, player) =>
      sum.plus((below[player] as Rational).times(probability as Rational)),
    );
  }
  return worth[0] as Rational[];
}
