import type { Belonging, Seat } from '@mechane/client';
import type { JSX } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { atSeat, type Followable, useFollowed } from '../live/following.ts';
import { type ServiceHere, useHeard } from '../live/service.ts';
import { TimeLeft } from '../live/time-left.tsx';
import { AnswerControl } from './answer-controls.tsx';
import { rounded } from './compared.ts';
import { experimentNamed } from './experiments/all.ts';
import type { Experiment, Got, Hand } from './game.ts';
import { notedIn } from './played.ts';
import type { Noted } from './playing.ts';

/** A student's place in a game: what it was dealt, what it says, and what came of it. */
export function GameSeat({
  service,
  belonging,
  children,
}: {
  readonly service: ServiceHere;
  readonly belonging: Belonging;
  /** What is shown besides once it is over. */
  readonly children: JSX.Element;
}): JSX.Element {
  const seat = useMemo(() => service.client().seat(belonging.token), [service, belonging.token]);
  const followed = useMemo(() => quietly(seat, service), [service, seat]);
  const { view, ask: last, events, problem } = useFollowed(followed);
  const isHeard = useHeard(service);
  const hand = belonging.told as Hand;
  const experiment = experimentNamed(hand.experiment);
  const game = experiment?.games[hand.game];
  const isOver = view !== undefined && view.status !== 'open';
  const asked = events.findLast((event) => event.kind === 'asked');
  const isOut = asked?.kind === 'asked' && !asked.agents.includes(seat.agent);
  const ask = isOut ? undefined : last;
  const noted = useNoted(seat, isOver);
  if (experiment === undefined || game === undefined)
    return <p class="error">This page does not know the game: load it again.</p>;
  const isClock = game.answering.kind === 'rising' || game.answering.kind === 'falling';
  const got =
    isOver && view.outcome !== undefined && noted !== undefined
      ? game.got({ agent: seat.agent, hand, outcome: view.outcome, truth: noted.truth })
      : undefined;
  return (
    <>
      <section class="card game" aria-labelledby="game">
        <div class="sitting">
          <h2 id="game">{game.title}</h2>
          {!isOver && !isClock && <TimeLeft service={service} closesAt={ask?.closesAt ?? view?.closesAt} />}
        </div>
        {!isHeard && (
          <p class="lost" role="alert">
            The service cannot be reached. This page goes on trying, and comes back where it was.
          </p>
        )}
        <Dealt experiment={experiment} hand={hand} />
        {problem !== undefined && <p class="error">{problem}</p>}
        {isOver ? (
          <Ended seat={seat} got={got} status={view.status} truth={noted?.truth} />
        ) : (
          <>
            <p>{game.rule}</p>
            {ask === undefined ? (
              <p class="faint" role="status">
                {view === undefined
                  ? 'Loading …'
                  : isOut
                    ? 'You are out. The others go on.'
                    : 'You have answered. Wait for the others.'}
              </p>
            ) : (
              <AnswerControl seat={seat} ask={ask} game={game} hand={hand} />
            )}
          </>
        )}
      </section>
      {isOver && children}
    </>
  );
}

/** A place that is followed without the answers of others: of a class of 200, each answer would be told to 200. */
function quietly(seat: Seat, service: ServiceHere): Followable {
  return {
    ...atSeat(seat, () => service.clock.now()),
    events: (after, signal) => seat.events({ signal, quiet: true, ...(after === undefined ? {} : { after }) }),
  };
}

/** What was dealt to all, which the journal tells once all is over. */
function useNoted(seat: Seat, isOver: boolean): Noted | undefined {
  const [noted, setNoted] = useState<Noted | undefined>(undefined);
  useEffect(() => {
    if (!isOver) return;
    seat.journal().then(
      (journal) => setNoted(notedIn(journal)),
      () => {},
    );
  }, [seat, isOver]);
  return noted;
}

function Dealt({ experiment, hand }: { readonly experiment: Experiment; readonly hand: Hand }): JSX.Element | null {
  const { value, side, owns } = hand;
  if (value === undefined) return owns === undefined ? null : <p>Yours is {owns}.</p>;
  const words =
    side === undefined
      ? experiment.told
      : side === 'buy'
        ? 'You buy. What it is worth to you'
        : 'You sell. What it costs you';
  return (
    <p class="dealt">
      <small>{words}</small> <b>{rounded(value)}</b>
      <small>Only you see this. {hand.n > 2 ? `You are ${hand.n}.` : ''}</small>
    </p>
  );
}

function Ended({
  seat,
  got,
  status,
  truth,
}: {
  readonly seat: Seat;
  readonly got: Got | undefined;
  readonly status: string;
  readonly truth: number | undefined;
}): JSX.Element {
  if (got === undefined)
    return <p role="status">{status === 'closed' ? 'It is over …' : `${seat.agent}, the game was called off.`}</p>;
  const { won, paid, gain } = got;
  const pays = paid > 0 ? ` and pay ${rounded(paid)}` : paid < 0 ? ` and are paid ${rounded(-paid)}` : '';
  return (
    <div role="status">
      <h3 class={won === '' ? '' : 'good'}>{won === '' ? `You get nothing${pays}.` : `You get ${won}${pays}.`}</h3>
      {truth !== undefined && <p>It was worth {rounded(truth)}.</p>}
      <p>
        You {gain < 0 ? 'lose' : 'gain'} <b>{rounded(Math.abs(gain))}</b>.
      </p>
    </div>
  );
}
