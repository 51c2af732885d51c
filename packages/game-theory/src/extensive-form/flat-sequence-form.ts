import type { Rational } from '@mechane/numerics';
import type { PlayerSequences, SequenceForm } from './sequences.ts';

/** One player's payoffs in doubles, laid out for gradients: row by row where two play, leaf by leaf where more do. */
export type FlatPayoffs = PairPayoffs | LeafPayoffs;

/** Entries sorted by the player's own sequence: the row `rows[r]` has those from `starts[r]` up to `starts[r + 1]`. */
export interface PairPayoffs {
  readonly kind: 'pair';
  readonly rows: Int32Array;
  readonly starts: Int32Array;
  /** The sequence of the other player. */
  readonly columns: Int32Array;
  /** Payoff times the probability of chance; leaves with the same sequences are added up. */
  readonly values: Float64Array;
}

export interface LeafPayoffs {
  readonly kind: 'leaves';
  /** The sequences of all players, leaf by leaf. */
  readonly sequences: Int32Array;
  readonly values: Float64Array;
}

/** A sequence form in flat arrays of doubles. */
export interface FlatSequenceForm {
  readonly players: readonly PlayerSequences[];
  readonly payoffs: readonly FlatPayoffs[];
}

export function flattened({ players, leaves }: SequenceForm): FlatSequenceForm {
  const weights = players.map((_, player) =>
    Float64Array.from(leaves, ({ probability, payoffs }) => probability.times(payoffs[player] as Rational).toNumber()),
  );
  if (players.length !== 2) {
    const sequences = Int32Array.from(leaves.flatMap((leaf) => leaf.sequences));
    return { players, payoffs: weights.map((values) => ({ kind: 'leaves', sequences, values })) };
  }
  return {
    players,
    payoffs: weights.map((values, player) => {
      const own = Int32Array.from(leaves, ({ sequences }) => sequences[player] as number);
      const other = Int32Array.from(leaves, ({ sequences }) => sequences[1 - player] as number);
      return pairPayoffs(own, other, values);
    }),
  };
}

function pairPayoffs(own: Int32Array, other: Int32Array, weights: Float64Array): PairPayoffs {
  const order = Int32Array.from(own.keys()).sort(
    (a, b) => (own[a] as number) - (own[b] as number) || (other[a] as number) - (other[b] as number),
  );
  const rows: number[] = [];
  const starts: number[] = [];
  const columns: number[] = [];
  const values: number[] = [];
  for (const entry of order) {
    const [row, column, value] = [own[entry] as number, other[entry] as number, weights[entry] as number];
    const isNewRow = rows.at(-1) !== row;
    if (isNewRow) {
      rows.push(row);
      starts.push(columns.length);
    }
    if (!isNewRow && columns.at(-1) === column) values[values.length - 1] = (values.at(-1) as number) + value;
    else {
      columns.push(column);
      values.push(value);
    }
  }
  starts.push(columns.length);
  return {
    kind: 'pair',
    rows: Int32Array.from(rows),
    starts: Int32Array.from(starts),
    columns: Int32Array.from(columns),
    values: Float64Array.from(values),
  };
}

/** What each of the player's sequences earns where it ends the game, given how likely the others make theirs. */
export function gradient(
  payoffs: FlatPayoffs,
  player: number,
  realizations: readonly Float64Array[],
  into: Float64Array,
): void {
  into.fill(0);
  if (payoffs.kind === 'pair') pairGradient(payoffs, realizations[1 - player] as Float64Array, into);
  else leavesGradient(payoffs, player, realizations, into);
}

// The casts say what holds by construction: indices come from the arrays themselves.
function pairGradient({ rows, starts, columns, values }: PairPayoffs, others: Float64Array, into: Float64Array): void {
  let entry = 0;
  for (let row = 0; row < rows.length; row++) {
    const end = starts[row + 1] as number;
    let sum = 0;
    for (; entry < end; entry++) sum += (values[entry] as number) * (others[columns[entry] as number] as number);
    into[rows[row] as number] = sum;
  }
}

function leavesGradient(
  { sequences, values }: LeafPayoffs,
  player: number,
  realizations: readonly Float64Array[],
  into: Float64Array,
): void {
  const players = realizations.length;
  for (let leaf = 0, at = 0; leaf < values.length; leaf++, at += players) {
    let weight = values[leaf] as number;
    for (let other = 0; other < players; other++) {
      if (other !== player) weight *= (realizations[other] as Float64Array)[sequences[at + other] as number] as number;
    }
    const own = sequences[at + player] as number;
    into[own] = (into[own] as number) + weight;
  }
}

/** The most that a gradient lets the player have: a true best response. Changes `worth` on the way. */
export function bestResponseValue({ parent, first, actions }: PlayerSequences, worth: Float64Array): number {
  for (let set = parent.length - 1; set >= 0; set--) {
    const start = first[set] as number;
    const end = start + (actions[set] as number);
    let best = worth[start] as number;
    for (let sequence = start + 1; sequence < end; sequence++) {
      if ((worth[sequence] as number) > best) best = worth[sequence] as number;
    }
    const before = parent[set] as number;
    worth[before] = (worth[before] as number) + best;
  }
  return worth[0] as number;
}
