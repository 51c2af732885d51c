import { tooLarge } from '../errors.ts';
import type { NormalFormGame } from '../normal-form/game.ts';

export interface AlphaRankOptions {
  /** How strongly selection follows payoffs: 10 unless given. */
  readonly alpha?: number;
  /** How many individuals play each part: 50 unless given. */
  readonly population?: number;
}

/** How often evolution visits a profile in the long run. */
export interface RankedProfile {
  readonly profile: readonly number[];
  readonly mass: number;
}

const mostProfiles = 1_000;
/** No mutant is taken to have less of a chance, so that every profile can be left. */
const hopeless = 1e-100;

/**
 * α-Rank (Omidshafiei et al. 2019): populations, one for each player, in which now and then a mutant tries another strategy and takes over or dies
 * out by the Moran process. Ranks profiles by how much of the time all populations play them. Profiles come with the largest mass
 * first, equal ones in the order of the game's tables.
 *
 * @throws MechaneError `too-large` beyond 1,000 profiles
 * @example
 * ```ts
 * import { alphaRank, readJsonGame } from '@mechane/game-theory';
 *
 * const prisoners = readJsonGame({ players: ['a', 'b'], payoffs: [[[2, 0], [3, 1]], [[2, 3], [0, 1]]] });
 * alphaRank(prisoners)[0]?.profile; // => [1, 1]
 * ```
 */
export function alphaRank(
  game: NormalFormGame,
  { alpha = 10, population = 50 }: AlphaRankOptions = {},
): readonly RankedProfile[] {
  const { profiles, shape, strides } = game;
  if (profiles > mostProfiles) throw tooLarge('the number of profiles', profiles, mostProfiles, ['strategies']);
  const neighbours = shape.reduce((sum, count) => sum + count - 1, 0);
  const chain = Array.from({ length: profiles }, () => new Float64Array(profiles));
  for (let from = 0; from < profiles; from++) {
    for (const [player, count] of shape.entries()) {
      const payoffs = game.doubles(player);
      const stride = strides[player] as number;
      const own = Math.floor(from / stride) % count;
      for (let strategy = 0; strategy < count; strategy++) {
        if (strategy === own) continue;
        const to = from + (strategy - own) * stride;
        const gain = (payoffs[to] as number) - (payoffs[from] as number);
        (chain[from] as Float64Array)[to] = Math.max(fixation(gain, alpha, population), hopeless) / neighbours;
      }
    }
  }
  const masses = stationary(chain);
  return Array.from(masses, (mass, at) => ({ profile: game.profileAt(at), mass })).sort((a, b) => b.mass - a.mass);
}

/** How likely a single mutant that earns this much more takes over (Moran process with exponential fitness; Fudenberg and Imhof 2006). */
function fixation(gain: number, alpha: number, population: number): number {
  const exponent = alpha * gain;
  if (exponent === 0) return 1 / population;
  if (exponent > 0) return -Math.expm1(-exponent) / -Math.expm1(-population * exponent);
  // The same ratio, its powers kept below one.
  return (Math.exp((population - 1) * exponent) * -Math.expm1(exponent)) / -Math.expm1(population * exponent);
}

/** The stationary distribution, without subtractions that could cancel (Grassmann, Taksar and Heyman 1985). `chain` is used up. */
function stationary(chain: readonly Float64Array[]): Float64Array {
  const size = chain.length;
  const entry = (row: number, column: number): number => chain[row]?.[column] as number;
  for (let last = size - 1; last > 0; last--) {
    let out = 0;
    for (let column = 0; column < last; column++) out += entry(last, column);
    for (let row = 0; row < last; row++) {
      const share = entry(row, last) / out;
      const target = chain[row] as Float64Array;
      target[last] = share;
      if (share === 0) continue;
      for (let column = 0; column < last; column++) {
        if (column !== row) target[column] = (target[column] as number) + share * entry(last, column);
      }
    }
  }
  const masses = new Float64Array(size);
  masses[0] = 1;
  for (let state = 1; state < size; state++) {
    let mass = 0;
    for (let row = 0; row < state; row++) mass += (masses[row] as number) * entry(row, state);
    masses[state] = mass;
    if (mass > enormous) for (let row = 0; row <= state; row++) masses[row] = (masses[row] as number) / mass;
  }
  const total = masses.reduce((sum, mass) => sum + mass, 0);
  return masses.map((mass) => mass / total);
}

const enormous = 1e100;
