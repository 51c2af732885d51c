import { type AnyRecord, pictureOf } from '@mechane/plots';
import type { JSX } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { FigureView } from '../figure-view.tsx';
import { type Ready, readyFor } from '../mechanisms/play.ts';

const id = 'market/call';
const traders = 12;

interface Shape {
  readonly demand: number;
  readonly demandSlope: number;
  readonly supply: number;
  readonly supplySlope: number;
  /** What a unit is taxed, paid by sellers. */
  readonly tax: number;
}

const calm: Shape = { demand: 100, demandSlope: 6, supply: 20, supplySlope: 5, tax: 0 };

const sliders: readonly { readonly key: keyof Shape; readonly words: string; readonly most: number }[] = [
  { key: 'demand', words: 'the most that anybody pays', most: 150 },
  { key: 'demandSlope', words: 'how fast demand falls', most: 12 },
  { key: 'supply', words: 'the least that anybody asks', most: 100 },
  { key: 'supplySlope', words: 'how fast supply rises', most: 12 },
  { key: 'tax', words: 'a tax on each unit', most: 60 },
];

const shocks: readonly { readonly name: string; readonly shape: Shape }[] = [
  { name: 'A bad harvest', shape: { ...calm, supply: 55 } },
  { name: 'A fashion', shape: { ...calm, demand: 135 } },
  { name: 'A tax', shape: { ...calm, tax: 30 } },
];

/** Supply and demand whose shapes one moves. */
export function TwoCurves(): JSX.Element {
  const [ready, setReady] = useState<Ready | undefined>(undefined);
  const [shape, setShape] = useState(calm);
  useEffect(() => {
    void readyFor(id).then(setReady);
  }, []);
  const told = useMemo(() => ({ reports: reportsOf(shape) }), [shape]);
  const played = useMemo(() => ready?.play(id, told), [ready, told]);
  if (played === undefined) return <p class="loading">Loading …</p>;
  return (
    <section class="card" aria-labelledby="curves">
      <h2 id="curves">Supply and demand</h2>
      <div class="beside">
        <div>
          <div class="row">
            {shocks.map(({ name, shape: shocked }) => (
              <button type="button" key={name} onClick={() => setShape(shocked)}>
                {name}
              </button>
            ))}
            <button type="button" onClick={() => setShape(calm)}>
              As it was
            </button>
          </div>
          <div class="sliders wide">
            {sliders.map(({ key, words, most }) => (
              <label key={key}>
                <span>{words}</span>
                <input
                  type="range"
                  min={0}
                  max={most}
                  value={shape[key]}
                  onInput={({ currentTarget }) =>
                    setShape((before) => ({ ...before, [key]: Number(currentTarget.value) }))
                  }
                />
                <output>{shape[key]}</output>
              </label>
            ))}
          </div>
        </div>
        {'problem' in played ? (
          <p class="error">{played.problem}</p>
        ) : (
          <FigureView
            draw={(width) =>
              pictureOf({ ...told, ...played.result, outcome: played.result.outcome as AnyRecord }, { width })
            }
          />
        )}
      </div>
    </section>
  );
}

function reportsOf({ demand, demandSlope, supply, supplySlope, tax }: Shape): Readonly<Record<string, unknown>> {
  const places = Array.from({ length: traders }, (_, place) => place);
  const buyers = places.map((place) => [
    `buyer ${place + 1}`,
    { side: 'buy', price: Math.max(0, demand - demandSlope * place) },
  ]);
  const sellers = places.map((place) => [
    `seller ${place + 1}`,
    { side: 'sell', price: supply + supplySlope * place + tax },
  ]);
  return Object.fromEntries([...buyers, ...sellers]);
}
