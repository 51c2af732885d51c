import type { Mechane, Mechanism } from '@mechane/core';

/** Loads what a mechanism needs, by the scenario or journal that names it; `undefined` where there is nothing to wait for. */
export type Prepare = (play: unknown) => Promise<void> | undefined;

/** Services that take time to load are loaded when the first scenario needs them, so that the others start without them. */
export function preparation(mechane: Mechane<Mechanism>): Prepare {
  const needy = new Set(mechane.mechanisms.filter(({ needs }) => needs.length > 0).map(({ id }) => id));
  return (play) => {
    const mechanism = needy.size === 0 ? undefined : mechanismIn(play);
    if (typeof mechanism !== 'string' || !needy.delete(mechanism)) return undefined;
    return mechane.prepare(mechanism);
  };
}

/** A scenario names its mechanism, and so does the first entry of a journal. */
function mechanismIn(play: unknown): unknown {
  if (typeof play !== 'object' || play === null) return undefined;
  if ('entries' in play && Array.isArray(play.entries)) return mechanismIn(play.entries[0]);
  return 'mechanism' in play ? play.mechanism : undefined;
}
