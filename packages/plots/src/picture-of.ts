import { coreRegion } from './auctions/core-region.ts';
import { sealedAuction } from './auctions/sealed-auction.ts';
import type { Figure, FigureOptions } from './figure.ts';
import { outcomeTable } from './outcome-table.ts';
import { auctionPainters, packageAuctionOf } from './painters/auctions.ts';
import { marketPainters } from './painters/markets.ts';
import { otherPainters } from './painters/others.ts';
import { type AnyRun, isRecord, numbersIn, onlyNumbers } from './run-shape.ts';

/**
 * The picture of a run, whatever its mechanism: what was told and what came out, as far as a picture of ours knows their shapes; else a table of
 * the outcome.
 *
 * @param run a scenario and its result, as `mechane run --json` reads and writes them
 *
 * @example
 * ```ts
 * import { pictureOf } from '@mechane/plots';
 *
 * const reports = { ann: { bid: 10 }, bob: { bid: 15 } };
 * const outcome = { winner: 'bob', payment: 10, allocation: { bob: 1 }, payments: { ann: 0, bob: 10 } };
 * pictureOf({ mechanism: 'auction-sealed/second-price', reports, outcome }).title; // => 'bob wins and pays 10'
 * ```
 *
 * @category Figures
 */
export function pictureOf(run: AnyRun, options: FigureOptions = {}): Figure {
  for (const draw of [sealed, ...auctionPainters, ...marketPainters, ...otherPainters]) {
    const figure = draw(run, options);
    if (figure !== undefined) return figure;
  }
  return outcomeTable(run, options);
}

/**
 * All pictures of a run, the most telling first: the one of {@link pictureOf}, and where two or three bidders won packages, which payments are in the
 * core.
 *
 * @param run a scenario and its result, as `mechane run --json` reads and writes them
 *
 * @category Figures
 */
export function picturesOf(run: AnyRun, options: FigureOptions = {}): readonly Figure[] {
  const auction = packageAuctionOf(run);
  const core = auction && coreRegion(auction, options);
  return [pictureOf(run, options), ...(core === undefined ? [] : [core])];
}

function sealed({ reports, settings = {}, outcome }: AnyRun, options: FigureOptions): Figure | undefined {
  const bids = numbersIn(reports, 'bid');
  const { winner, payment, payments } = outcome;
  if (bids === undefined || typeof payment !== 'number' || !isRecord(payments)) return undefined;
  const reserve = typeof settings.reserve === 'number' ? { reserve: settings.reserve } : {};
  return sealedAuction(
    {
      bids,
      payments: onlyNumbers(payments),
      winner: typeof winner === 'string' ? winner : null,
      price: payment,
      ...reserve,
    },
    options,
  );
}
