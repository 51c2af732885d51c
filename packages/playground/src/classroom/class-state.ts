import type { Client, SessionView } from '@mechane/client';
import { useEffect, useState } from 'preact/hooks';
import { experimentNamed } from './experiments/all.ts';
import type { Experiment, Game } from './game.ts';
import { experimentIn, labelIn } from './playing.ts';

/** A game that a class plays, or has played. */
export interface Play {
  readonly number: number;
  /** Which of the experiment's games. */
  readonly place: number;
  readonly game: Game;
  /** A session for each group. */
  readonly sessions: readonly SessionView[];
  readonly isOver: boolean;
}

/** A class, as all may see it. */
export interface ClassState {
  readonly session: string;
  readonly experiment: Experiment;
  readonly people: readonly string[];
  readonly plays: readonly Play[];
  readonly isOver: boolean;
}

/** How often a class is looked at, in milliseconds. */
const pause = 1_000;

/** A class as it goes on; a sentence where there is none. */
export function useClass(client: Client, code: string): ClassState | string | undefined {
  const [state, setState] = useState<ClassState | string | undefined>(undefined);
  useEffect(() => {
    const looking = new Looking(client, code);
    let timer: ReturnType<typeof setTimeout>;
    let isGone = false;
    const look = async (): Promise<void> => {
      const seen = await looking.look().catch((error) => (error instanceof Error ? error.message : String(error)));
      if (isGone) return;
      // What was seen stays where the service cannot be reached for a while.
      setState((before) => (typeof seen === 'string' && typeof before === 'object' ? before : seen));
      timer = setTimeout(look, pause);
    };
    void look();
    return () => {
      isGone = true;
      clearTimeout(timer);
    };
  }, [client, code]);
  return state;
}

/** Looks at a class again and again: sessions that have ended are not asked for twice. */
class Looking {
  readonly #client: Client;
  readonly #code: string;
  readonly #views = new Map<string, SessionView>();
  #session: string | undefined;

  constructor(client: Client, code: string) {
    this.#client = client;
    this.#code = code;
  }

  async look(): Promise<ClassState> {
    this.#session ??= (await this.#client.coded(this.#code)).session;
    const session = this.#session;
    const hall = await this.#client.session(session);
    for (let after = this.#lastOver(); ; ) {
      const page = await this.#client.sessions(after, session);
      for (const view of page) this.#views.set(view.id, view);
      after = page.at(-1)?.id;
      if (page.length < 100) break;
    }
    const id = experimentIn(hall.label);
    const experiment = experimentNamed(id);
    if (experiment === undefined) throw new Error(`This page knows no experiment called “${id}”: load it again.`);
    return {
      session,
      experiment,
      people: hall.agents,
      plays: playsOf(experiment, [...this.#views.values()]),
      isOver: hall.status !== 'open',
    };
  }

  /** The last of the sessions up to which all are over. */
  #lastOver(): string | undefined {
    let last: string | undefined;
    for (const { id, status } of this.#views.values()) {
      if (status === 'open') break;
      last = id;
    }
    return last;
  }
}

function playsOf({ games }: Experiment, views: readonly SessionView[]): readonly Play[] {
  const plays = new Map<number, { place: number; sessions: SessionView[] }>();
  for (const view of views) {
    const label = labelIn(view.label);
    if (label === undefined) continue;
    const known = plays.get(label.play) ?? { place: label.game, sessions: [] };
    known.sessions.push(view);
    plays.set(label.play, known);
  }
  return [...plays].flatMap(([number, { place, sessions }]) => {
    const game = games[place];
    const isOver = sessions.every(({ status }) => status !== 'open');
    return game === undefined ? [] : [{ number, place, game, sessions, isOver }];
  });
}

/** How many people are asked in a game, and how many of them have answered in the round that is open. */
export function answeredIn(
  { sessions }: Play,
  people: readonly string[],
): { readonly asked: number; readonly answered: number } {
  const known = new Set(people);
  let [asked, answered] = [0, 0];
  for (const session of sessions) {
    const own = session.agents.filter((agent) => known.has(agent)).length;
    asked += own;
    answered += session.status === 'open' ? Math.max(0, (session.answered ?? 0) - (session.agents.length - own)) : own;
  }
  return { asked, answered };
}
