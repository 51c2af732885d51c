import type { Claim } from '@mechane/core';
import { type BrokenLaw, claimsChecked, counterexample, type Examination } from '@mechane/plots';
import type { JSX } from 'preact';
import { FigureView } from '../figure-view.tsx';
import { useKit } from '../kit/use-kit.ts';

/** What a mechanism claims, and the kit to check it here and now. */
export function VerifyHere({ id, claims }: { readonly id: string; readonly claims: readonly Claim[] }): JSX.Element {
  const [state, ask] = useKit();
  const asking = state !== undefined && 'progress' in state;
  return (
    <section class="card" aria-labelledby="claims">
      <h2 id="claims">What it claims</h2>
      {claims.length === 0 && <p class="faint">Nothing at these settings.</p>}
      <ul class="laws">
        {claims.map(({ law, holds, because }) => (
          <li key={String(law)}>
            <span class={holds === false ? 'faint' : 'good'}>{holds === false ? '○' : '✓'}</span> <code>{law}</code>{' '}
            <span class="faint">
              {holds === false ? 'does not hold. ' : typeof holds === 'object' ? `up to ${holds.approximately}. ` : ''}
              {because}
            </span>
          </li>
        ))}
      </ul>
      <div class="row">
        <button type="button" class="primary" disabled={asking} onClick={() => ask({ mechanism: id, runs: 20 })}>
          {asking ? 'Examining …' : 'Verify here'}
        </button>
      </div>
      <div aria-live="polite">
        {state !== undefined && 'progress' in state && (
          <p class="faint">
            <progress max={state.progress.total} value={state.progress.done} aria-label="Laws examined" />{' '}
            {state.progress.law}
          </p>
        )}
        {state !== undefined && 'error' in state && <p class="error">{state.error}</p>}
        {state !== undefined &&
          'reports' in state &&
          state.reports.map((report, place) => (
            <Report key={place === 0 ? 'first' : `report ${place}`} report={report as Examination} />
          ))}
      </div>
    </section>
  );
}

function Report({ report }: { readonly report: Examination }): JSX.Element {
  const broken = report.laws.filter(({ verdict }) => verdict === 'refuted');
  return (
    <>
      <FigureView draw={(width) => claimsChecked(report, { width })} />
      {broken.map((law) => (
        <FigureView key={law.law} draw={(width) => counterexample(law as BrokenLaw, { width })} />
      ))}
    </>
  );
}
