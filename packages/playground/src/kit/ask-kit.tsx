import type { LawVerdict } from '@mechane/conformance';
import { type BrokenLaw, counterexample } from '@mechane/plots';
import type { JSX } from 'preact';
import { FigureView } from '../figure-view.tsx';
import { useKit } from './use-kit.ts';

/** The question whether anybody can gain by lying, and the kit's answer. */
export function AskKit({ mechanism, name }: { readonly mechanism: string; readonly name: string }): JSX.Element {
  const [state, ask] = useKit();
  const asking = state !== undefined && 'progress' in state;
  return (
    <div class="ask">
      <button
        type="button"
        class="primary"
        disabled={asking}
        onClick={() => ask({ mechanism, laws: ['strategy-proof'], runs: 60, asked: true })}
      >
        {asking ? 'Looking …' : 'Can anybody gain by lying?'}
      </button>
      <div aria-live="polite">{state !== undefined && <Answer state={state} name={name} />}</div>
    </div>
  );
}

function Answer({
  state,
  name,
}: {
  readonly state: NonNullable<ReturnType<typeof useKit>[0]>;
  readonly name: string;
}): JSX.Element | null {
  if ('error' in state) return <p class="bad">The kit could not look: {state.error}</p>;
  if ('progress' in state) return null;
  const [law] = state.reports.flatMap(({ laws }) => laws);
  if (law === undefined) return <p>There is nothing to examine.</p>;
  return <Verdict law={law} name={name} milliseconds={state.milliseconds} />;
}

function Verdict({
  law,
  name,
  milliseconds,
}: {
  readonly law: LawVerdict;
  readonly name: string;
  readonly milliseconds: number;
}): JSX.Element {
  const cases = law.examined.toLocaleString('en');
  const took = `${Math.round(milliseconds).toLocaleString('en')} ms`;
  if (law.verdict !== 'refuted') {
    return (
      <p class="answer good">
        <strong>No.</strong> {name}: no lie helps in any of {cases} cases that the kit looked at in {took}
        {law.method === 'exhaustive' ? ', among them every profile of a small grid' : ''}.
      </p>
    );
  }
  return (
    <div class="answer">
      <p class="bad">
        <strong>Yes.</strong> {law.reason}. Found in {took}; this is the smallest case it found.
      </p>
      <FigureView draw={(width) => counterexample(law as BrokenLaw, { width })} />
    </div>
  );
}
