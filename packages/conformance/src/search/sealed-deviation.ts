import type { AgentId } from '@mechane/core';
import type { Reports } from '../case.ts';
import type { Game } from '../game/game.ts';
import { type Division, divisible, divisionOf } from '../game/share-named.ts';
import { ifPlayable } from '../game/unplayable.ts';
import { Kinds, type World } from './extremes.ts';

/** What an agent is told, and who the others would be if it were so. */
export interface Story {
  readonly agent: AgentId;
  readonly payment: number;
  readonly told: Reports;
}

/** A better way for the operator to play a profile than to be honest. */
export interface Deviation {
  readonly reports: Reports;
  readonly honest: number;
  readonly revenue: number;
  /** What those are told who would otherwise pay something else. */
  readonly stories: readonly Story[];
}

interface Sealed extends World, Division {
  readonly revenue: number;
  readonly payments: readonly number[];
}

/**
 * The safe deviations of an operator that has all reports before it says anything: to everybody it may tell whatever would come of its report if the
 * others had said something else, as long as all get together what some honest play gives them, or less. Of these, the one that gains most.
 */
export class SealedDeviations {
  readonly worlds: readonly Sealed[];
  readonly #game: Game;
  readonly #kinds: Kinds;
  readonly #stories = new Map<string, Map<string, Story>>();
  readonly #divisions: ReadonlyMap<string, readonly string[]>;

  constructor(game: Game, worlds: readonly World[]) {
    this.#game = game;
    this.#kinds = new Kinds(game);
    this.worlds = worlds.flatMap((world): readonly Sealed[] => {
      const sealed = ifPlayable(() => settled(game, world));
      return sealed ? [sealed] : [];
    });
    for (const world of this.worlds) this.#learn(world);
    this.#divisions = divisible(this.worlds);
  }

  /** The best deviation at one of the worlds, if it gains anything. */
  at({ reports, revenue: honest, shares: own, payments }: Sealed): Deviation | undefined {
    const agents = [...reports.keys()];
    const menus = agents.map((agent) => this.#stories.get(this.#observer(agent, reports)));
    let best: Deviation | undefined;
    for (const shares of [own, ...this.#divisions.values()]) {
      const stories = shares.map((share, position) => menus[position]?.get(share));
      if (!stories.every((story) => story !== undefined)) continue;
      const revenue = stories.reduce((sum, { payment }) => sum + payment, 0);
      if (revenue <= (best?.revenue ?? honest)) continue;
      const told = stories.filter(({ payment }, at) => payment !== payments[at] || shares[at] !== own[at]);
      best = { reports, honest, revenue, stories: told };
    }
    return best;
  }

  #learn({ reports, shares, payments }: Sealed): void {
    for (const [position, agent] of [...reports.keys()].entries()) {
      const observer = this.#observer(agent, reports);
      const menu = this.#stories.get(observer) ?? new Map<string, Story>();
      this.#stories.set(observer, menu);
      const [share, payment] = [shares[position] as string, payments[position] as number];
      if (payment > (menu.get(share)?.payment ?? Number.NEGATIVE_INFINITY)) {
        menu.set(share, { agent, payment, told: reports });
      }
    }
  }

  /** All that an agent knows before it is told anything: what it said, and what is public of the others. */
  #observer(agent: AgentId, reports: Reports): string {
    const kinds = this.#game.domain.mayReport === undefined ? '' : this.#kinds.ofOthers(reports, agent);
    return `${agent} ${kinds} ${JSON.stringify(reports.get(agent))}`;
  }
}

function settled(game: Game, world: World): Sealed {
  const agents = [...world.reports.keys()];
  const payments = agents.map((agent) => game.payment(agent, world.outcome));
  return {
    ...world,
    ...divisionOf(agents, world.outcome),
    payments,
    revenue: payments.reduce((sum, payment) => sum + payment, 0),
  };
}
