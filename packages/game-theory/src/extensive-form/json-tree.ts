import type { Rational } from '@mechane/numerics';
import { distinctNames } from '../distinct-names.ts';
import { parseExactJson } from '../files/exact-json.ts';
import { describedTree } from './describe-tree.ts';
import type { ExtensiveGame, TreeNode } from './extensive-game.ts';
import type { NodeDescription, TreeDescription } from './tree-description.ts';

/**
 * Reads a tree from JSON: `{ players, root, nodes? }`, where a node is `{ player, informationSet, actions: [{ action, to }] }`,
 * `{ chance: [{ probability, to }] }` or `{ payoffs }`, and `to` is a node or the name of one in `nodes`. Numbers with so many digits that
 * JavaScript would round them are read exactly from the JSON as a text.
 *
 * @throws MechaneError as `extensiveGame` does
 * @category Files
 *
 * @example
 * ```ts
 * import { readJsonTree } from '@mechane/game-theory';
 *
 * const toss = [{ probability: '1/3', to: { payoffs: [3] } }, { probability: '2/3', to: { payoffs: [0] } }];
 * readJsonTree({ players: ['Ann'], root: { chance: toss } }).nodes.length; // => 3
 * ```
 */
export function readJsonTree(input: unknown): ExtensiveGame {
  return describedTree(typeof input === 'string' ? parseExactJson(input) : input);
}

/**
 * A tree as JSON, all numbers as texts. Reading it again gives the same game, but for names that were missing or came twice.
 *
 * @category Files
 */
export function writeJsonTree(game: ExtensiveGame): TreeDescription {
  const written: NodeDescription[] = [];
  const names: Names = {
    players: distinctNames(game.players),
    sets: game.informationSets.map((sets) => distinctNames(sets.map(({ label }) => label))),
    actions: game.informationSets.map((sets) => sets.map(({ actions }) => distinctNames(actions))),
  };
  for (let index = game.nodes.length - 1; index >= 0; index--) {
    written[index] = describeNode(names, game.nodes[index] as TreeNode, written);
  }
  return {
    ...(game.title === '' ? {} : { title: game.title }),
    ...(game.comment === '' ? {} : { comment: game.comment }),
    players: names.players,
    root: written[0] as NodeDescription,
  };
}

interface Names {
  readonly players: readonly string[];
  readonly sets: readonly (readonly string[])[];
  readonly actions: readonly (readonly (readonly string[])[])[];
}

function describeNode(names: Names, node: TreeNode, written: readonly NodeDescription[]): NodeDescription {
  const payoffs = node.outcome?.payoffs.map(String);
  const basics = {
    ...(node.label === '' ? {} : { label: node.label }),
    ...(payoffs === undefined ? {} : { payoffs }),
    ...(node.outcome === undefined || node.outcome.label === '' ? {} : { outcome: node.outcome.label }),
  };
  if (node.kind === 'terminal') return { ...basics, payoffs: payoffs ?? names.players.map(() => '0') };
  const branches = node.children.map((child) => written[child] as NodeDescription);
  if (node.kind === 'chance') {
    return {
      ...basics,
      chance: branches.map((to, at) => ({
        ...(node.actions[at] === '' ? {} : { action: node.actions[at] as string }),
        probability: String(node.probabilities[at] as Rational),
        to,
      })),
    };
  }
  const { player, informationSet } = node;
  return {
    ...basics,
    player: names.players[player] as string,
    informationSet: names.sets[player]?.[informationSet] as string,
    actions: branches.map((to, at) => ({ action: names.actions[player]?.[informationSet]?.[at] as string, to })),
  };
}
