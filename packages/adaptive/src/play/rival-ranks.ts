import type { Random } from '@mechane/core';
import type { RivalRanks } from './rival-rows.ts';

/** What is asked of a mechanism to find out on which rivals an agent's outcome depends. */
export interface RivalProbe {
  /** How many bids there are to choose from, the same for everybody. */
  readonly bids: number;
  /** By seat, where it stands among all when bids are equal. */
  readonly order: Int32Array;
  /** By seat, which are alike in all but their names: numbers of such seats. */
  readonly kinds: Int32Array;
  /** Whether what comes of a profile of bids is to one seat what comes of another profile is to another. */
  readonly alike: (seat: number, profile: Int32Array, other: number, changed: Int32Array) => boolean;
}

/** How often a guess is tried before it is believed. */
const trials = 200;
/** The lowest rank that is tried by itself, and with all above it. */
const [lowest, lowestOfAll] = [15, 3];

/**
 * Finds rivals on whose bids alone an agent's outcome seems to depend, by trying: all other bids are changed, within what leaves the ranks as they
 * are, and seats that are alike change places. It is a guess, to be checked for as long as it is used; `undefined` where each is refuted.
 */
export function rivalRanksOf(probe: RivalProbe, random: Random): RivalRanks | undefined {
  const rivals = probe.order.length - 1;
  const single = Array.from({ length: Math.min(rivals, lowest + 1) }, (_, rank): RivalRanks => [rank]);
  const several = single.slice(1, lowestOfAll + 1).map((_, more): RivalRanks => single.slice(0, more + 2).flat());
  return [...single, ...several].find((ranks) =>
    Array.from({ length: trials }).every(() => holds(probe, ranks, random)),
  );
}

function holds(probe: RivalProbe, ranks: RivalRanks, random: Random): boolean {
  const { bids, order, kinds } = probe;
  const profile = Int32Array.from(order, () => random.below(bids));
  const seat = random.below(order.length);
  const ranked = rivalsOf(seat, profile, order);
  const bidAt = (rank: number): number => profile[ranked[rank] as number] as number;
  // Near the bids that matter, where outcomes turn; or anywhere.
  const pivot = bidAt(ranks[random.below(ranks.length)] as number);
  const near = Math.min(bids - 1, Math.max(0, pivot + random.below(3) - 1));
  profile[seat] = random.below(3) === 0 ? random.below(bids) : near;
  const [first, last] = [bidAt(ranks[0] as number), bidAt(ranks.at(-1) as number)];
  const changed = profile.slice();
  for (const [rank, rival] of ranked.entries()) {
    const [from, to] = rank < (ranks[0] as number) ? [first + 1, bids] : [0, last];
    const bid = profile[rival] as number;
    // Bids equal to those that matter are left alone: who comes first among them would change.
    if (!ranks.includes(rank) && from < to && bid !== first && bid !== last)
      changed[rival] = from + random.below(to - from);
  }
  const other = random.below(order.length);
  if (kinds[other] !== kinds[seat]) return probe.alike(seat, profile, seat, changed);
  [changed[seat], changed[other]] = [changed[other] as number, changed[seat] as number];
  const isSame = keyOf(other, changed, ranks, order) === keyOf(seat, profile, ranks, order);
  return !isSame || probe.alike(seat, profile, other, changed);
}

/** The rivals of a seat, the highest bids first, and among equals those who win ties. */
function rivalsOf(seat: number, profile: Int32Array, order: Int32Array): readonly number[] {
  return [...profile.keys()]
    .filter((other) => other !== seat)
    .sort((a, b) => (profile[b] as number) - (profile[a] as number) || (order[a] as number) - (order[b] as number));
}

/** The bids of the rivals that matter to a seat, and whether they win ties against it. */
function keyOf(seat: number, profile: Int32Array, ranks: RivalRanks, order: Int32Array): string {
  const ranked = rivalsOf(seat, profile, order);
  return ranks
    .map((rank) => ranked[rank] as number)
    .map((rival) => `${profile[rival]}${(order[rival] as number) < (order[seat] as number) ? '+' : '-'}`)
    .join();
}
