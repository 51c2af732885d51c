import type { AgentId } from '@mechane/core';
import * as fc from 'fast-check';
import type { Domain } from '../domain.ts';
import { isRecord } from '../game/leaves.ts';
import { standing } from './standing.ts';

/**
 * Somebody who ranks houses, the best first, and may own one.
 *
 * @category Domains
 */
export interface Resident {
  readonly owns?: string;
  readonly ranking: readonly string[];
}

/**
 * How residents are written in a mechanism's format, and which houses there are.
 *
 * @category Domains
 */
export interface HousingOptions<Report = { owns: string; ranking: string[] }, Settings = unknown> {
  /** Writes a resident as a report: `{ owns, ranking }` unless given. */
  readonly report?: (resident: Required<Resident>) => Report;
  /** Reads it back. */
  readonly resident?: (report: Report) => Resident;
  /** The houses: `settings.items` unless given, and A to E without them. */
  readonly houses?: (settings: Settings) => readonly string[];
  /** Writes who gets which house as an outcome: `{ allocation }` unless given. */
  readonly outcome?: (allocation: Readonly<Record<AgentId, string>>) => object;
}

const gridHouses = 3;

/**
 * Agents who each get one house, and each owns one where reports say so (Shapley and Scarf 1974). Preferences are
 * strict, and who owns what is public.
 *
 * @category Domains
 * @example
 * ```ts
 * import { housing } from '@mechane/conformance';
 *
 * housing().grid({})[0]; // => { owns: 'A', ranking: ['A', 'B', 'C', 'D', 'E'] }
 * housing({ report: ({ ranking }) => ({ ranking }) }).grid({ items: ['X', 'Y'] })[1]; // => { ranking: ['Y', 'X'] }
 * ```
 */
export function housing<Report = { owns: string; ranking: string[] }, Settings = unknown>(
  options: HousingOptions<Report, Settings> = {},
): Domain<Settings, Report> {
  const {
    report = (resident) => resident as Report,
    resident = (report) => report as Resident,
    houses = housesOf,
    outcome = (allocation) => ({ allocation }),
  } = options;
  return {
    name: 'housing',
    grid(settings) {
      const [all, few] = [houses(settings), houses(settings).slice(0, gridHouses)];
      const owns = all[0] as string;
      return permutations(few).map((ranking) => report({ owns, ranking: [...ranking, ...all.slice(gridHouses)] }));
    },
    types(settings) {
      const all = [...houses(settings)];
      const ranking = fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length });
      return fc.record({ owns: fc.constantFrom(...all), ranking }).map(report);
    },
    mostAgents(settings) {
      const all = houses(settings);
      const [house = ''] = all;
      const areOwned = resident(report({ owns: house, ranking: [...all] })).owns !== undefined;
      return areOwned ? all.length : Number.POSITIVE_INFINITY;
    },
    together(types, settings) {
      const residents = types.map(resident);
      if (residents.every(({ owns }) => owns === undefined)) return types;
      const free = new Set(houses(settings));
      const homes = residents.map(({ owns = '' }) => {
        const home = free.has(owns) ? owns : ([...free, owns][0] as string);
        free.delete(home);
        return home;
      });
      return residents.map(({ ranking }, index) =>
        report({ owns: homes[index] as string, ranking: ranking.filter((house) => homes.includes(house)) }),
      );
    },
    mayReport: (type, report) => resident(type).owns === resident(report).owns,
    ordinal: true,
    value(agent, type, result) {
      const { allocation } = result as { allocation?: unknown };
      return isRecord(allocation) ? standing(allocation[agent], resident(type).ranking) : undefined;
    },
    outsideOption(type) {
      const { owns, ranking } = resident(type);
      return standing(owns, ranking);
    },
    infeasible(result, types) {
      const { allocation } = result as { allocation?: unknown };
      if (!isRecord(allocation)) return undefined;
      const given = Object.entries(allocation).filter(([, house]) => house !== null);
      const stranger = given.find(([agent]) => !types.has(agent));
      if (stranger) return `${stranger[0]} gets a house without taking part`;
      const twice = given.find(([, house], index) => given.findIndex(([, other]) => other === house) < index);
      return twice ? `${String(twice[1])} is given away twice` : undefined;
    },
    *alternatives(types, settings) {
      const residents = [...types].map(([agent, type]) => ({ agent, ...resident(type) }));
      const owned = residents.flatMap(({ owns }) => (owns === undefined ? [] : [owns]));
      const available = owned.length > 0 ? owned : houses(settings);
      for (const given of arrangements(available, residents.length)) {
        yield outcome(Object.fromEntries(residents.map(({ agent }, index) => [agent, given[index] as string])));
      }
    },
  };
}

function permutations(values: readonly string[]): readonly (readonly string[])[] {
  return [...arrangements(values, values.length)];
}

/** Every way to pick so many different values in order, or all of them if there are fewer. */
function* arrangements(values: readonly string[], length: number): Generator<readonly string[]> {
  if (length === 0 || values.length === 0) yield [];
  else {
    for (const [index, first] of values.entries()) {
      for (const rest of arrangements(values.toSpliced(index, 1), length - 1)) yield [first, ...rest];
    }
  }
}

function housesOf(settings: unknown): readonly string[] {
  return isRecord(settings) && Array.isArray(settings.items) ? settings.items : ['A', 'B', 'C', 'D', 'E'];
}
