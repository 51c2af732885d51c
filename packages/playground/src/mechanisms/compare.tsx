import type { RunResult } from '@mechane/core';
import { type AnyRecord, pictureOf } from '@mechane/plots';
import type { JSX } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { FigureView } from '../figure-view.tsx';
import type { Played, Ready } from './play.ts';
import { smallestDifference } from './smallest-difference.ts';
import type { Told } from './told.ts';

/** The same bids under another rule, side by side. */
export function Compare({
  ready,
  mechanism,
  told,
  played,
}: {
  readonly ready: Ready;
  readonly mechanism: string;
  readonly told: Told;
  readonly played: Played;
}): JSX.Element | null {
  const report = JSON.stringify(ready.describe(mechanism).report);
  const alike = ready.ids.filter(
    (id) => id !== mechanism && told.reports !== undefined && JSON.stringify(ready.describe(id).report) === report,
  );
  const [other, setOther] = useState<string | undefined>(undefined);
  if (alike.length === 0) return null;
  return (
    <section class="card" aria-labelledby="compare">
      <h2 id="compare">The same under another rule</h2>
      <label>
        Compare with{' '}
        <select
          value={other ?? ''}
          onChange={({ currentTarget }) => setOther(currentTarget.value === '' ? undefined : currentTarget.value)}
        >
          <option value="">–</option>
          {alike.map((id) => (
            <option key={id}>{id}</option>
          ))}
        </select>
      </label>
      {other !== undefined && 'result' in played && (
        <Comparison ready={ready} mechanism={mechanism} other={other} told={told} result={played.result} />
      )}
    </section>
  );
}

interface ComparisonProps {
  readonly ready: Ready;
  readonly mechanism: string;
  readonly other: string;
  readonly told: Told;
  readonly result: RunResult;
}

function Comparison({ ready, mechanism, other, told, result }: ComparisonProps): JSX.Element {
  const known = Object.keys(ready.describe(other).settings.properties ?? {});
  const asOther = (given: Told): Told => ({
    ...given,
    settings: Object.fromEntries(Object.entries(given.settings ?? {}).filter(([name]) => known.includes(name))),
  });
  const second = ready.play(other, asOther(told));
  const smallest = useMemo(
    () =>
      smallestDifference(
        (given) => ready.play(mechanism, given),
        (given) => ready.play(other, asOther(given)),
        told,
      ),
    [ready, mechanism, other, told],
  );
  if ('problem' in second) return <p class="error">{second.problem}</p>;
  const results = [result, second.result];
  const agents = Object.keys(told.reports ?? {});
  const paid = ({ outcome }: RunResult, agent: string): unknown =>
    ((outcome as AnyRecord).payments as AnyRecord | undefined)?.[agent];
  const claims = [mechanism, other].map(
    (id) => new Map(ready.describe(id).claims.map(({ law, holds }) => [String(law), holds === true])),
  );
  const parted = [...new Set(claims.flatMap((each) => [...each.keys()]))].filter(
    (law) => claims[0]?.get(law) !== claims[1]?.get(law),
  );
  return (
    <>
      <div class="columns">
        {[mechanism, other].map((id, place) => (
          <div key={id}>
            <h3>{id}</h3>
            <FigureView
              files={false}
              draw={(width) =>
                pictureOf(
                  {
                    ...told,
                    ...(results[place] as RunResult),
                    outcome: (results[place] as RunResult).outcome as AnyRecord,
                  },
                  { width },
                )
              }
            />
          </div>
        ))}
      </div>
      <div class="scroll">
        <table class="compared">
          <thead>
            <tr>
              <th scope="col" />
              <th scope="col">{mechanism}</th>
              <th scope="col">{other}</th>
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">wins</th>
              {results.map((each, place) => (
                <td key={place === 0 ? mechanism : other}>{winnersOf(each)}</td>
              ))}
            </tr>
            {agents.map((agent) => (
              <tr key={agent}>
                <th scope="row">{agent} pays</th>
                {results.map((each, place) => (
                  <td key={place === 0 ? mechanism : other}>{String(paid(each, agent) ?? '–')}</td>
                ))}
              </tr>
            ))}
            {(['revenue', 'welfare', 'efficiency'] as const).map((name) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                {results.map((each, place) => (
                  <td key={place === 0 ? mechanism : other}>{String(each.metrics[name] ?? '–')}</td>
                ))}
              </tr>
            ))}
            {parted.map((law) => (
              <tr key={law}>
                <th scope="row">
                  <code>{law}</code>
                </th>
                {claims.map((each, place) => (
                  <td key={place === 0 ? mechanism : other}>
                    {each.get(law) === undefined ? 'not claimed' : each.get(law) ? 'claimed' : 'does not hold'}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="faint">
        {smallest === undefined
          ? 'On these reports both give the same.'
          : 'The smallest case found on which they differ: '}
        {smallest !== undefined && <code>{JSON.stringify(smallest.reports)}</code>}
      </p>
    </>
  );
}

/** Who got something, by the allocation or as the outcome names it. */
function winnersOf({ outcome }: RunResult): string {
  const { winner, allocation } = outcome as AnyRecord;
  if (typeof winner === 'string') return winner;
  const got = Object.entries((allocation ?? {}) as AnyRecord).filter(([, part]) =>
    Array.isArray(part) ? part.length > 0 : Number(part) > 0,
  );
  return got.map(([agent, part]) => `${agent}${Array.isArray(part) ? ` (${part.join(', ')})` : ''}`).join(', ') || '–';
}
