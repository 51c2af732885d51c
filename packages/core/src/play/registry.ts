import type { Claim } from '../contract/claim.ts';
import type { InstanceGenerator } from '../contract/instance-generator.ts';
import type { Mechanism } from '../contract/mechanism.ts';
import { apiVersion, isPlugin, type Plugin } from '../contract/plugin.ts';
import {
  duplicateGenerator,
  duplicateMechanism,
  incompatiblePlugin,
  invalidClaim,
  noPlugin,
  unknownGenerator,
  unknownMechanism,
} from '../errors.ts';

/** The mechanisms and generators in use, by id. */
export class PluginRegistry {
  readonly #mechanisms = new Map<string, Mechanism>();
  readonly #owners = new Map<string, Plugin>();
  readonly #generators = new Map<string, InstanceGenerator>();

  /**
   * Adds what a plugin brings, all of it or nothing.
   *
   * @throws MechaneError `invalid-plugin`, `incompatible-plugin`, `duplicate-mechanism`, `duplicate-generator` or `invalid-claim`, saying how to mend it.
   */
  add(plugin: Plugin): void {
    requireUsable(plugin);
    for (const mechanism of plugin.mechanisms) {
      const owner = this.#owners.get(mechanism.id);
      if (owner) throw duplicateMechanism(mechanism.id, owner, plugin);
      requireSoundClaims(mechanism);
    }
    const generators = new Set(this.#generators.keys());
    for (const { id } of plugin.generators ?? []) {
      if (generators.has(id)) throw duplicateGenerator(id, plugin);
      generators.add(id);
    }
    for (const mechanism of plugin.mechanisms) {
      this.#mechanisms.set(mechanism.id, mechanism);
      this.#owners.set(mechanism.id, plugin);
    }
    for (const generator of plugin.generators ?? []) this.#generators.set(generator.id, generator);
  }

  /** @throws MechaneError `unknown-mechanism` with the nearest id. */
  get(id: string): Mechanism {
    const mechanism = this.#mechanisms.get(id);
    if (mechanism) return mechanism;
    throw unknownMechanism(id, [...this.#mechanisms.keys()]);
  }

  /** Which plugin brought a mechanism. */
  ownerOf(id: string): Plugin | undefined {
    return this.#owners.get(id);
  }

  all(): readonly Mechanism[] {
    return [...this.#mechanisms.values()];
  }

  /** @throws MechaneError `unknown-generator` with the nearest id. */
  generator(id: string): InstanceGenerator {
    const generator = this.#generators.get(id);
    if (generator) return generator;
    throw unknownGenerator(id, [...this.#generators.keys()]);
  }

  generators(): readonly InstanceGenerator[] {
    return [...this.#generators.values()];
  }
}

function requireUsable(plugin: unknown): void {
  if (!isPlugin(plugin)) throw noPlugin();
  if (plugin.apiVersion !== apiVersion) throw incompatiblePlugin(plugin, plugin.apiVersion, apiVersion);
}

function requireSoundClaims(mechanism: Mechanism): void {
  const defaults = mechanism.settings.safeParse({});
  if (!defaults.success) return;
  mechanism.claims(defaults.data).forEach((claim, index) => {
    const flaw = flawOf(claim);
    if (flaw === undefined) return;
    throw invalidClaim(flaw, [mechanism.id, 'claims', index]);
  });
}

/** What is wrong with a claim before anything is checked. */
function flawOf({ law, holds, because, witness }: Claim): { problem: string; fix: string } | undefined {
  if (holds === false && !witness) {
    return {
      problem: `the claim that ${law} does not hold has no witness`,
      fix: 'add witness: { reports, deviation }',
    };
  }
  if (because.trim() === '') {
    return { problem: `the claim about ${law} gives no reason`, fix: 'cite the result in because' };
  }
  if (typeof holds === 'object' && !(holds.approximately >= 0)) {
    return {
      problem: `the claim about ${law} holds approximately up to nothing sensible`,
      fix: 'give a number, 0 or more',
    };
  }
  return undefined;
}
