import type { AgentId, Random } from '@mechane/core';
import type { Reports } from '../case.ts';
import type { Game } from '../game/game.ts';
import { numbersIn, withLeaf } from '../game/leaves.ts';
import { renamed } from '../game/renamed.ts';
import { turnOf } from '../game/turns.ts';
import { agentName, drawNames, drawSeed } from './names.ts';
import type { Numbers } from './numbers.ts';
import { leafTree, type ShrinkTree, Trees } from './shrink-tree.ts';

/** Agents with their types. */
export interface Profile {
  readonly types: Reports;
  readonly seed: number;
  /** How the types can be made simpler, of agents whose types are as they were drawn. */
  readonly trees: ReadonlyMap<AgentId, ShrinkTree>;
}

/** How agents are drawn. */
export interface Draw {
  readonly game: Game;
  readonly fewest: number;
  readonly most: number;
  /** Whether a crowd may come now and then. */
  readonly crowds: boolean;
  /** Names that the mechanism mentions. */
  readonly mentioned: readonly AgentId[];
  /** Whether settings or types name agents, so that they have to be called by those names. */
  readonly namedInSettings: boolean;
  readonly numbers: Numbers;
}

/** Sizes of profiles: most bugs show with two or three agents, some only with more. */
const rhythm = [2, 3, 1, 2, 4, 3, 2, 5, 3, 2, 6, 4, 3, 2, 8, 3, 7, 2, 4, 3] as const;
const crowd = 20;
const oneCrowdIn = 25;
/** Of so many profiles, one has simple types only. */
const simpleIn = 5;

/** Random profiles: numbers as people have them and where computers stumble, ties, agents of all names, now and then a crowd. */
export class Profiles {
  readonly #draw: Draw;
  readonly #random: Random;
  readonly #trees: Trees;
  /** How many have been drawn. */
  drawn = 0;

  constructor(draw: Draw, random: Random) {
    this.#draw = draw;
    this.#random = random;
    this.#trees = new Trees(draw.game.domain.types(draw.game.settings), random);
  }

  next(sizes?: readonly number[]): Profile {
    const size = this.#size(sizes);
    this.drawn += 1;
    const areSimple = this.#draw.game.grid.length > 0 && this.#random.below(simpleIn) === 0;
    const trees = Array.from({ length: size }, () => (areSimple ? this.#simple() : this.#tree()));
    this.#tie(trees);
    return this.#profileOf(trees);
  }

  /** So many agents of simple types, where there are such. */
  small(size: number): Profile {
    const { game, fewest, most } = this.#draw;
    const length = Math.min(most, Math.max(fewest, size));
    const hasSimple = game.grid.length > 0;
    return this.#profileOf(Array.from({ length }, () => (hasSimple ? this.#simple() : this.#tree())));
  }

  #profileOf(trees: readonly ShrinkTree[]): Profile {
    const random = this.#random;
    const { game } = this.#draw;
    const size = trees.length;
    const drawn = trees.map(({ value }) => value);
    const types = game.domain.together?.(drawn, game.settings) ?? drawn;
    const names = this.#names(size);
    const called = new Map(names.map((name, position) => [agentName(position), name]));
    const isPlain = names.every((name, position) => name === agentName(position));
    const keys = this.#turns(names);
    return {
      types: new Map(
        types.map((type, position) => [keys[position] as AgentId, isPlain ? type : renamed(type, called)]),
      ),
      seed: drawSeed(random),
      trees: new Map(trees.map((tree, position) => [keys[position] as AgentId, tree])),
    };
  }

  /** A random type by itself. */
  stranger(random: Random): unknown {
    const { game } = this.#draw;
    const fromGrid = game.grid.length > 0 && random.below(3) === 0;
    return fromGrid ? game.grid[random.below(game.grid.length)] : this.#tree().value;
  }

  #size(sizes: readonly number[] | undefined): number {
    const { fewest, most, crowds } = this.#draw;
    if (sizes) return sizes[this.#random.below(sizes.length)] as number;
    if (crowds && this.#random.below(oneCrowdIn) === 0) return crowd;
    const size = rhythm[this.drawn < 3 ? this.drawn : this.#random.below(rhythm.length)] as number;
    return Math.min(most, Math.max(fewest, size));
  }

  #simple(): ShrinkTree {
    const { grid } = this.#draw.game;
    return leafTree(grid[this.#random.below(grid.length)]);
  }

  #tree(): ShrinkTree {
    const { game, numbers } = this.#draw;
    const random = this.#random;
    if (game.grid.length > 0 && random.below(8) === 0) return this.#simple();
    const tree = this.#trees.next();
    if (game.domain.isType === undefined || random.below(3) === 0) return tree;
    const leaves = numbersIn(tree.value);
    const leaf = leaves[random.below(Math.max(1, leaves.length))];
    if (leaf === undefined) return tree;
    const type = withLeaf(tree.value, leaf[0], numbers.draw(random, [leaf[1]]));
    return game.domain.isType(type, game.settings) ? leafTree(type) : tree;
  }

  /** Gives some the type of another, or one beside it. */
  #tie(trees: ShrinkTree[]): void {
    const random = this.#random;
    const { length } = trees;
    if (length < 2 || random.below(3) !== 0) return;
    const { domain, settings } = this.#draw.game;
    const model = trees[random.below(length)] as ShrinkTree;
    const areAll = random.below(3) === 0;
    const others = areAll ? length : 1 + random.below(Math.min(4, length - 1) + 1);
    for (let tied = 0; tied < others; tied++) {
      const position = areAll ? tied : random.below(length);
      trees[position] = model;
      if (areAll && random.below(4) !== 0) continue;
      if (domain.isType === undefined || random.below(3) !== 0) continue;
      const near = this.#besides(model.value);
      if (near !== undefined && domain.isType(near, settings)) trees[position] = leafTree(near);
    }
  }

  #besides(type: unknown): unknown {
    const leaves = numbersIn(type);
    const leaf = leaves[this.#random.below(Math.max(1, leaves.length))];
    if (leaf === undefined) return undefined;
    const [path, number] = leaf;
    const steps = [0.01, -0.01, 0.001, -0.001, 0.004, 1, -1, 1e-6];
    return withLeaf(type, path, Number((number + (steps[this.#random.below(steps.length)] as number)).toPrecision(15)));
  }

  #names(size: number): readonly AgentId[] {
    const { mentioned, namedInSettings } = this.#draw;
    if (namedInSettings) return Array.from({ length: size }, (_, position) => agentName(position));
    return drawNames(size, mentioned, this.#random);
  }

  /** Where agents only send messages, some of them send several. */
  #turns(names: readonly AgentId[]): readonly AgentId[] {
    const { length } = names;
    if (this.#draw.game.mechanism.report !== undefined || length < 2 || this.#random.below(2) === 0) return names;
    const senders = 1 + this.#random.below(length);
    return names.map((_, position) => turnOf(names[position % senders] as AgentId, 1 + Math.floor(position / senders)));
  }
}

/** Every profile of so many agents over the grid, called as people read them. */
export function* gridProfiles(game: Game, size: number, seed: number): Generator<Profile> {
  const { grid, domain, settings } = game;
  if (grid.length === 0) return;
  const trees: ReadonlyMap<AgentId, ShrinkTree> = new Map();
  const digits = new Array<number>(size).fill(0);
  for (;;) {
    const drawn = digits.map((digit) => grid[digit]);
    const types = domain.together?.(drawn, settings) ?? drawn;
    yield { types: new Map(types.map((type, position) => [agentName(position), type])), trees, seed };
    let position = size - 1;
    while (position >= 0 && digits[position] === grid.length - 1) digits[position--] = 0;
    if (position < 0) return;
    digits[position] = (digits[position] as number) + 1;
  }
}
