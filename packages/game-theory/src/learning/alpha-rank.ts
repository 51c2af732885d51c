import { stationaryDistribution } from '@mechane/numerics';
import { tooLarge } from '../errors.ts';
import type { NormalFormGame } from '../normal-form/game.ts';

/** @category Learning */
export interface AlphaRankOptions {
  /** How strongly selection follows payoffs: 10 unless given. */
  readonly alpha?: number;
  /** How many individuals play each part: 50 unless given. */
  readonly population?: number;
}

/**
 * How often evolution visits a profile in the long run.
 *
 * @category Learning
 */
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
 * @category Learning
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
  const chain = new Float64Array(profiles * profiles);
  for (let from = 0; from < profiles; from++) {
    for (const [player, count] of shape.entries()) {
      const payoffs = game.levelled(player).differences;
      const stride = strides[player] as number;
      const own = Math.floor(from / stride) % count;
      for (let strategy = 0; strategy < count; strategy++) {
        if (strategy === own) continue;
        const to = from + (strategy - own) * stride;
        const gain = (payoffs[to] as number) - (payoffs[from] as number);
        chain[from * profiles + to] = Math.max(fixation(gain, alpha, population), hopeless) / neighbours;
      }
    }
  }
  const masses = stationaryDistribution(chain, profiles);
  return Array.from(masses, (mass, at) => ({ profile: game.profileAt(at), mass })).sort(
    (one, other) => butForRounding(other.mass) - butForRounding(one.mass),
  );
}

function butForRounding(mass: number): number {
  return Number(mass.toPrecision(12));
}

/** How likely a single mutant that earns this much more takes over (Moran process with exponential fitness; Fudenberg and Imhof 2006). */
function fixation(gain: number, alpha: number, population: number): number {
  const exponent = alpha * gain;
  if (exponent === 0) return 1 / population;
  if (exponent > 0) return -Math.expm1(-exponent) / -Math.expm1(-population * exponent);
  // Numerator and denominator times `exp(population · exponent)`, so that no power is above one.
  return (Math.exp((population - 1) * exponent) * -Math.expm1(exponent)) / -Math.expm1(population * exponent);
}
