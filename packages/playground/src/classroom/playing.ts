import type { Client, Making } from '@mechane/client';
import { seededRandom } from '@mechane/core';
import type { AnyRecord } from '../live/records.ts';
import type { Experiment, Game, Hand } from './game.ts';
import { grouped } from './groups.ts';

/** What stands in the header of a session's journal: what was dealt, for all to see once it is over. */
export interface Noted {
  readonly experiment: string;
  readonly game: number;
  readonly hands: Readonly<Record<string, Hand>>;
  readonly truth?: number;
}

/** Which session of a class one is. */
export interface Label {
  readonly experiment: string;
  /** Which of the experiment's games. */
  readonly game: number;
  /** The how manyth that the class plays, from 1 on. */
  readonly play: number;
  readonly group: number;
}

/** The label of the session that a class comes into. */
export function classLabel(experiment: Experiment): string {
  return `class/${experiment.id}`;
}

/** The experiment of a class, by the label of the session that it comes into. */
export function experimentIn(label: string | undefined): string {
  return label?.split('/')[1] ?? '';
}

function labelOf({ experiment, game, play, group }: Label): string {
  return [experiment, game, play, group].join('/');
}

export function labelIn(text: string | undefined): Label | undefined {
  const [experiment = '', ...numbers] = (text ?? '').split('/');
  const [game = Number.NaN, play = Number.NaN, group = Number.NaN] = numbers.map(Number);
  return Number.isInteger(game + play + group) ? { experiment, game, play, group } : undefined;
}

/** What a game is played with. */
export interface Playing {
  readonly session: string;
  readonly experiment: Experiment;
  readonly game: number;
  readonly play: number;
  readonly people: readonly string[];
  /** How many are in a group. */
  readonly size: number;
  /** Fixes who is with whom, and what is dealt; whoever knows it knows all hands. */
  readonly seed: number;
  /** Seconds to answer, or that a price of a clock stands. */
  readonly seconds: number;
}

/** What a session of a game is made of, and what those say who are no people. */
export interface Table {
  readonly making: Making;
  readonly others: readonly (readonly [agent: string, message: AnyRecord])[];
}

/** The sessions of a game, a group each. */
export function tablesOf(playing: Playing): readonly Table[] {
  const { experiment, people, size, seed } = playing;
  const game = experiment.games[playing.game] as Game;
  // Each play has a stream of its own.
  const random = seededRandom((seed + playing.play * 1_000_003) % Number.MAX_SAFE_INTEGER);
  const { groups } = grouped(people, game.grouping, size, random);
  return groups.map((agents, place): Table => {
    const { settings, hands, truth, others = [] } = game.deal(agents, random);
    const held = hands.map(
      (hand): Hand => ({ experiment: experiment.id, game: playing.game, n: agents.length, ...hand }),
    );
    const note: Noted = {
      experiment: experiment.id,
      game: playing.game,
      hands: Object.fromEntries(agents.map((agent, at) => [agent, held[at] as Hand])),
      ...(truth === undefined ? {} : { truth }),
    };
    const making: Making = {
      mechanism: game.mechanism,
      settings,
      agents: [...agents.map((id, at) => ({ id, told: held[at] })), ...others.map(([id]) => id)],
      within: playing.seconds * 1000,
      disclosure: 'full',
      label: labelOf({ experiment: experiment.id, game: playing.game, play: playing.play, group: place + 1 }),
      of: playing.session,
      note,
    };
    return { making, others };
  });
}

/** Opens a game for a class: a session for each group. What is said by those who are no people is said here. */
export async function openGame(client: Client, playing: Playing): Promise<void> {
  for (const { making, others } of tablesOf(playing)) {
    const made = await client.create(making, `${making.of} ${making.label}`);
    for (const [agent, message] of others) await client.seat(made.agents[agent]?.token ?? '').submit(message);
  }
}
