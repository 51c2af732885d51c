/*
 * Supports of strategies as sequences of own moves see them (von Stengel 1996), for tables and trees alike: a table is the tree in which everybody
 * moves once. Where players have perfect recall, realization plans say all that counts of their strategies.
 */
import type { PlayerSequences } from '../extensive-form/sequences.ts';

/** A sum and difference of what sequences earn: each with 1 or -1. */
export type SignedSequences = readonly (readonly [sequence: number, sign: 1 | -1])[];

/** The moves at an information set that have some probability. */
export interface SupportSet {
  /** The place of the sequence that leads there; -1 for that of no moves. */
  readonly parent: number;
  /** The places of the sequences that the moves lead to. The last has what the others leave. */
  readonly places: readonly number[];
}

/** The sequences that have some probability, and what makes the plans that mix them best responses. */
export interface PlanSupport {
  /** All but that of no moves, those before others first. */
  readonly sequences: readonly number[];
  /** For each sequence of the player, its place among these; -1 where it has none. */
  readonly placeOf: Int32Array;
  /** The sets that the player's own moves come to, each after those that lead there. */
  readonly sets: readonly SupportSet[];
  /** Places whose probabilities are free: all but the last at each set. */
  readonly free: readonly number[];
  /** For each free one: its move, and what follows, less the last move at the set, and what follows that. In a best response that is nothing. */
  readonly ties: readonly SignedSequences[];
  /** Plans that leave the support at a set, less the last move there with what follows: in a best response that is nothing or less. */
  readonly rivals: readonly SignedSequences[];
}

/** The sequences of a player who moves once. */
export function oneMove(count: number): PlayerSequences {
  const zero = Int32Array.of(0);
  return { size: count + 1, sets: zero, parent: zero, first: Int32Array.of(1), actions: Int32Array.of(count) };
}

/** Whether somebody has more than one plan in the support. */
export function isMixed({ free }: PlanSupport): boolean {
  return free.length > 0;
}

/** How many supports there are, with any number of sequences. */
export function countSupports({ size, sets, parent, first, actions }: PlayerSequences): number {
  // After each sequence, in how many ways play can be supported from there.
  const ways = new Float64Array(size).fill(1);
  for (let set = sets.length - 1; set >= 0; set--) {
    let here = 1;
    for (let action = 0; action < (actions[set] as number); action++) {
      here *= 1 + (ways[(first[set] as number) + action] as number);
    }
    ways[parent[set] as number] = (ways[parent[set] as number] as number) * (here - 1);
  }
  return ways[0] as number;
}

/** Lists of more supports of one size are made anew whenever they are asked for. */
const mostKept = 20_000;

/** The supports of a player by size, made when they are first asked for. */
export class PlanSupports {
  readonly #player: PlayerSequences;
  readonly #allowed: (sequence: number) => boolean;
  /** For each sequence, the sets that follow it. */
  readonly #after: readonly (readonly number[])[];
  readonly #kept: (readonly PlanSupport[] | undefined)[] = [];

  /** `allowed` says which sequences may have some probability. */
  constructor(player: PlayerSequences, allowed: (sequence: number) => boolean = () => true) {
    this.#player = player;
    this.#allowed = allowed;
    const after: number[][] = Array.from({ length: player.size }, () => []);
    player.parent.forEach((sequence, set) => {
      after[sequence]?.push(set);
    });
    this.#after = after;
  }

  /** The most free probabilities that a support has. */
  get largest(): number {
    const { sets, first, actions } = this.#player;
    return sets.reduce((sum, _, set) => {
      const start = first[set] as number;
      let count = 0;
      for (let action = 0; action < (actions[set] as number); action++) if (this.#allowed(start + action)) count += 1;
      return sum + Math.max(0, count - 1);
    }, 0);
  }

  /** The supports with so many free probabilities. */
  *ofSize(size: number): Generator<PlanSupport, void, void> {
    const known = this.#kept[size];
    if (known !== undefined) {
      yield* known;
      return;
    }
    const kept: PlanSupport[] = [];
    for (const sequences of this.#chosen([...(this.#after[0] as readonly number[])], size)) {
      const support = this.#supportOf(sequences);
      if (kept.length <= mostKept) kept.push(support);
      yield support;
    }
    if (kept.length <= mostKept) this.#kept[size] = kept;
  }

  /** The choices of sequences at some sets and all that follow, with so many free probabilities in all. */
  *#chosen(open: readonly number[], size: number): Generator<readonly number[], void, void> {
    const [set, ...others] = open;
    if (set === undefined) {
      if (size === 0) yield [];
      return;
    }
    const { first, actions } = this.#player;
    const start = first[set] as number;
    const moves = Array.from({ length: actions[set] as number }, (_, action) => start + action).filter(this.#allowed);
    for (let count = 1; count <= Math.min(moves.length, size + 1); count++) {
      for (const chosen of subsets(moves, count)) {
        const next = [...others, ...chosen.flatMap((sequence) => this.#after[sequence] as readonly number[])];
        for (const rest of this.#chosen(next, size - count + 1)) yield [...chosen, ...rest];
      }
    }
  }

  #supportOf(chosen: readonly number[]): PlanSupport {
    const { size, sets, parent, first, actions } = this.#player;
    const sequences = [...chosen].sort((a, b) => a - b);
    const placeOf = new Int32Array(size).fill(-1);
    sequences.forEach((sequence, place) => {
      placeOf[sequence] = place;
    });
    const reached = [...sets.keys()].filter(
      (set) => parent[set] === 0 || (placeOf[parent[set] as number] as number) >= 0,
    );
    const movesAt = (set: number): number[] =>
      Array.from({ length: actions[set] as number }, (_, action) => (first[set] as number) + action);
    // After a sequence: the last move of the support at each set that follows, and so on.
    const withLast = (sequence: number): number[] => [
      sequence,
      ...(this.#after[sequence] as readonly number[]).flatMap((set) => withLast(lastAt(set))),
    ];
    const lastAt = (set: number): number =>
      movesAt(set).findLast((sequence) => (placeOf[sequence] as number) >= 0) as number;
    const free: number[] = [];
    const ties: SignedSequences[] = [];
    const rivals: SignedSequences[] = [];
    for (const set of reached) {
      const last = withLast(lastAt(set)).map((sequence) => [sequence, -1] as const);
      for (const move of movesAt(set)) {
        if (move === last[0]?.[0]) continue;
        const place = placeOf[move] as number;
        if (place >= 0) {
          free.push(place);
          ties.push([...withLast(move).map((sequence) => [sequence, 1] as const), ...last]);
          continue;
        }
        for (const plan of this.#plansFrom([move])) {
          rivals.push([...plan.map((sequence) => [sequence, 1] as const), ...last]);
        }
      }
    }
    return {
      sequences,
      placeOf,
      sets: reached.map((set) => ({
        parent: placeOf[parent[set] as number] as number,
        places: movesAt(set).flatMap((sequence) => {
          const place = placeOf[sequence] as number;
          return place < 0 ? [] : [place];
        }),
      })),
      free,
      ties,
      rivals,
    };
  }

  /** All pure plans that go on from some sequences, with these. */
  *#plansFrom(sequences: readonly number[]): Generator<readonly number[], void, void> {
    const [sequence, ...others] = sequences;
    if (sequence === undefined) {
      yield [];
      return;
    }
    const { first, actions } = this.#player;
    const open = this.#after[sequence] as readonly number[];
    const choices = open.map(() => 0);
    for (;;) {
      const next = open.map((set, at) => (first[set] as number) + (choices[at] as number));
      for (const rest of this.#plansFrom([...next, ...others])) yield [sequence, ...rest];
      let at = 0;
      while (at < open.length && (choices[at] as number) + 1 === actions[open[at] as number]) choices[at++] = 0;
      if (at === open.length) return;
      choices[at] = (choices[at] as number) + 1;
    }
  }
}

function* subsets(list: readonly number[], count: number, from = 0): Generator<readonly number[], void, void> {
  if (count === 0) {
    yield [];
    return;
  }
  for (let first = from; first <= list.length - count; first++) {
    for (const rest of subsets(list, count - 1, first + 1)) yield [list[first] as number, ...rest];
  }
}
