import type { LawVerdict } from '@mechane/conformance';
import { type BrokenLaw, counterexample, type SealedAuction, sealedAuction } from '@mechane/plots';
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { CopyLink } from '../copy-link.tsx';
import { FigureView } from '../figure-view.tsx';
import { type Route, unpacked } from '../route.ts';
import { Editor } from './editor.tsx';
import { famousRules } from './famous-rules.ts';
import { examineInSandbox, withoutTypes } from './sandbox.ts';

const bids = { ann: 10, bob: 15, eve: 12 };
const pause = 350;

/** What is known of the rule as it is now. */
interface Known {
  readonly played?: SealedAuction;
  readonly laws?: readonly LawVerdict[];
  readonly milliseconds?: number;
  readonly error?: string;
}

/** A rule that one writes, and what the kit makes of it as one types. */
export function RulesRoom({ route }: { readonly route: Route }): JSX.Element {
  const [code, setCode] = useState((famousRules[0] as (typeof famousRules)[number]).code);
  useEffect(() => {
    void unpacked(route.held).then((held) => {
      if (typeof held === 'string') setCode(held);
    });
  }, [route.held]);
  const known = useExamination(code);
  const chosen = famousRules.find((rule) => rule.code === code);
  return (
    <>
      <h1>Break my auction</h1>
      <p class="lead">
        Write a rule for one item, and say what it promises. While you type, the kit looks for the smallest case in
        which a promise is broken. The rule runs in a sandbox in your browser: no network, no page, and it is stopped
        when it loops.
      </p>
      <div class="row">
        <label>
          Start from{' '}
          <select
            value={chosen?.name ?? ''}
            onChange={({ currentTarget }) =>
              setCode(famousRules.find(({ name }) => name === currentTarget.value)?.code ?? code)
            }
          >
            {chosen === undefined && <option value="">your own</option>}
            {famousRules.map(({ name }) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
        <CopyLink path="break" value={code} />
      </div>
      {chosen !== undefined && <p class="faint">{chosen.source}</p>}
      <div class="columns">
        <section class="stack" aria-label="The rule">
          <Editor code={code} onCode={setCode} />
          {known.played !== undefined && (
            <div class="card">
              <FigureView draw={(width) => sealedAuction(known.played as SealedAuction, { width })} />
            </div>
          )}
        </section>
        <section class="stack" aria-label="What the kit finds" aria-live="polite">
          <Findings known={known} />
        </section>
      </div>
    </>
  );
}

/** The rule examined a moment after the last letter. */
function useExamination(code: string): Known {
  const [known, setKnown] = useState<Known>({});
  useEffect(() => {
    let end = (): void => {};
    let over = false;
    setKnown(({ played }) => (played === undefined ? {} : { played }));
    const timer = setTimeout(async () => {
      try {
        const plain = await withoutTypes(code);
        if (!over)
          end = examineInSandbox({ code: plain, bids }, (answer) =>
            setKnown((before) => ('error' in answer ? answer : { ...before, ...answer })),
          );
      } catch (thrown) {
        setKnown({ error: thrown instanceof Error ? thrown.message : String(thrown) });
      }
    }, pause);
    return () => {
      over = true;
      clearTimeout(timer);
      end();
    };
  }, [code]);
  return known;
}

function Findings({ known: { laws, error, milliseconds = 0 } }: { readonly known: Known }): JSX.Element {
  if (error !== undefined) return <p class="error card">{error}</p>;
  if (laws === undefined) return <p class="faint card">The kit is looking …</p>;
  const broken = laws.filter(({ verdict }) => verdict === 'refuted');
  const cases = laws.reduce((sum, { examined }) => sum + examined, 0).toLocaleString('en');
  return (
    <>
      <div class="card">
        <p>
          <strong class={broken.length > 0 ? 'bad' : 'good'}>
            {broken.length > 0
              ? `${broken.length} of ${laws.length} promises broken`
              : `All ${laws.length} promises kept`}
          </strong>{' '}
          <span class="faint">
            in {cases} cases, {Math.round(milliseconds).toLocaleString('en')} ms
          </span>
        </p>
        <ul class="laws short">
          {laws.map((law) => (
            <li key={law.law}>
              <Sign law={law} /> <code>{law.law}</code>{' '}
              <span class="faint">{law.verdict === 'refuted' ? law.reason : law.verdict}</span>
            </li>
          ))}
        </ul>
      </div>
      {broken.map((law) => (
        <div key={law.law} class="card">
          <FigureView draw={(width) => counterexample(law as BrokenLaw, { width })} />
        </div>
      ))}
    </>
  );
}

function Sign({ law: { verdict } }: { readonly law: LawVerdict }): JSX.Element {
  if (verdict === 'refuted') return <span class="bad">✗</span>;
  return verdict === 'holds' ? <span class="good">✓</span> : <span class="faint">?</span>;
}
