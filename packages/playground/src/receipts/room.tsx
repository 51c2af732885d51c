import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { compactJson } from '../compact-json.ts';
import { CopyLink } from '../copy-link.tsx';
import { canVerify } from '../live/service.ts';
import { type Route, unpacked } from '../route.ts';
import { AskService } from './ask-service.tsx';
import { type Evidence, nothing } from './evidence.ts';
import { exampleEvidence } from './example.ts';
import { FindingList } from './finding-list.tsx';
import { type Findings, findingsOn } from './findings.ts';
import { Pasted } from './pasted.tsx';
import './receipts.css';

/** Milliseconds without typing, after which what was pasted is checked. */
const pause = 200;

/** A receipt to paste, what to hold it against, and what that shows. */
export function ReceiptRoom({ route }: { readonly route: Route }): JSX.Element {
  const [evidence, setEvidence] = useState<Evidence>(nothing);
  useEffect(() => {
    void unpacked(route.held).then((held) => {
      if (held !== undefined) setEvidence({ ...nothing, receipt: compactJson(held) });
    });
  }, [route.held]);
  const { receipt, findings } = useFindings(evidence);
  const change = (changed: Partial<Evidence>): void => setEvidence((before) => ({ ...before, ...changed }));
  return (
    <>
      <h1>Check a receipt</h1>
      <p class="lead">
        A house that holds an auction gives a signed receipt for whatever somebody says. Anybody can check one: paste
        it, and what you have besides. What follows from it is worked out in your browser; you need not trust the house,
        nor this page’s server.
      </p>
      <div class="checking">
        <section class="card" aria-label="The receipt">
          <Pasted
            id="receipt"
            label="The receipt"
            rows={5}
            accept=".json"
            value={evidence.receipt}
            onValue={(given) => change({ receipt: given })}
          >
            {canVerify() && (
              <button type="button" onClick={async () => setEvidence(await exampleEvidence())}>
                An example
              </button>
            )}
            {receipt !== undefined && <CopyLink path="receipt" value={receipt} />}
          </Pasted>
        </section>
        <section class="found" aria-label="What that shows" aria-live="polite">
          <FindingList receipt={receipt} findings={findings} />
        </section>
        <section class="card" aria-labelledby="against">
          <h2 id="against">What to hold it against</h2>
          <AskService receipt={evidence.receipt} onGiven={change} />
          <Pasted
            id="key"
            label="The public key of the house"
            hint="As it stands at GET /key, or in a PEM file. Best from elsewhere than from whoever gave you the receipt."
            rows={2}
            accept=".json,.pem"
            value={evidence.key}
            onValue={(given) => change({ key: given })}
          />
          <Pasted
            id="journal"
            label="The journal of the session, or the proof of one entry"
            hint="It may hide what others said: the hashes stay."
            rows={5}
            accept=".jsonl,.json,.log,.ndjson"
            value={evidence.journal}
            onValue={(given) => change({ journal: given })}
          />
          <div class="field">
            <label for="head">A head that was published</label>
            <input
              id="head"
              autocomplete="off"
              spellcheck={false}
              value={evidence.head}
              onInput={({ currentTarget }) => change({ head: currentTarget.value })}
            />
            <small>A hash of the journal that somebody wrote down, or that stood in a newspaper, on the day.</small>
          </div>
        </section>
      </div>
    </>
  );
}

/** What was found of the last that was pasted. */
function useFindings(evidence: Evidence): Findings {
  const [found, setFound] = useState<Findings>({ findings: [] });
  useEffect(() => {
    let isGone = false;
    const timer = setTimeout(async () => {
      const findings = evidence.receipt.trim() === '' ? { findings: [] } : await findingsOn(evidence);
      if (!isGone) setFound(findings);
    }, pause);
    return () => {
      isGone = true;
      clearTimeout(timer);
    };
  }, [evidence]);
  return found;
}
