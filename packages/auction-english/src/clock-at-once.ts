/*
 * How the clock ends when every bidder's value is known at once. Each bidder has a key, which says when it leaves: its round with an
 * increment, its value without. One pass over the keys finds who wins and what is paid, however many prices there are; the
 * history is put in order when it is first read.
 */
import {
  type AgentId,
  type ColumnDecision,
  columnIds,
  lazily,
  longestHistory,
  perAgent,
  type Setup,
  type TieOrder,
} from '@mechane/core';
import type { ClockOutcome, Departure } from './clock-outcome.ts';
import type { ClockSettings } from './clock-settings.ts';
import { tooManySteps } from './errors.ts';
import { leavingOrder } from './leaving-order.ts';
import { risingSteps } from './price-steps.ts';
import { highestValue, type ValueColumns, type ValueRows } from './value-columns.ts';

/** The clock's outcome for rows of values: what its conversation with proxies comes to. */
export function clockAtOnce(rows: ValueRows, settings: ClockSettings, tieOrder: TieOrder): ClockOutcome {
  if (rows.ids.length === 0)
    return outcomeOf(rows, { winner: -1, price: 0, rounds: 0, departed: () => 0, history: () => [] });
  const end = settings.increment === undefined ? risingPrice : calledPrices;
  return outcomeOf(rows, end(rows, settings, tieOrder));
}

/** How the clock takes columns. */
export const clockColumns: {
  readonly money: readonly string[];
  agents(columns: ValueColumns): readonly AgentId[];
  decide(columns: ValueColumns, setup: Setup<ClockSettings>): ColumnDecision<ClockOutcome>;
} = {
  money: ['values'],
  agents: (columns: unknown) => columnIds(columns, 'values'),
  decide({ values }, { settings, participants: ids, tieOrder }) {
    const bestWelfare = highestValue(values);
    const outcome = clockAtOnce({ ids, values }, settings, tieOrder);
    const winner = outcome.winner === null ? -1 : ids.indexOf(outcome.winner);
    return { outcome, welfare: values[winner] ?? 0, bestWelfare, revenue: outcome.payment };
  },
};

/** Where a clock stands still. */
interface End {
  /** The winner's row; -1 where nothing is sold. */
  readonly winner: number;
  readonly price: number;
  readonly rounds: number;
  /** How many bidders left. */
  readonly departed: () => number;
  /** The first of them, as many as are told. */
  readonly history: () => readonly Departure[];
}

/** With an increment: keys are the rounds in which bidders leave. */
function calledPrices({ ids, values }: ValueRows, settings: ClockSettings, tieOrder: TieOrder): End {
  const { startingPrice, increment = 1, maxRounds = Number.POSITIVE_INFINITY } = settings;
  const { priceOf, firstAbove } = risingSteps(startingPrice, increment);
  const leaves = values.map(firstAbove);
  const { top, second } = topTwo(leaves);
  if (second === Number.POSITIVE_INFINITY && maxRounds === second) throw tooManySteps(startingPrice, increment);

  const together = top === second && top <= maxRounds;
  const rounds = together ? top : Math.max(1, Math.min(second, maxRounds));
  const outlasting = together ? top : rounds + 1;
  return {
    winner: together && rounds === 1 ? -1 : preferredRow(ids, leaves, outlasting, tieOrder),
    price: together ? priceOf(rounds - 1) : priceOf(rounds),
    rounds,
    departed: () => leaves.reduce((count, round) => count + Number(round <= rounds), 0),
    history() {
      const departures: Departure[] = [];
      for (const row of leavingOrder(leaves, lastFirst(ids, tieOrder))) {
        const round = leaves[row] as number;
        if (round > rounds || departures.length === longestHistory) break;
        departures.push({ round, price: priceOf(round), agent: ids[row] as AgentId });
      }
      return departures;
    },
  };
}

const staysOut = -1;

/** Without one: keys are the prices at which bidders leave, or say that they were never in. */
function risingPrice({ ids, values }: ValueRows, settings: ClockSettings, tieOrder: TieOrder): End {
  const { startingPrice, maxRounds = Number.POSITIVE_INFINITY } = settings;
  const leaves = values.slice();
  let out = 0;
  for (let row = 0; row < leaves.length; row++) {
    if ((leaves[row] as number) >= startingPrice) continue;
    leaves[row] = staysOut;
    out += 1;
  }
  const left = Math.max(0, Math.min(ids.length - out, maxRounds) - 1);
  const order = lazily(() => leavingOrder(leaves, lastFirst(ids, tieOrder)));
  const history = (): readonly Departure[] => {
    const departures: Departure[] = [];
    const rows = order();
    for (let place = 0; place < Math.min(out + left, longestHistory); place++) {
      const row = rows[place] as number;
      const agent = ids[row] as AgentId;
      const departure =
        place < out
          ? { round: 1, price: startingPrice, agent }
          : { round: place - out + 2, price: leaves[row] as number, agent };
      departures.push(departure);
    }
    return departures;
  };

  const { top, second } = topTwo(leaves);
  const rounds = 1 + left;
  const departed = (): number => out + left;
  if (out + left >= ids.length - 1) {
    // At most one is left, as it is unless rounds ran out: nothing needs sorting to know who.
    const price = second === staysOut ? startingPrice : second;
    return {
      winner: out === ids.length ? -1 : preferredRow(ids, leaves, top, tieOrder),
      price,
      rounds,
      departed,
      history,
    };
  }
  const remaining = order().subarray(out + left);
  const winner = remaining.reduce((best, row) => (precedes(ids, row, best, tieOrder) ? row : best));
  const price = left === 0 ? startingPrice : (leaves[order()[out + left - 1] as number] as number);
  return { winner, price, rounds, departed, history };
}

/** The two highest keys; whoever is alone has -1 for a second. */
function topTwo(keys: Float64Array): { top: number; second: number } {
  let [top, second] = [staysOut, staysOut];
  for (let row = 0; row < keys.length; row++) {
    const key = keys[row] as number;
    if (key > top) {
      second = top;
      top = key;
    } else if (key > second) {
      second = key;
    }
  }
  return { top, second };
}

/** Of the rows whose key is at least this, the one that the tie order prefers; -1 where there is none. */
function preferredRow(ids: readonly AgentId[], keys: Float64Array, least: number, tieOrder: TieOrder): number {
  let preferred = -1;
  for (let row = 0; row < keys.length; row++) {
    if ((keys[row] as number) >= least && (preferred < 0 || precedes(ids, row, preferred, tieOrder))) preferred = row;
  }
  return preferred;
}

function precedes(ids: readonly AgentId[], row: number, other: number, tieOrder: TieOrder): boolean {
  return tieOrder(ids[row] as AgentId, ids[other] as AgentId) < 0;
}

function lastFirst(ids: readonly AgentId[], tieOrder: TieOrder): (row: number, other: number) => number {
  return (row, other) => tieOrder(ids[other] as AgentId, ids[row] as AgentId);
}

/** The outcome of an end. What names every bidder is put together when it is first read: it takes longer than the auction. */
function outcomeOf({ ids }: ValueRows, { winner: row, price, rounds, departed, history }: End): ClockOutcome {
  const winner = ids[row] ?? null;
  const payment = winner === null ? 0 : price;
  const payments = lazily(() => perAgent(ids, (agent) => (agent === winner ? payment : 0)));
  const departures = lazily(history);
  const outcome = {
    winner,
    payment,
    allocation: perAgent(winner === null ? [] : [winner], () => 1),
    get payments() {
      return payments();
    },
    rounds,
    get history() {
      return departures();
    },
  };
  if (ids.length <= longestHistory) return outcome;
  const omitted = lazily(() => Math.max(0, departed() - longestHistory) || undefined);
  return Object.defineProperty(outcome, 'historyOmitted', { get: omitted, enumerable: true });
}
