import type { AgentId, Random } from '@mechane/core';
import { Departing, type Departure } from '../game/departing.ts';
import { type LeafPath, numbersIn, withLeaf } from '../game/leaves.ts';
import type { Numbers } from './numbers.ts';
import type { SchemaValues } from './schema-values.ts';

const forever = Number.MAX_SAFE_INTEGER;
const latest = 7;

/** What was asked in a round, and what a proxy said to it, as an example for whoever departs. */
export interface Heard {
  readonly asked: unknown;
  readonly said: unknown;
}

/**
 * Ways to play that no report describes: silence now or from now on, another message, a jump, leaving and coming back, waiting for the last
 * moment, a number that follows from what was asked.
 */
export class Strategies {
  readonly #messages: SchemaValues;
  readonly #numbers: Numbers;
  readonly #heard: Heard[] = [];

  constructor(messages: SchemaValues, numbers: Numbers) {
    this.#messages = messages;
    this.#numbers = numbers;
  }

  /** Learns what conversations are like. */
  hear(heard: Heard): void {
    if (this.#heard.length < 64) this.#heard.push(heard);
  }

  /** As {@link draw}, but whoever insists on something gives in after a few rounds, so that all who do are not at it for ever. */
  drawYielding(report: unknown, near: readonly number[], random: Random): Departing {
    const { departures } = this.draw(report, near, random);
    return new Departing(
      report,
      departures.map((departure) =>
        departure.message === undefined && !departure.follows
          ? departure
          : { ...departure, to: Math.min(departure.to, departure.from + latest) },
      ),
    );
  }

  /** Some way to depart from what the proxy of this report would do. */
  draw(report: unknown, near: readonly number[], random: Random): Departing {
    const departures: Departure[] = [];
    const count = 1 + random.below(3);
    let from = 1 + (random.below(2) === 0 ? 0 : random.below(latest));
    for (let drawn = 0; drawn < count; drawn++) {
      const to = from + ([0, 0, 1, 2, forever][random.below(5)] as number);
      departures.push({ from, to, ...this.#says(near, random) });
      if (to >= forever) break;
      from = to + 1 + random.below(3);
    }
    return new Departing(report, departures);
  }

  #says(near: readonly number[], random: Random): Omit<Departure, 'from' | 'to'> {
    if (random.below(4) === 0) return {};
    const example = this.#heard[random.below(Math.max(1, this.#heard.length))];
    const samples = this.#messages.samples(random);
    const template =
      example !== undefined && random.below(2) === 0
        ? example.said
        : samples[random.below(Math.max(1, samples.length))];
    if (template === undefined) return {};
    const leaves = numbersIn(template);
    const leaf = leaves[random.below(Math.max(1, leaves.length))];
    if (leaf === undefined) return { message: template };
    const [at] = leaf;
    const numbersAsked = numbersIn(example?.asked).map(([path]) => path);
    const asked: LeafPath | undefined = numbersAsked[random.below(Math.max(1, numbersAsked.length))];
    if (asked !== undefined && random.below(2) === 0) {
      const plus = [0, 1, -1, 0.01, 2, 5, -0.01, 10][random.below(8)] as number;
      return { message: template, follows: { at, asked, plus } };
    }
    return { message: withLeaf(template, at, this.#numbers.draw(random, near)) };
  }
}

/** Whoever is in here keeps silent from the first round on. */
export function silenced(reports: ReadonlyMap<AgentId, unknown>, silent: ReadonlySet<AgentId>): Map<AgentId, unknown> {
  return new Map(
    [...reports].map(([agent, report]) => [
      agent,
      silent.has(agent) ? new Departing(report, [{ from: 1, to: forever }]) : report,
    ]),
  );
}
