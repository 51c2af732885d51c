import type { Claim } from './claim.ts';
import { MechaneError, quote } from './errors.ts';
import type { InstanceGenerator } from './instance-generator.ts';
import type { Mechanism } from './mechanism.ts';
import { nearestKey } from './nearest-key.ts';
import { apiVersion, isPlugin, type Plugin } from './plugin.ts';

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

function unknownMechanism(id: unknown, known: readonly string[]): MechaneError<'unknown-mechanism'> {
  const nearest = typeof id === 'string' ? nearestId(id, known) : undefined;
  const name = typeof id === 'string' ? id.slice(0, Math.max(0, id.indexOf('/'))) : '';
  const install = /^[a-z][a-z-]{0,40}$/.test(name)
    ? `install the plugin that has it (npm install @mechane/${name})`
    : undefined;
  return new MechaneError('unknown-mechanism', {
    problem: typeof id === 'string' ? `no plugin in use has the mechanism ${quote(id)}` : 'no mechanism is named',
    path: ['mechanism'],
    expected: known.length === 0 ? 'a plugin in use' : `one of ${known.join(', ')}`,
    fix: nearest ? `did you mean ${quote(nearest)}?` : (install ?? 'use() the plugin that has it'),
  });
}

/** The id that was probably meant: one of that name in another package, where the package in use has none; or the nearest text. */
function nearestId(id: string, known: readonly string[]): string | undefined {
  const slash = id.indexOf('/');
  const inUse = slash > 0 && known.some((other) => other.startsWith(id.slice(0, slash + 1)));
  return (inUse ? known.find((other) => other.endsWith(id.slice(slash))) : undefined) ?? nearestKey(id, known);
}

function requireUsable(plugin: unknown): void {
  if (!isPlugin(plugin)) {
    throw new MechaneError('invalid-plugin', {
      problem: 'this is no plugin',
      expected: 'what definePlugin returns',
      fix: 'pass the plugin itself, not its module or a promise of it',
    });
  }
  if (plugin.apiVersion === apiVersion) return;
  const older = plugin.apiVersion < apiVersion;
  throw new MechaneError('incompatible-plugin', {
    problem: `${plugin.name} ${plugin.version} is written for plugin API ${plugin.apiVersion}, this core has ${apiVersion}`,
    path: ['apiVersion'],
    fix: older ? `npm install ${plugin.name}@latest` : 'npm install @mechane/core@latest',
  });
}

function duplicateMechanism(id: string, owner: Plugin, plugin: Plugin): MechaneError<'duplicate-mechanism'> {
  return new MechaneError('duplicate-mechanism', {
    problem: `${quote(id)} of ${plugin.name} ${plugin.version} is already there from ${owner.name} ${owner.version}`,
    path: ['mechanisms', id],
    fix: owner.name === plugin.name ? `use(${plugin.name}) once` : 'use only one of the two plugins',
  });
}

function unknownGenerator(id: unknown, known: readonly string[]): MechaneError<'unknown-generator'> {
  const nearest = typeof id === 'string' ? nearestKey(id, known) : undefined;
  return new MechaneError('unknown-generator', {
    problem: typeof id === 'string' ? `no plugin in use has the generator ${quote(id)}` : 'no generator is named',
    expected: known.length === 0 ? 'a plugin in use that has generators' : `one of ${known.join(', ')}`,
    fix: nearest ? `did you mean ${quote(nearest)}?` : 'use() the plugin that has it',
  });
}

function duplicateGenerator(id: string, plugin: Plugin): MechaneError<'duplicate-generator'> {
  return new MechaneError('duplicate-generator', {
    problem: `the generator ${quote(id)} of ${plugin.name} ${plugin.version} is there twice`,
    path: ['generators', id],
    fix: 'give every generator an id of its own, or use only one of the two plugins',
  });
}

function requireSoundClaims(mechanism: Mechanism): void {
  const defaults = mechanism.settings.safeParse({});
  if (!defaults.success) return;
  mechanism.claims(defaults.data).forEach((claim, index) => {
    const flaw = flawOf(claim);
    if (flaw === undefined) return;
    throw new MechaneError('invalid-claim', { ...flaw, path: [mechanism.id, 'claims', index] });
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
