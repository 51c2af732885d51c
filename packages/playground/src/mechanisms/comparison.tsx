import type { RunResult } from '@mechane/core';
import { type AnyRecord, pictureOf } from '@mechane/plots';
import type { JSX } from 'preact';
import { FigureView } from '../figure-view.tsx';
import type { Pair } from './compared.ts';
import { ComparedTable } from './compared-table.tsx';
import { SmallestDifference } from './smallest-difference-found.tsx';
import type { Told } from './told.ts';

interface ComparisonProps {
  readonly rules: Pair;
  readonly told: Told;
  /** What came of it under the first. */
  readonly result: RunResult;
}

/** Two mechanisms on the same bids: pictures, who gets and pays what, which claims part, and the smallest case on which they differ. */
export function Comparison({ rules, told, result }: ComparisonProps): JSX.Element {
  const [, other] = rules;
  const second = other.ready.play(other.id, other.put(told));
  if ('problem' in second) return <p class="error">{second.problem}</p>;
  const results = [result, second.result] as const;
  return (
    <>
      <div class="columns compared-pictures">
        {rules.map(({ id, title, put }, place) => (
          <div key={id}>
            <h3>{title}</h3>
            <FigureView files={false} draw={(width) => pictureOf(asRun(put(told), results[place]), { width })} />
          </div>
        ))}
      </div>
      <ComparedTable rules={rules} told={told} results={results} />
      <SmallestDifference rules={rules} told={told} />
    </>
  );
}

function asRun(told: Told, result: RunResult | undefined): Parameters<typeof pictureOf>[0] {
  const { outcome, ...others } = result as RunResult;
  return { ...told, ...others, outcome: outcome as AnyRecord };
}
