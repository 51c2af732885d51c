import type { Random } from '@mechane/core';
import type { Game } from './game.ts';

/** Who plays with whom, and who does not in this game. */
export interface Grouped {
  readonly groups: readonly (readonly string[])[];
  readonly resting: readonly string[];
}

/** Puts people together by chance: in groups of about a size, where nobody is left over, in pairs, or all in one. */
export function grouped(people: readonly string[], grouping: Game['grouping'], size: number, random: Random): Grouped {
  const mixed = random.shuffled(people);
  if (grouping === 'all') return { groups: mixed.length < 2 ? [] : [mixed], resting: mixed.length < 2 ? mixed : [] };
  if (grouping === 'pairs') {
    const even = mixed.length - (mixed.length % 2);
    const pairs = Array.from({ length: even / 2 }, (_, place) => mixed.slice(2 * place, 2 * place + 2));
    return { groups: pairs, resting: mixed.slice(even) };
  }
  if (mixed.length < 2) return { groups: [], resting: mixed };
  const count = Math.max(1, Math.floor(mixed.length / Math.max(2, size)));
  const groups = Array.from({ length: count }, (_, group) => mixed.filter((_name, place) => place % count === group));
  return { groups, resting: [] };
}
