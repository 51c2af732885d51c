import type { JSX } from 'preact';
import type { Finding } from './finding.ts';
import type { Findings } from './findings.ts';
import { claimOf } from './in-sentences.ts';

/** What was found, one sentence each, under one that says what it comes to. */
export function FindingList({ receipt, findings }: Findings): JSX.Element {
  if (findings.length === 0) {
    return (
      <div class="card">
        <h2>Nothing to check yet</h2>
        <p class="faint">
          What was shown, and what was not, stands here as soon as there is a receipt. You have none? Take the example:
          a small auction is held in your browser, and you get what a bidder has of it afterwards.
        </p>
      </div>
    );
  }
  return (
    <div class="card">
      <h2>{allInAll(findings)}</h2>
      {receipt !== undefined && <p class="faint">{claimOf(receipt)}</p>}
      <ul class="findings">
        {findings.map(({ verdict, says, code, more }) => (
          <li key={says} class={verdict}>
            <span aria-hidden="true">{signs[verdict]}</span>
            <div>
              <p>
                <span class="unseen">{spoken[verdict]} </span>
                {says}
              </p>
              {more !== undefined && (
                <p class="faint">
                  {code !== undefined && <code>{code}</code>} {more}
                </p>
              )}
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
}

const signs: Readonly<Record<Finding['verdict'], string>> = { holds: '✓', fails: '✗', open: '?' };
const spoken: Readonly<Record<Finding['verdict'], string>> = { holds: 'Shown:', fails: 'False:', open: 'Open:' };

function allInAll(findings: readonly Finding[]): string {
  if (findings.some(({ verdict }) => verdict === 'fails')) return 'This does not hold';
  return findings.every(({ verdict }) => verdict === 'holds') ? 'All of it holds' : 'What was checked holds';
}
