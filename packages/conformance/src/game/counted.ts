import { type AgentId, MechaneError, type Mechanism } from '@mechane/core';
import { countedIn, unitNamed, unitOfMessages, unitOfReports } from '@mechane/core/host';
import { decimalsIn } from './decimals.ts';
import type { Departing } from './departing.ts';
import { numbersIn } from './leaves.ts';

type Unit = NonNullable<ReturnType<typeof unitOfReports>>;

/** The mechanism with its money counted as a run counts it: in the finest decimal of what is said, where anything of it is a decimal. */
export class Counted {
  readonly #settings: unknown;
  readonly #named: number | undefined;
  readonly #known = new WeakMap<Mechanism, Map<number, Mechanism>>();

  /** @param named the unit that the settings name */
  constructor(settings: unknown, named: number | undefined) {
    this.#settings = settings;
    this.#named = named;
  }

  /** For reports that were read. @throws MechaneError `imprecise-amount` */
  forReports(mechanism: Mechanism, reports: ReadonlyMap<AgentId, unknown>): Mechanism {
    return this.#in(unitOfReports(mechanism, this.#named, this.#settings, reports), mechanism);
  }

  /** For messages that were read. @throws MechaneError `imprecise-amount` */
  forMessages(mechanism: Mechanism, messages: readonly (readonly [AgentId, unknown])[]): Mechanism {
    return this.#in(unitOfMessages(mechanism, this.#named, this.#settings, messages), mechanism);
  }

  /** For reports that were read, and what is said besides them. @throws MechaneError `imprecise-amount` */
  forDepartures(
    mechanism: Mechanism,
    reports: ReadonlyMap<AgentId, unknown>,
    departing: readonly Departing[],
  ): Mechanism {
    const unit = unitOfReports(mechanism, this.#named, this.#settings, reports);
    if (this.#named !== undefined) {
      if (unit !== undefined) requireCountable(departing, unit);
      return this.#in(unit, mechanism);
    }
    let finest = unit === undefined ? 0 : decimalsIn(unit.amount);
    const before = finest;
    for (const { departures } of departing) {
      for (const { message, follows } of departures) {
        for (const [, number] of numbersIn([message, follows?.plus])) finest = Math.max(finest, decimalsIn(number));
      }
    }
    const chosen = finest === before ? unit : (unitIfAny(finest, mechanism) ?? unit);
    if (chosen !== undefined) requireCountable(departing, chosen);
    return this.#in(chosen, mechanism);
  }

  #in(unit: Unit | undefined, mechanism: Mechanism): Mechanism {
    if (unit === undefined) return mechanism;
    const inUnits = this.#known.get(mechanism) ?? new Map<number, Mechanism>();
    this.#known.set(mechanism, inUnits);
    const known = inUnits.get(unit.amount);
    if (known) return known;
    const counted = countedIn(unit, mechanism);
    inUnits.set(unit.amount, counted);
    return counted;
  }
}

/**
 * Refuses what somebody says besides its report where it cannot be counted in the unit: were it only not heard, what one agent says would depend on
 * how fine the amounts of another are.
 */
function requireCountable(departing: readonly Departing[], { amount }: Unit): void {
  for (const { departures } of departing) {
    for (const { message } of departures) {
      for (const [path, number] of numbersIn(message)) {
        if (Math.abs(number) <= Number.MAX_SAFE_INTEGER * amount) continue;
        throw new MechaneError('imprecise-amount', {
          path: ['messages', ...path],
          problem: `${number} cannot be counted in units of ${amount}`,
          expected: `at most ${Number.MAX_SAFE_INTEGER} units`,
          fix: 'say a smaller amount, or one with fewer decimals',
        });
      }
    }
  }
}

function unitIfAny(finest: number, mechanism: Mechanism): Unit | undefined {
  // Where there is no money, nothing is counted in any unit.
  if (finest > 9 || mechanism.outcome === undefined) return undefined;
  return unitNamed(Number(`1e-${finest}`));
}
