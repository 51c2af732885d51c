import { type AnyRecord, pictureOf } from '@mechane/plots';
import type { JSX } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { FigureView } from '../figure-view.tsx';
import { type Ready, readyFor } from '../mechanisms/play.ts';

const id = 'market/order-book';
type Message = readonly [agent: string, message: AnyRecord];
type Side = 'buy' | 'sell';

const first: readonly Message[] = [
  ['m1', { type: 'limit', side: 'buy', price: 98, quantity: 3 }],
  ['m2', { type: 'limit', side: 'buy', price: 99, quantity: 2 }],
  ['m3', { type: 'limit', side: 'sell', price: 101, quantity: 2 }],
  ['m4', { type: 'limit', side: 'sell', price: 103, quantity: 4 }],
];

/** A continuous double auction: whoever presses in the picture places an order at that price. */
export function Book(): JSX.Element {
  const [ready, setReady] = useState<Ready | undefined>(undefined);
  const [messages, setMessages] = useState(first);
  const [side, setSide] = useState<Side>('buy');
  const [price, setPrice] = useState(100);
  const [quantity, setQuantity] = useState(1);
  useEffect(() => {
    void readyFor(id).then(setReady);
  }, []);
  const played = useMemo(() => ready?.play(id, { messages }), [ready, messages]);
  const place = (at: number): void =>
    setMessages((before) => [...before, ['you', { type: 'limit', side, price: at, quantity }]]);
  if (played === undefined) return <p class="loading">Loading …</p>;
  if ('problem' in played) return <p class="error card">{played.problem}</p>;
  const run = { messages, ...played.result, outcome: played.result.outcome as AnyRecord };
  const press = ({ clientX, clientY, currentTarget }: MouseEvent & { readonly currentTarget: HTMLElement }): void => {
    const svg = currentTarget.querySelector('svg');
    if (svg === null) return;
    const { left, top, width } = svg.getBoundingClientRect();
    const scale = svg.viewBox.baseVal.width / width;
    const { axis } = pictureOf(run, { width: svg.viewBox.baseVal.width });
    const x = (clientX - left) * scale;
    if (axis === undefined || x < axis.from || x > axis.to || (clientY - top) * scale > 330) return;
    const at = Math.round(axis.low + ((x - axis.from) / (axis.to - axis.from)) * (axis.high - axis.low));
    setPrice(at);
    place(at);
  };
  return (
    <section class="card" aria-labelledby="book">
      <h2 id="book">A book of orders</h2>
      <div class="beside">
        <div>
          <form
            class="row"
            onSubmit={(event) => {
              event.preventDefault();
              place(price);
            }}
          >
            <select
              aria-label="Side"
              value={side}
              onChange={({ currentTarget }) => setSide(currentTarget.value as Side)}
            >
              <option value="buy">buy</option>
              <option value="sell">sell</option>
            </select>
            <input
              aria-label="Quantity"
              type="number"
              min={1}
              step={1}
              value={quantity}
              onInput={({ currentTarget }) => setQuantity(Math.max(1, Math.round(Number(currentTarget.value))))}
            />
            <span>at</span>
            <input
              aria-label="Price"
              type="number"
              min={0}
              value={price}
              onInput={({ currentTarget }) => setPrice(Number(currentTarget.value))}
            />
            <button type="submit" class="primary">
              Place
            </button>
            <button type="button" onClick={() => setMessages(first)}>
              Start again
            </button>
          </form>
          <p class="faint">
            Or press in the picture of the book: an order to {side} {quantity} is placed at that price.
          </p>
        </div>
        {/* biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: the form above does the same by the keyboard */}
        <div class="pressable" onClick={press}>
          <FigureView draw={(width) => pictureOf(run, { width })} />
        </div>
      </div>
    </section>
  );
}
