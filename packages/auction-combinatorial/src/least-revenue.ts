/*
 * Payments of least revenue among those that leave no objection that is known, and of these the nearest to a reference: Day and Cramton,
 * "Quadratic core-selecting payment rules for combinatorial auctions", Operations Research 60 (2012).
 */
import { type HalfSpace, NearestPoint } from '@mechane/optimization/nearest-point';
import { type Objection, total } from './objections.ts';

/** So many times what winners bid together, and payments near to a point that far down are of least revenue, but for rare cases. */
const farDown = 4;

/** Winners whose payments no objection ties together can be decided apart. */
interface Group {
  readonly winners: number[];
  readonly objections: Objection[];
  /** The objections with winners as positions in the group. */
  readonly local: readonly HalfSpace[];
}

function groupsOf(winners: number, objections: readonly Objection[]): readonly Group[] {
  const groups = Array.from({ length: winners }, (_, winner) => ({ winners: [winner], objections: [] as Objection[] }));
  const groupOf = groups.slice();
  for (const objection of objections) {
    const [first, ...others] = new Set(objection.outside.map((winner) => groupOf[winner]));
    if (first === undefined) continue;
    for (const other of others) {
      if (other === undefined) continue;
      first.winners.push(...other.winners);
      first.objections.push(...other.objections);
      for (const winner of other.winners) groupOf[winner] = first;
    }
    first.objections.push(objection);
  }
  return [...new Set(groupOf)].map((group) => {
    const place = new Map(group.winners.map((winner, index) => [winner, index]));
    const local = group.objections.map(
      ({ outside, least }): HalfSpace => ({
        coordinates: outside.map((winner) => place.get(winner) as number),
        sign: 1,
        least,
      }),
    );
    return { ...group, local };
  });
}

interface Sought {
  readonly lows: Float64Array;
  readonly highs: Float64Array;
  readonly reference: Float64Array;
  readonly objections: readonly Objection[];
  readonly slack: number;
}

/** The payments of least revenue, nearest to the reference, that leave no objection; from such that leave none. */
export function leastByGroup(start: Float64Array, { lows, highs, reference, objections, slack }: Sought): Float64Array {
  const payments = lows.slice();
  for (const group of groupsOf(lows.length, objections)) {
    if (group.local.length === 0) continue;
    const of = (all: Float64Array): Float64Array => Float64Array.from(group.winners, (winner) => all[winner] as number);
    const own = { lows: of(lows), highs: of(highs), reference: of(reference), slack };
    const paid = leastRevenue(of(start), group.local, own);
    for (const [index, winner] of group.winners.entries()) payments[winner] = paid[index] as number;
  }
  return payments;
}

/** Payments no lower than these and no higher than bids. */
function withinBids(lows: Float64Array, highs: Float64Array): readonly HalfSpace[] {
  return [
    ...Array.from(lows, (low, winner): HalfSpace => ({ coordinates: [winner], sign: 1, least: low })),
    ...Array.from(highs, (high, winner): HalfSpace => ({ coordinates: [winner], sign: -1, least: -high })),
  ];
}

/**
 * Payments of little revenue that leave no objection, as objections become known: nearest to a point so far down from the reference that
 * the least revenue decides, or nearly so.
 */
export class CheapPayments {
  readonly #nearest: NearestPoint;
  readonly #highs: Float64Array;
  readonly #tidiness: number;

  constructor(lows: Float64Array, highs: Float64Array, reference: Float64Array, slack: number) {
    const step = farDown * total(highs);
    this.#highs = highs;
    this.#tidiness = slack / 16 / lows.length;
    this.#nearest = new NearestPoint(
      reference.map((payment) => payment - step),
      slack / 16,
    );
    this.#nearest.within(withinBids(lows, highs));
  }

  within(objections: readonly Objection[]): Float64Array {
    this.#nearest.within(objections.map(({ outside, least }) => ({ coordinates: outside, sign: 1, least })));
    return this.#nearest.point.map((payment, winner) =>
      Math.min(tidy(payment, this.#tidiness), this.#highs[winner] as number),
    );
  }
}

/**
 * Least revenue first: steps down along it end at it after finitely many (the proximal method on a linear program). Starts from payments that
 * leave no objection and are as near to the reference as their revenue allows: they stay where none are cheaper. The objections that
 * bind there are likely to bind where it ends.
 */
function leastRevenue(
  start: Float64Array,
  objections: readonly HalfSpace[],
  at: Omit<Sought, 'objections'>,
): Float64Array {
  const { lows, highs, reference, slack } = at;
  const within = slack / 16;
  const binds = ({ coordinates, least }: HalfSpace): boolean => least >= total(start, coordinates) - slack;
  const likely = [...withinBids(lows, highs), ...objections.filter(binds)];
  const nearest = (from: Float64Array, further: readonly HalfSpace[]): Float64Array => {
    const search = new NearestPoint(from, within);
    search.within([...likely, ...further]);
    search.within(objections.filter((objection) => !binds(objection)));
    return search.point;
  };
  const step = total(highs);
  let point = start;
  for (;;) {
    const next = nearest(
      point.map((payment) => payment - step),
      [],
    );
    if (total(next) >= total(point) - within) break;
    point = next;
  }
  if (point === start) return start;
  const most = total(point) + 2 * (lows.length + 1) * within;
  const cheapest: HalfSpace = { coordinates: [...lows.keys()], sign: -1, least: -most };
  return nearest(reference, [cheapest]).map((payment, winner) =>
    Math.min(tidy(payment, within / lows.length), highs[winner] as number),
  );
}

/** Simple fractions of a unit that rounding errors hide. */
function tidy(payment: number, tolerance: number): number {
  for (let parts = 1; parts <= 12; parts++) {
    const simple = Math.round(payment * parts) / parts;
    if (Math.abs(payment - simple) <= tolerance) return simple;
  }
  return payment;
}
