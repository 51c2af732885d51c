import type { Seat } from '@mechane/client';
import type { JsonSchema } from '@mechane/core';
import type { JSX } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { Asked } from './asked.tsx';
import { EventList } from './event-list.tsx';
import { atSeat, useFollowed } from './following.ts';
import { keepSaid, keptSaid, type Said, SaidList } from './said.tsx';
import { type ServiceHere, useHeard } from './service.ts';
import { TimeLeft } from './time-left.tsx';
import { titleOf } from './title-of.ts';
import { useJournal, WhatCameOut } from './what-came-out.tsx';
import { WhatIf } from './what-if.tsx';

/** A place at the table: what is asked, what one says, what happens, and what came of it. */
export function TakePart({ service, seat }: { readonly service: ServiceHere; readonly seat: Seat }): JSX.Element {
  const followed = useMemo(() => atSeat(seat, () => service.clock.now()), [service, seat]);
  const { view, events, ask, problem } = useFollowed(followed);
  const isHeard = useHeard(service);
  const [said, setSaid] = useState(() => keptSaid(seat.session, seat.agent));
  const isOver = view !== undefined && view.status !== 'open';
  const told = useJournal(isOver, () => seat.journal());
  const add = (each: Said): void => {
    const all = [...said, each];
    setSaid(all);
    keepSaid(seat.session, seat.agent, all);
  };
  if (view === undefined) return <p class="loading">{problem ?? (isHeard ? 'Loading …' : cutOff)}</p>;
  return (
    <>
      <div class="sitting">
        <h1>{titleOf(view.mechanism)}</h1>
        <span class="badge">You are {seat.agent}</span>
        {!isOver && <TimeLeft service={service} closesAt={ask?.closesAt ?? view.closesAt} />}
      </div>
      {!isHeard && (
        <p class="card lost" role="alert">
          {cutOff}
        </p>
      )}
      {problem !== undefined && (
        <p class="error" role="alert">
          {problem}
        </p>
      )}
      <div class="columns">
        <div class="stack">
          {isOver ? (
            <WhatCameOut view={view} told={told} me={seat.agent}>
              {told && view.outcome && !('sealing' in told.settings) ? (
                <WhatIf mechanism={view.mechanism} told={told} outcome={view.outcome} me={seat.agent} />
              ) : null}
            </WhatCameOut>
          ) : (
            <Asked
              seat={seat}
              ask={ask}
              agents={view.agents}
              events={events}
              said={said}
              reportSchema={async () => (await service.client().mechanism(view.mechanism)).message as JsonSchema}
              onSaid={add}
            />
          )}
          <SaidList seat={seat} said={said} />
        </div>
        <div class="stack">
          <EventList events={events} me={seat.agent} />
        </div>
      </div>
    </>
  );
}

const cutOff = 'The service cannot be reached. This page goes on trying, and comes back where it was.';
