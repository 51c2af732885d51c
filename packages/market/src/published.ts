/** Economies that somebody published, each with its source: `@mechane/market/published`. */

/**
 * An economy that somebody published.
 *
 * @category Published economies
 */
export interface PublishedEconomy {
  /** By which it is asked for: `scarf`. */
  readonly id: string;
  readonly name: string;
  /** Who published it, when and where. */
  readonly source: string;
  /** A scenario to run. */
  written(): object;
}

const cobbDouglas = (x: number, y: number): object => ({ kind: 'cobb-douglas', weights: { x, y } });
const ces = (x: number, y: number, rho: number): object => ({ kind: 'ces', weights: { x, y }, rho });
const leontief = (one: string, other: string): object => ({ kind: 'leontief', weights: { [one]: 1, [other]: 1 } });

/** So little does each weigh the good of the other that prices of 27 to 64, 1 to 1 and 64 to 27 all clear. */
const little = (12 / 37) ** 3;

function exchanged(id: string, name: string, source: string, reports: object): PublishedEconomy {
  return { id, name, source, written: () => ({ mechanism: 'market/exchange', reports }) };
}

/**
 * Economies that somebody published, as scenarios of `market/exchange`, each with its source.
 *
 * @category Published economies
 * @example
 * ```ts
 * import { publishedEconomies } from '@mechane/market/published';
 *
 * publishedEconomies.map(({ id }) => id); // => ['scarf', 'two-cobb-douglas-traders', 'three-equilibria']
 * ```
 */
export const publishedEconomies: readonly PublishedEconomy[] = [
  exchanged(
    'scarf',
    'An economy in which prices go round and round',
    'Scarf 1960, International Economic Review 1, example 1',
    {
      1: { endowment: { x: 1 }, utility: leontief('x', 'y') },
      2: { endowment: { y: 1 }, utility: leontief('y', 'z') },
      3: { endowment: { z: 1 }, utility: leontief('z', 'x') },
    },
  ),
  exchanged(
    'two-cobb-douglas-traders',
    'An Edgeworth box with one equilibrium',
    'Mas-Colell, Whinston and Green 1995, example 15.B.1, with α = 1/4',
    {
      1: { endowment: { x: 1, y: 2 }, utility: cobbDouglas(1, 3) },
      2: { endowment: { x: 2, y: 1 }, utility: cobbDouglas(1, 3) },
    },
  ),
  exchanged(
    'three-equilibria',
    'An Edgeworth box with three equilibria',
    'Mas-Colell, Whinston and Green 1995, exercise 15.B.6',
    {
      1: { endowment: { x: 1 }, utility: ces(1, little, -2) },
      2: { endowment: { y: 1 }, utility: ces(little, 1, -2) },
    },
  ),
];
