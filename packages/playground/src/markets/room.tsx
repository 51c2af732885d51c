import type { JSX } from 'preact';
import { Book } from './book.tsx';
import { TwoCurves } from './two-curves.tsx';

/** A book of orders to trade in, and two curves to move. */
export function MarketsRoom(): JSX.Element {
  return (
    <>
      <h1>Markets</h1>
      <p class="lead">
        Place orders in a book and see what trades. Or move supply and demand, and see the price and the gains from
        trade follow.
      </p>
      <div class="stack">
        <Book />
        <TwoCurves />
      </div>
    </>
  );
}
