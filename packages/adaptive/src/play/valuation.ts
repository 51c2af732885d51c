import type { AgentId, Mechanism } from '@mechane/core';
import type { ReportField } from './report-field.ts';
import type { Seat } from './round-play.ts';
import { hasTraded, type Settled } from './settled.ts';
import type { Stage } from './stage.ts';

/** What an outcome brings an agent. */
export interface Brought {
  /** What it is worth at a value of 0, before payment, and what each unit of value adds. */
  readonly intercept: number;
  readonly slope: number;
  /** What is paid for it; 0 where the mechanism says itself what is left after payments. */
  readonly paid: number;
  /** Whether anything was got or given. */
  readonly traded: boolean;
}

/** Where between the ends a line is looked at. */
const probes: readonly number[] = [0.13, 0.37, 0.5, 0.71, 0.94];

/** What outcomes of a mechanism are worth to agents at the values that they have. */
export class Valuation {
  readonly #stage: Stage;
  readonly #seats: readonly Seat[];
  readonly #field: ReportField;
  readonly #gain: number;
  readonly #types: readonly Record<string, unknown>[];
  readonly #typesByAgent: ReadonlyMap<AgentId, Record<string, unknown>>;
  readonly #values: Float64Array;
  readonly #value: Mechanism['value'];
  readonly #utility: Mechanism['utility'];
  readonly #best: Mechanism['bestWelfare'];

  /** `gain` is what an agent can gain at the most, against which rounding is seen for what it is. */
  constructor(stage: Stage, seats: readonly Seat[], field: ReportField, gain: number) {
    this.#stage = stage;
    this.#seats = seats;
    this.#field = field;
    this.#gain = gain;
    this.#types = seats.map(({ reportOf }) => ({ ...reportOf(0) }));
    this.#typesByAgent = new Map(seats.map(({ agent }, seat) => [agent, this.#types[seat] as Record<string, unknown>]));
    this.#values = new Float64Array(seats.length);
    const { mechanism } = stage;
    this.#value = mechanism.value?.bind(mechanism);
    this.#utility = mechanism.utility?.bind(mechanism);
    this.#best = mechanism.bestWelfare?.bind(mechanism);
  }

  /** Gives an agent its value. */
  setValue(seat: number, value: number): void {
    this.#values[seat] = value;
    this.#setType(seat, value);
  }

  /** What an outcome is worth to an agent before payments. */
  valueOf(seat: number, outcome: object): number {
    const { agent } = this.#seats[seat] as Seat;
    return this.#value?.(agent, this.#types[seat], outcome, this.#stage.settings) ?? 0;
  }

  /** What it is worth after them, given what it is before. */
  utilityOf(seat: number, { outcome, payments }: Settled, value: number): number {
    if (!this.#utility) return value - (payments[seat] as number);
    const { agent } = this.#seats[seat] as Seat;
    return this.#utility(agent, this.#types[seat], outcome, this.#stage.settings);
  }

  /** What an outcome is worth to an agent after payments. */
  worthOf(seat: number, settled: Settled): number {
    return this.utilityOf(seat, settled, this.#utility ? 0 : this.valueOf(seat, settled.outcome));
  }

  /** The most that outcomes could be worth to all; `undefined` where the mechanism does not say. */
  bestWelfare(): number | undefined {
    return this.#best?.(this.#typesByAgent, this.#stage.settings);
  }

  /** Whether utility is value less payment. */
  get isQuasilinear(): boolean {
    return this.#utility === undefined;
  }

  /** What an outcome brings an agent, as a line over its values; `undefined` where it is none, wherever it was looked at. */
  broughtBy(seat: number, settled: Settled): Brought | undefined {
    const { agent, values } = this.#seats[seat] as Seat;
    const { lowest, highest } = values;
    const width = highest - lowest;
    const worthAt = (value: number): number => {
      this.#setType(seat, value);
      return this.#utility ? this.worthOf(seat, settled) : this.valueOf(seat, settled.outcome);
    };
    const from = worthAt(lowest);
    const slope = width === 0 ? 0 : (worthAt(highest) - from) / width;
    const straight = probes.every((share) => {
      const at = lowest + share * width;
      return this.near(worthAt(at), from + slope * (at - lowest));
    });
    this.#setType(seat, this.#values[seat] as number);
    if (!straight) return undefined;
    const paid = this.#utility ? 0 : (settled.payments[seat] as number);
    return { intercept: from - slope * lowest, slope, paid, traded: hasTraded(settled.outcome, agent) };
  }

  /** Whether two utilities are the same but for rounding. */
  near(one: number, other: number): boolean {
    return Math.abs(one - other) <= 1e-9 * Math.max(this.#gain, Math.abs(one), Math.abs(other));
  }

  #setType(seat: number, value: number): void {
    const type = this.#types[seat] as Record<string, unknown>;
    const { key, listed } = this.#field;
    type[key] = listed ? [value] : value;
  }
}
