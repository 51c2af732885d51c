import { type Path, quote } from '@mechane/core';
import { Rational, sum } from '@mechane/numerics';
import { invalidGame, tooLarge } from '../errors.ts';
import type { ExtensiveGame, InformationSet, Outcome, TreeNode } from './extensive-game.ts';

/** More nodes are refused: a tree this large takes a few hundred megabytes. */
export const mostNodes = 400_000;

/** Nodes times players: each node may keep a number for each player. */
const mostNumbers = 8_000_000;

/** Where a node is hung in: below which node, by which of its actions. */
export interface Place {
  readonly parent: number;
  readonly action: number;
}

interface NodeNote {
  readonly label: string;
  readonly outcome: Outcome | undefined;
}

/** Turns details of what is wrong into the error to throw: a file points to its line. */
export type Refusal = (details: { problem: string; path: Path; expected?: string; fix?: string }) => Error;

interface GrowingSet {
  readonly label: string;
  readonly actions: readonly string[];
  readonly nodes: number[];
}

interface GrowingNode {
  readonly node: TreeNode;
  readonly children: number[];
}

/** Grows a tree node by node, parents and first branches first, and checks what has to hold among nodes. */
export class TreeGrowth {
  readonly #players: readonly string[];
  readonly #most: number;
  readonly #refuse: Refusal;
  readonly #nodes: GrowingNode[] = [];
  readonly #sets: Map<string, { readonly index: number; readonly set: GrowingSet }>[];

  constructor(players: readonly string[], refuse: Refusal = invalidGame) {
    this.#players = players;
    this.#most = Math.min(mostNodes, Math.floor(mostNumbers / players.length));
    this.#refuse = refuse;
    this.#sets = players.map(() => new Map());
  }

  get size(): number {
    return this.#nodes.length;
  }

  terminal(place: Place, note: NodeNote): number {
    return this.#hang(place, (children) => ({ kind: 'terminal', ...place, ...note, children }));
  }

  /** @throws MechaneError when the probabilities do not sum to one, exactly */
  chance(
    place: Place,
    note: NodeNote,
    actions: readonly string[],
    probabilities: readonly Rational[],
    pathOf: () => Path,
  ): number {
    const negative = probabilities.findIndex(({ sign }) => sign < 0);
    if (negative !== -1) {
      throw this.#refuse({
        problem: `the probability ${probabilities[negative]} is negative`,
        path: [...pathOf(), negative, 'probability'],
        expected: 'probabilities of 0 or more that sum to 1',
      });
    }
    const total = sum(probabilities);
    if (!total.equals(Rational.one)) {
      throw this.#refuse({
        problem: `the probabilities sum to ${shown(total)}`,
        path: pathOf(),
        expected: 'a sum of exactly 1',
        fix: 'write thirds and the like as fractions: "1/3"',
      });
    }
    return this.#hang(place, (children) => ({ kind: 'chance', ...place, ...note, children, actions, probabilities }));
  }

  /** `key` tells the information set from others of the player; `set` is what its first node says of it. */
  decision(
    place: Place,
    note: NodeNote,
    player: number,
    key: string,
    set: { readonly label: string; readonly actions: readonly string[] },
    pathOf: () => Path,
  ): number {
    const known = this.#sets[player] as Map<string, { index: number; set: GrowingSet }>;
    let entry = known.get(key);
    if (entry === undefined) {
      entry = { index: known.size, set: { ...set, nodes: [] } };
      known.set(key, entry);
    }
    const { actions } = entry.set;
    if (actions.length !== set.actions.length || actions.some((action, at) => action !== set.actions[at])) {
      throw this.#refuse({
        problem: `the nodes of the information set ${quote(key)} of ${quote(this.#players[player] as string)} differ in their actions`,
        path: pathOf(),
        expected: `the actions ${actions.slice(0, 10).map(quote).join(', ')}, in this order`,
        fix: 'give nodes that the player can tell apart information sets of their own',
      });
    }
    const { index } = entry;
    entry.set.nodes.push(this.#nodes.length);
    return this.#hang(place, (children) => ({
      kind: 'decision',
      ...place,
      ...note,
      children,
      player,
      informationSet: index,
    }));
  }

  /** The finished game; `orderOfSets` sorts the information sets of a player by their keys, first come first by default. */
  finish(
    names: { readonly title: string; readonly comment: string },
    orderOfSets?: (key: string, other: string) => number,
  ): ExtensiveGame {
    const places: number[][] = [];
    const informationSets = this.#sets.map((sets): InformationSet[] => {
      const entries = [...sets];
      if (orderOfSets !== undefined) entries.sort(([key], [other]) => orderOfSets(key, other));
      const place: number[] = [];
      entries.forEach(([, { index }], at) => {
        place[index] = at;
      });
      places.push(place);
      return entries.map(([, { set }]) => set);
    });
    const nodes = this.#nodes.map(({ node }) =>
      node.kind === 'decision'
        ? { ...node, informationSet: places[node.player]?.[node.informationSet] as number }
        : node,
    );
    return { form: 'extensive', ...names, players: this.#players, nodes, informationSets };
  }

  #hang({ parent, action }: Place, make: (children: number[]) => TreeNode): number {
    const index = this.#nodes.length;
    if (index >= this.#most) throw tooLarge('the number of nodes', index + 1, this.#most);
    const children: number[] = [];
    this.#nodes.push({ node: make(children), children });
    const above = this.#nodes[parent];
    if (above !== undefined) above.children[action] = index;
    return index;
  }
}

function shown(total: Rational): string {
  const text = total.toString();
  return text.length > 40 ? `about ${total.toNumber()}` : text;
}
