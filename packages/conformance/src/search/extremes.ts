import type { AgentId } from '@mechane/core';
import type { Reports } from '../case.ts';
import type { Profile } from '../draw/profiles.ts';
import type { Trial } from '../examination/trial.ts';
import type { Game } from '../game/game.ts';
import { ifPlayable } from '../game/unplayable.ts';

/** What comes of a report at an extreme, and who the others are then. */
export interface Extreme {
  readonly utility: number;
  /** Everybody's reports, of which the agent's own is the report. */
  readonly reports: Reports;
}

/** The best and the worst that can come of a report, whatever the others are. */
export interface Extremes {
  readonly best: Extreme;
  readonly worst: Extreme;
}

/** An outcome, and who said what. */
export interface World {
  readonly reports: Reports;
  readonly outcome: object;
}

/** A type and a report, with what can come of being the one and saying the other. */
export interface Prospect {
  readonly agent: AgentId;
  readonly type: unknown;
  readonly report: unknown;
  readonly extremes: Extremes;
}

/** Plays these reports. */
export function worldOf(game: Game, reports: Reports, seed: number): World | undefined {
  const outcome = ifPlayable(() => game.play(reports, seed));
  return outcome === undefined ? undefined : { reports, outcome };
}

/** What can come of a report for an agent of this type in some worlds, in all of which it makes this report. */
export function extremesIn(game: Game, agent: AgentId, type: unknown, worlds: Iterable<World>): Extremes | undefined {
  let extremes: Extremes | undefined;
  for (const { reports, outcome } of worlds) {
    const utility = ifPlayable(() => game.utility(agent, type, outcome));
    if (utility === undefined) continue;
    const here: Extreme = { utility, reports };
    extremes = {
      best: extremes === undefined || utility > extremes.best.utility ? here : extremes.best,
      worst: extremes === undefined || utility < extremes.worst.utility ? here : extremes.worst,
    };
  }
  return extremes;
}

/** Kinds of types: those that could report each other are of one kind, since what is public about a type tells kinds apart. */
export class Kinds {
  readonly #game: Game;
  readonly #first: unknown[] = [];
  readonly #known = new Map<string, number>();

  constructor(game: Game) {
    this.#game = game;
  }

  of(type: unknown): number {
    if (this.#game.domain.mayReport === undefined) return 0;
    const text = JSON.stringify(type);
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const alike = this.#first.findIndex(
      (other) => this.#game.mayReport(other, type) && this.#game.mayReport(type, other),
    );
    const kind = alike < 0 ? this.#first.push(type) - 1 : alike;
    this.#known.set(text, kind);
    return kind;
  }

  /** The kinds of all but one, as text that can be compared. */
  ofOthers(reports: Reports, agent: AgentId): string {
    return [...reports].map(([other, type]) => (other === agent ? '' : this.of(type))).join(' ');
  }
}

/** For every agent in these worlds, all that one of its types can come to by all that it may report, kinds of others being given. */
export function* prospectsIn(game: Game, worlds: readonly World[]): Generator<readonly Prospect[]> {
  const kinds = new Kinds(game);
  const [first] = worlds;
  for (const agent of first?.reports.keys() ?? []) {
    for (const among of grouped(worlds, ({ reports }) => kinds.ofOthers(reports, agent)).values()) {
      const byReport = grouped(among, ({ reports }) => JSON.stringify(reports.get(agent)));
      const said = [...byReport.values()].map((some) => some[0]?.reports.get(agent));
      for (const type of said) {
        yield [...byReport.values()].flatMap((some, index): readonly Prospect[] => {
          const report = said[index];
          if (!game.mayReport(type, report)) return [];
          const extremes = extremesIn(game, agent, type, some);
          return extremes ? [{ agent, type, report, extremes }] : [];
        });
      }
    }
  }
}

function grouped<Value>(values: readonly Value[], key: (value: Value) => string): ReadonlyMap<string, Value[]> {
  const groups = new Map<string, Value[]>();
  for (const value of values) {
    const name = key(value);
    const group = groups.get(name);
    if (group) group.push(value);
    else groups.set(name, [value]);
  }
  return groups;
}

const strangersTried = 8;

/** The reports with others in their place who are of the same kinds, drawn at random. */
export function othersDrawn(
  trial: Trial,
  { types, seed }: Pick<Profile, 'types' | 'seed'>,
  agent: AgentId,
  draws: number,
): readonly Reports[] {
  const { game, profiles } = trial;
  const { domain, settings } = game;
  const random = trial.random(`others ${seed} ${types.size}`);
  const kinds = new Kinds(game);
  const own = JSON.stringify(types.get(agent));
  const [agents, wanted] = [[...types.keys()], kinds.ofOthers(types, agent)];
  return Array.from({ length: draws }, () => {
    const drawn = agents.map((other) => {
      const was = types.get(other);
      if (other === agent) return was;
      for (let tried = 0; tried < strangersTried; tried++) {
        const stranger = profiles.stranger(random);
        if (kinds.of(stranger) === kinds.of(was)) return stranger;
      }
      return was;
    });
    const fitting = domain.together?.(drawn, settings) ?? drawn;
    return new Map(agents.map((other, position) => [other, fitting[position]]));
  }).filter((reports) => JSON.stringify(reports.get(agent)) === own && kinds.ofOthers(reports, agent) === wanted);
}
