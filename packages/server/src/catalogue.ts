import type { Mechane, Mechanism, Plugin } from '@mechane/core';

/**
 * What a service says of its mechanisms: what `mechane list --json` and `mechane describe` say.
 *
 * @category Services
 */
export interface Catalogue {
  list(): Promise<readonly object[]>;
  /** @throws MechaneError `unknown-mechanism`. */
  describe(id: string): Promise<object>;
}

/** What mechanisms say of themselves. */
export function catalogueOf(mechane: Mechane<Mechanism>): Catalogue {
  const owner = (id: string): { readonly package: string; readonly version: string } => {
    const { name, version } = mechane.pluginOf(id) as Plugin;
    return { package: name, version };
  };
  return {
    list: async () =>
      mechane.mechanisms.map((mechanism) => {
        const { id, summary } = mechanism;
        return { id, ...owner(id), summary, ...claimed(mechanism) };
      }),
    async describe(id) {
      const { claims: _, ...description } = mechane.untyped.describe(id);
      return { ...description, ...owner(id), ...claimed(mechane.untyped.mechanism(id)) };
    },
  };
}

function claimed(mechanism: Mechanism): { readonly claims: readonly object[]; readonly claimedAt: object | null } {
  const defaults = mechanism.settings.safeParse({});
  if (!defaults.success) return { claims: [], claimedAt: null };
  const claims = mechanism.claims(defaults.data).map(({ witness: _, ...claim }) => claim);
  return { claims, claimedAt: {} };
}
