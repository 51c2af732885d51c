import type { Client } from '@mechane/client';
import { bidsByValue } from '@mechane/plots';
import type { JSX } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { FigureView } from '../figure-view.tsx';
import { saveFile } from '../save-file.ts';
import { scrolled } from '../scrolled.ts';
import { classCsv } from './class-csv.ts';
import type { ClassState, Play } from './class-state.ts';
import { comparedWithTheory, rounded } from './compared.ts';
import type { Experiment } from './game.ts';
import { type Played, playedIn } from './played.ts';
import { theoryLines } from './theory-lines.ts';

/** What came of a game in all its groups, once it is over and read. */
export function usePlayed(client: Client, play: Play | undefined): readonly Played[] | undefined {
  const [read, setRead] = useState<{ readonly number: number; readonly played: readonly Played[] } | undefined>(
    undefined,
  );
  const isOver = play?.isOver === true;
  useEffect(() => {
    if (play === undefined || !isOver) return undefined;
    let isGone = false;
    void readAll(client, play).then((played) => {
      if (!isGone) setRead({ number: play.number, played });
    });
    return () => {
      isGone = true;
    };
  }, [client, play?.number, isOver]);
  return isOver && read?.number === play?.number ? read?.played : undefined;
}

/** Reads the journals of a game, one after the other: a browser has few connections, and others wait for them. */
export async function readAll(client: Client, { sessions }: Play): Promise<readonly Played[]> {
  const all: Played[] = [];
  for (const view of sessions) {
    if (view.status !== 'closed') continue;
    const played = await client
      .journal(view.id)
      .then((journal) => playedIn(view, journal))
      .catch(() => undefined);
    if (played !== undefined) all.push(played);
  }
  return all;
}

/** Everybody's bids with the equilibrium over them, revenue against theory, and who won. */
export function Results({
  client,
  state,
  play,
  isForWall = false,
}: {
  readonly client: Client;
  readonly state: ClassState;
  readonly play: Play;
  readonly isForWall?: boolean;
}): JSX.Element {
  const played = usePlayed(client, play);
  const { game } = play;
  if (played === undefined) return <p class="loading">Reading what was said …</p>;
  const rows = played.flatMap((each) => each.rows);
  const silent = rows.filter(({ said, won }) => said === undefined && won === '').length;
  const saysNothing = game.answering.kind === 'rising' || game.answering.kind === 'falling';
  return (
    <section class="card" aria-labelledby={`results-${play.number}`}>
      <h2 id={`results-${play.number}`}>{game.title}: what all have said</h2>
      {played.length === 0 && <p>The game was called off.</p>}
      {played.length > 0 && (
        <>
          <p class="compared-with-theory">{comparedWithTheory(game, played).join(' ')}</p>
          <BidsPicture experiment={state.experiment} played={played} isForWall={isForWall} />
          <p class="faint">In theory: {game.theory.words}.</p>
          {silent > 0 && !saysNothing && (
            <p class="faint">{silent === 1 ? 'One has' : `${silent} have`} said nothing.</p>
          )}
          {!isForWall && (
            <>
              <RowsTable played={played} told={state.experiment.told} />
              <p class="row">
                <button
                  type="button"
                  onClick={() => saveFile(`class-${play.number}.csv`, 'text/csv', classCsv(played))}
                >
                  Save as CSV
                </button>
              </p>
            </>
          )}
        </>
      )}
    </section>
  );
}

function BidsPicture({
  experiment,
  played,
  isForWall,
}: {
  readonly experiment: Experiment;
  readonly played: readonly Played[];
  readonly isForWall: boolean;
}): JSX.Element | null {
  const game = played[0]?.game;
  const drawn = useMemo(() => {
    const rows = played.flatMap((each) => each.rows);
    const bids = rows.flatMap(({ agent, hand, said, won }) =>
      typeof said === 'number' && hand.value !== undefined
        ? [
            {
              agent,
              value: hand.value,
              bid: said,
              won: won !== '',
              ...(hand.side === undefined ? {} : { kind: hand.side }),
            },
          ]
        : [],
    );
    return game === undefined || bids.length === 0 ? undefined : { bids, theory: theoryLines(experiment, game, rows) };
  }, [experiment, game, played]);
  if (game === undefined || drawn === undefined) return null;
  const x = experiment.told.charAt(0).toLowerCase() + experiment.told.slice(1);
  const title = `${game.title}: everybody’s ${game.axis.startsWith('bid') ? 'bids' : 'answers'}, and theory`;
  return (
    <FigureView
      files={!isForWall}
      draw={(width) => bidsByValue({ ...drawn, x: inThird(x), y: game.axis }, { title, width })}
    />
  );
}

/** What somebody is told, as others speak of it. */
function inThird(words: string): string {
  return words.replaceAll(' to you', ' to them').replaceAll('costs you', 'costs them').replaceAll('your', 'their');
}

function RowsTable({ played, told }: { readonly played: readonly Played[]; readonly told: string }): JSX.Element {
  const rows = played.flatMap((each) => each.rows);
  const isRanked = played[0]?.game.answering.kind === 'ranking';
  return (
    <details>
      <summary>Everybody, in a table</summary>
      <section class="scroll" {...scrolled} aria-label="Everybody, in a table">
        <table>
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Group</th>
              {!isRanked && <th scope="col">{inThird(told)}</th>}
              <th scope="col">Said</th>
              <th scope="col">
                {isRanked ? 'Truly' : played[0]?.game.theory.is === 'truth' ? 'Truth' : 'Equilibrium'}
              </th>
              <th scope="col">Got</th>
              <th scope="col">Paid</th>
              <th scope="col">Gained</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ agent, group, hand, said, equilibrium, won, paid, gain }) => (
              <tr key={`${group} ${agent}`}>
                <th scope="row">{agent}</th>
                <td>{group}</td>
                {!isRanked && <td>{hand.value}</td>}
                <td>{cell(said)}</td>
                <td>{cell(equilibrium)}</td>
                <td>{won || '–'}</td>
                <td>{rounded(paid)}</td>
                <td>{rounded(gain)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}

function cell(said: number | string | undefined): string {
  if (said === undefined) return '–';
  return typeof said === 'number' ? rounded(said) : said;
}
