import type { SessionView } from '@mechane/client';
import { journalTold } from '../live/journal-told.ts';
import { type AnyRecord, isRecord } from '../live/records.ts';
import { type Ready, readyFor } from '../mechanisms/play.ts';
import { experimentNamed } from './experiments/all.ts';
import type { Game, Got, Hand } from './game.ts';
import { labelIn, type Noted } from './playing.ts';
import { step } from './single-item.ts';

/** What one has done in a game that is over, beside what theory says. */
export interface Row extends Got {
  readonly agent: string;
  readonly play: number;
  readonly group: number;
  readonly hand: Hand;
  /** What it said: nothing where it kept silent, or where a clock does not show it. */
  readonly said: number | string | undefined;
  /** What it would have said in equilibrium. */
  readonly equilibrium: number | string | undefined;
}

/** A group's game that is over. */
export interface Played {
  readonly game: Game;
  readonly rows: readonly Row[];
  /** What the thing was worth to all, where that is so. */
  readonly truth: number | undefined;
  /** What came of it, by the game's measure. */
  readonly measured: number;
  /** What would have come of it, had all played the equilibrium; `undefined` where theory does not say. */
  readonly inEquilibrium: number | undefined;
}

/** What was dealt, from the header of a journal; `undefined` where it is of no class. */
export function notedIn(journal: string): Noted | undefined {
  const { note } = JSON.parse(journal.split('\n', 1)[0] ?? '{}') as { readonly note?: unknown };
  return isRecord(note) && isRecord(note.hands) ? (note as unknown as Noted) : undefined;
}

/** Reads a group's game from its journal. */
export async function playedIn(view: SessionView, journal: string): Promise<Played | undefined> {
  const told = journalTold(journal);
  const noted = notedIn(journal);
  const label = labelIn(view.label);
  if (noted === undefined) return undefined;
  const game = experimentNamed(noted.experiment)?.games[noted.game];
  if (game === undefined || label === undefined || view.outcome === undefined) return undefined;
  const { hands, truth } = noted;
  const { outcome } = view;
  const last = new Map(told.messages.map(({ agent, message }) => [agent, message]));
  const rows = Object.entries(hands).map(([agent, hand]): Row => {
    const report = game.theory.report(hand);
    const ending = { agent, hand, outcome, truth };
    return {
      agent,
      play: label.play,
      group: label.group,
      hand,
      said: saidBy(game, agent, last.get(agent), outcome),
      equilibrium: report && game.said(report),
      ...game.got(ending),
    };
  });
  const others = [...last].filter(([agent]) => !(agent in hands));
  const ready = await readyFor(game.mechanism);
  const inEquilibrium = ready && equilibriumOf(ready, game, { told, noted, others });
  return { game, rows, truth, measured: measureOf(game, rows), inEquilibrium };
}

/** What somebody has said: in a clock, the last price at which it was in, or the one that it took. */
function saidBy(game: Game, agent: string, message: unknown, outcome: AnyRecord): number | string | undefined {
  const { kind } = game.answering;
  if (kind === 'falling') return outcome.winner === agent ? Number(outcome.payment) : undefined;
  if (kind !== 'rising') return isRecord(message) ? game.said(message) : undefined;
  const history = (Array.isArray(outcome.history) ? outcome.history : []) as readonly AnyRecord[];
  const left = history.find((each) => each.agent === agent);
  return left === undefined || outcome.winner === agent ? undefined : Math.max(0, Number(left.price) - step);
}

function measureOf({ measure }: Game, got: readonly Got[]): number {
  const paid = got.reduce((sum, each) => sum + each.paid, 0);
  return measure === 'revenue' ? paid : paid + got.reduce((sum, each) => sum + each.gain, 0);
}

interface Dealt {
  readonly told: ReturnType<typeof journalTold>;
  readonly noted: Noted;
  readonly others: readonly (readonly [string, unknown])[];
}

/** Plays a game again, with what theory says that each would have said. */
function equilibriumOf(ready: Ready, game: Game, { told, noted, others }: Dealt): number | undefined {
  const { hands, truth } = noted;
  const people = Object.entries(hands).map(([agent, hand]) => [agent, game.theory.report(hand)] as const);
  if (people.some(([, report]) => report === undefined)) return undefined;
  const reports = Object.fromEntries<unknown>([...people, ...others]);
  const { settings, seed } = told;
  const played = ready.play(game.mechanism, { settings, reports, ...(seed === undefined ? {} : { seed }) });
  if ('problem' in played) return undefined;
  const outcome = played.result.outcome as AnyRecord;
  return measureOf(
    game,
    Object.entries(hands).map(([agent, hand]) => game.got({ agent, hand, outcome, truth })),
  );
}
