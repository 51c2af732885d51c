import type { Mechane, Mechanism } from '@mechane/core';

/** Loads what a mechanism needs, by the scenario or journal that names it; `undefined` where there is nothing to wait for. */
export type Prepare = (play: unknown) => Promise<void> | undefined;

/** Services that take time to load are loaded when the first scenario needs them, so that the others start without them. */
export function preparation(mechane: Mechane<Mechanism>): Prepare {
  const needy = new Set(mechane.mechanisms.filter(({ needs }) => needs.length > 0).map(({ id }) => id));
  return (play) => {
    if (needy.size === 0 || typeof play !== 'object' || play === null || !('mechanism' in play)) return undefined;
    const { mechanism } = play;
    if (typeof mechanism !== 'string' || !needy.delete(mechanism)) return undefined;
    return mechane.prepare(mechanism);
  };
}
