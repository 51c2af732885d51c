import { type PackageAuction, type PackageBid, packageAuction } from '../auctions/package-auction.ts';
import { positionsSold } from '../auctions/positions.ts';
import { priceClock } from '../auctions/price-clock.ts';
import { sealedAuction } from '../auctions/sealed-auction.ts';
import { unitBids } from '../auctions/unit-bids.ts';
import {
  type AnyRecord,
  type AnyRun,
  isNumbers,
  isRecord,
  listsIn,
  numberOr,
  numbersIn,
  onlyNumbers,
  reportsOf,
} from '../run-shape.ts';
import type { Painter } from './painter.ts';

const positions: Painter = ({ reports, settings = {}, outcome }, options) => {
  const bids = numbersIn(reports, 'bid');
  const { slots, pricePerClick } = outcome;
  const { clickThroughRates } = settings;
  if (bids === undefined || !Array.isArray(slots) || !isNumbers(clickThroughRates)) return undefined;
  return positionsSold(
    { bids, slots: slots as (string | null)[], pricePerClick: onlyNumbers(pricePerClick), clicks: clickThroughRates },
    options,
  );
};

const units: Painter = ({ reports, settings = {}, outcome }, options) => {
  const bids = listsIn(reports, 'bids') ?? listsIn(reports, 'marginals') ?? listsIn(reports, 'thresholds');
  const { allocation, payments, clearingPrice, clinches, sales } = outcome;
  if (bids === undefined || typeof settings.units !== 'number' || !isRecord(allocation)) return undefined;
  return unitBids(
    {
      bids,
      units: settings.units,
      allocation: onlyNumbers(allocation),
      payments: onlyNumbers(payments),
      ...(typeof clearingPrice === 'number' ? { clearingPrice } : {}),
      won: wonOneByOne(clinches, sales),
    },
    options,
  );
};

/** Units that were won one by one, by whichever of the two tells it. */
function wonOneByOne(clinches: unknown, sales: unknown): readonly (readonly [number, string])[] {
  if (Array.isArray(clinches)) return clinches as [number, string][];
  if (!Array.isArray(sales)) return [];
  return sales.map(({ price, agent }: { readonly price: number; readonly agent: string }) => [price, agent] as const);
}

/** Prices that are offered, round by round: the last one is drawn against the values. */
const offers: Painter = ({ reports, outcome }, options) => {
  const values = numbersIn(reports, 'value');
  const { price, allocation } = outcome;
  if (values === undefined || typeof price !== 'number' || !isRecord(allocation)) return undefined;
  return sealedAuction({ bids: values, payments: {}, winner: null, winners: thoseWith(allocation), price }, options);
};

/** Copies for everybody who pays its price. */
const copies: Painter = ({ reports, outcome }, options) => {
  const bids = numbersIn(reports, 'bid');
  const { allocation, payments } = outcome;
  if (bids === undefined || !isRecord(payments)) return undefined;
  const winners = thoseWith(allocation);
  return sealedAuction({ bids, payments: onlyNumbers(payments), winner: null, winners, price: 0 }, options);
};

function thoseWith(allocation: unknown): readonly string[] {
  return Object.entries(onlyNumbers(allocation)).flatMap(([agent, count]) => (count > 0 ? [agent] : []));
}

const packages: Painter = (run, options) => {
  const auction = packageAuctionOf(run);
  return auction && packageAuction(auction, options);
};

/** The auction of packages that a run is; `undefined` where it is none. */
export function packageAuctionOf({ reports, settings = {}, outcome }: AnyRun): PackageAuction | undefined {
  const bids = packageBids(reports);
  const { allocation, payments } = outcome;
  if (bids === undefined || !isRecord(allocation)) return undefined;
  const got = Object.fromEntries(
    Object.entries(allocation).filter((entry): entry is [string, string[]] => Array.isArray(entry[1])),
  );
  const { goods } = settings;
  const named = Array.isArray(goods) ? (goods as string[]) : Object.keys(isRecord(goods) ? goods : {});
  const values = Object.fromEntries(
    Object.entries(got).map(([agent, bundle]) => [
      agent,
      worthOf(bundle, reportsOf(reports).find(([name]) => name === agent)?.[1] ?? {}),
    ]),
  );
  return { goods: named, bids, allocation: got, values, payments: onlyNumbers(payments) };
}

function packageBids(reports: unknown): Readonly<Record<string, readonly PackageBid[]>> | undefined {
  const given = reportsOf(reports).map(([agent, report]) => [agent, report.xor ?? report.or] as const);
  if (given.length === 0 || given.some(([, bids]) => !Array.isArray(bids))) return undefined;
  return Object.fromEntries(given) as Readonly<Record<string, readonly PackageBid[]>>;
}

/** What a bundle is worth by a report: the best bid inside of it, or with `or` the best of bids that do not overlap. */
function worthOf(bundle: readonly string[], { xor, or }: AnyRecord): number {
  const inside = ((xor ?? or ?? []) as readonly PackageBid[]).filter((bid) =>
    bid.bundle.every((good) => bundle.includes(good)),
  );
  if (or === undefined) return Math.max(0, ...inside.map(({ value }) => value));
  const best = (left: readonly string[], bids: readonly PackageBid[]): number => {
    const [first, ...others] = bids;
    if (first === undefined) return 0;
    const without = best(left, others);
    if (!first.bundle.every((good) => left.includes(good))) return without;
    return Math.max(
      without,
      first.value +
        best(
          left.filter((good) => !first.bundle.includes(good)),
          others,
        ),
    );
  };
  return best(bundle, inside.slice(0, 16));
}

const rising: Painter = ({ reports, settings = {}, outcome }, options) => {
  const values = numbersIn(reports, 'value');
  const { winner, payment, history } = outcome;
  if (values === undefined || typeof payment !== 'number' || !('winner' in outcome)) return undefined;
  const told = Array.isArray(history) ? (history as readonly AnyRecord[]) : [];
  const rounds = Object.fromEntries(
    told.flatMap(({ agent, round }) =>
      typeof agent === 'string' && typeof round === 'number' ? [[agent, round]] : [],
    ),
  );
  return priceClock(
    {
      startingPrice: numberOr(settings.startingPrice, 0),
      agents: Object.keys(values),
      limits: values,
      winner: typeof winner === 'string' ? winner : null,
      price: payment,
      rounds,
    },
    options,
  );
};

const falling: Painter = ({ reports, settings = {}, outcome }, options) => {
  const limits = numbersIn(reports, 'threshold');
  const { winner, payment } = outcome;
  if (limits === undefined || typeof payment !== 'number') return undefined;
  const startingPrice = numberOr(settings.startingPrice, Math.max(...Object.values(limits)));
  return priceClock(
    {
      startingPrice,
      agents: Object.keys(limits),
      limits,
      winner: typeof winner === 'string' ? winner : null,
      price: payment,
      direction: 'down',
    },
    options,
  );
};

/** Auctions by the shape of what they are told and give. */
export const auctionPainters: readonly Painter[] = [positions, units, offers, copies, packages, rising, falling];
