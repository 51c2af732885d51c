import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { valueInWords } from './in-words.ts';
import { type Book, type Level, ladderPrices, type OwnOrder, restingOrders } from './own-orders.ts';
import { isRecord } from './records.ts';
import type { Said } from './said.tsx';
import type { Form } from './ways-to-answer.ts';

/** The book that a question tells of, where limit orders may be placed in it and taken back; `undefined` where it tells of none. */
export function bookIn(content: unknown, forms: readonly Form[]): Book | undefined {
  const kinds = new Set(forms.map(({ fixed }) => fixed.type));
  if (!isRecord(content) || !isRecord(content.depth) || !kinds.has('limit') || !kinds.has('cancel')) return undefined;
  const { bids, asks } = content.depth;
  if (!Array.isArray(bids) || !Array.isArray(asks)) return undefined;
  const { lastPrice } = content;
  return {
    bids: bids as readonly Level[],
    asks: asks as readonly Level[],
    lastPrice: typeof lastPrice === 'number' ? lastPrice : undefined,
  };
}

/** A book as a ladder of prices: pressing one buys or sells there; own orders are marked, and can be taken back. */
export function OrderLadder({
  book,
  me,
  said,
  isClosed,
  onSay,
}: {
  readonly book: Book;
  readonly me: string;
  readonly said: readonly Said[];
  readonly isClosed: boolean;
  readonly onSay: (message: unknown) => void;
}): JSX.Element {
  const [quantity, setQuantity] = useState('1');
  const [price, setPrice] = useState('');
  const own = restingOrders(
    said.map(({ message }) => message),
    book,
  );
  const place = (side: 'buy' | 'sell', at: number): void => {
    // By this name it can be taken back, from any page of the one who placed it.
    const id = `${me}-${Date.now().toString(36)}`;
    onSay({ type: 'limit', side, price: at, quantity: Number(quantity), id });
  };
  const placeTyped = (side: 'buy' | 'sell') => (): void => {
    if (price !== '') place(side, Number(price));
  };
  const prices = ladderPrices(book, own);
  return (
    <>
      <div class="order">
        <label>
          <span>How much</span>
          <input
            type="number"
            min={0}
            step="any"
            value={quantity}
            onInput={({ currentTarget }) => setQuantity(currentTarget.value)}
          />
        </label>
        <label>
          <span>Price</span>
          <input
            type="number"
            min={0}
            step="any"
            value={price}
            onInput={({ currentTarget }) => setPrice(currentTarget.value)}
          />
        </label>
        <button type="button" class="buys" aria-disabled={isClosed} onClick={placeTyped('buy')}>
          Buy
        </button>
        <button type="button" class="sells" aria-disabled={isClosed} onClick={placeTyped('sell')}>
          Sell
        </button>
      </div>
      {prices.length === 0 ? (
        <p class="faint">The book is empty. Say a price, and buy or sell there.</p>
      ) : (
        <table class="ladder">
          <caption class="unseen">The book: press on a side of a price to place an order there</caption>
          <thead>
            <tr>
              <th scope="col">Buy</th>
              <th scope="col">Price</th>
              <th scope="col">Sell</th>
            </tr>
          </thead>
          <tbody>
            {prices.map((at) => (
              <tr key={at} class={at === book.lastPrice ? 'last' : ''}>
                <td>
                  <Press
                    side="buy"
                    at={at}
                    level={levelAt(book.bids, at)}
                    own={own}
                    isClosed={isClosed}
                    onPlace={place}
                  />
                </td>
                <th scope="row">{valueInWords(at)}</th>
                <td>
                  <Press
                    side="sell"
                    at={at}
                    level={levelAt(book.asks, at)}
                    own={own}
                    isClosed={isClosed}
                    onPlace={place}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {own.length > 0 && <OwnOrders own={own} isClosed={isClosed} onSay={onSay} />}
    </>
  );
}

function levelAt(levels: readonly Level[], at: number): number | undefined {
  return levels.find(([price]) => price === at)?.[1];
}

function Press({
  side,
  at,
  level,
  own,
  isClosed,
  onPlace,
}: {
  readonly side: 'buy' | 'sell';
  readonly at: number;
  readonly level: number | undefined;
  readonly own: readonly OwnOrder[];
  readonly isClosed: boolean;
  readonly onPlace: (side: 'buy' | 'sell', at: number) => void;
}): JSX.Element {
  const name = `${side === 'buy' ? 'Buy' : 'Sell'} at ${valueInWords(at)}`;
  const isOwn = own.some((order) => order.side === side && order.price === at);
  const beside = level === undefined ? '' : `, beside ${valueInWords(level)}`;
  return (
    <button
      type="button"
      class={`${level === undefined ? '' : `${side}s`}${isOwn ? ' own' : ''}`}
      aria-label={`${name}${beside}${isOwn ? ', some of it yours' : ''}`}
      aria-disabled={isClosed}
      onClick={() => onPlace(side, at)}
    >
      {level === undefined ? side : valueInWords(level)}
    </button>
  );
}

function OwnOrders({
  own,
  isClosed,
  onSay,
}: {
  readonly own: readonly OwnOrder[];
  readonly isClosed: boolean;
  readonly onSay: (message: unknown) => void;
}): JSX.Element {
  return (
    <>
      <h3>Your orders</h3>
      <ul class="said">
        {own.map(({ id, side, price, quantity }) => {
          const told = `${side === 'buy' ? 'Buy' : 'Sell'} ${valueInWords(quantity)} at ${valueInWords(price)}`;
          return (
            <li key={id}>
              {told}
              <button
                type="button"
                class="quiet"
                aria-label={`Take back: ${told}`}
                aria-disabled={isClosed}
                onClick={() => onSay({ type: 'cancel', id })}
              >
                Take back
              </button>
            </li>
          );
        })}
      </ul>
      <p class="faint">
        <small>An order that shares its price with others may have traded: that is told at the end.</small>
      </p>
    </>
  );
}
