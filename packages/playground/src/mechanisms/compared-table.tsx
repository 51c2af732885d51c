import type { RunResult } from '@mechane/core';
import type { AnyRecord } from '@mechane/plots';
import type { JSX } from 'preact';
import { scrolled } from '../scrolled.ts';
import type { Pair } from './compared.ts';
import type { Told } from './told.ts';
import { type Dealt, decidedForAll, whatAgentsGet } from './what-agents-get.ts';

interface ComparedTableProps {
  readonly rules: Pair;
  readonly told: Told;
  readonly results: readonly [RunResult, RunResult];
}

/** Who gets and pays what under two rules, what comes of it for all, and the claims that part. */
export function ComparedTable({ rules, told, results }: ComparedTableProps): JSX.Element {
  const agents = Object.keys(told.reports ?? {});
  const dealt = results.map(({ outcome }) => whatAgentsGet(outcome as AnyRecord, agents));
  const forAll = results.map(({ outcome }) => decidedForAll(outcome as AnyRecord));
  const hasMoney = results.some(({ outcome }) => 'payments' in (outcome as AnyRecord));
  const claims = rules.map(
    ({ id, ready, put }) =>
      new Map(ready.claimsAt(id, put(told).settings).map(({ law, holds }) => [String(law), holds === true])),
  );
  const parted = [...new Set(claims.flatMap((each) => [...each.keys()]))].filter(
    (law) => claims[0]?.get(law) !== claims[1]?.get(law),
  );
  const metrics = (['revenue', 'welfare', 'efficiency'] as const).filter((name) =>
    results.some((each) => each.metrics[name] !== null && each.metrics[name] !== undefined),
  );
  return (
    <div class="scroll" {...scrolled}>
      <table class="compared">
        <thead>
          <tr>
            <th scope="col">The same bids under</th>
            {rules.map(({ id, title }) => (
              <th scope="col" key={id}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {forAll.some((each) => each !== undefined) && <Row name="decided" values={forAll.map(inWords)} />}
          {agents.map((agent) => (
            <Row key={agent} name={agent} values={dealt.map((each) => dealtInWords(each.get(agent), hasMoney))} />
          ))}
          {metrics.map((name) => (
            <Row key={name} name={name} values={results.map((each) => inWords(each.metrics[name]))} />
          ))}
          {parted.map((law) => (
            <Row key={law} name={law} isLaw values={claims.map((each) => claimInWords(each.get(law)))} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface RowProps {
  readonly name: string;
  readonly isLaw?: boolean;
  readonly values: readonly string[];
}

/** A line of the table; what is not the same in both stands out. */
function Row({ name, isLaw = false, values }: RowProps): JSX.Element {
  const [first, second] = values;
  return (
    <tr class={first === second ? '' : 'parted'}>
      <th scope="row">{isLaw ? <code>{name}</code> : name}</th>
      <td>{first}</td>
      <td>{second}</td>
    </tr>
  );
}

function dealtInWords(dealt: Dealt | undefined, hasMoney: boolean): string {
  const { gets, pays = 0 } = dealt ?? {};
  const paid = !hasMoney || (pays === 0 && gets === undefined) ? '' : pays < 0 ? `receives ${-pays}` : `pays ${pays}`;
  const got = gets === undefined ? '' : typeof gets === 'number' && gets < 0 ? `gives ${-gets}` : `gets ${gets}`;
  return [got, paid].filter((part) => part !== '').join(', ') || '–';
}

function inWords(value: unknown): string {
  if (typeof value === 'number') return String(Number(value.toPrecision(8))).replace('-', '−');
  return value === null || value === undefined ? '–' : String(value);
}

function claimInWords(holds: boolean | undefined): string {
  return holds === undefined ? 'not claimed' : holds ? 'claimed' : 'does not hold';
}
