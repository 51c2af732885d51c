import { definedTwice, notAMechanism } from '../errors.ts';
import type { Provider } from '../services/provider.ts';
import type { InstanceGenerator } from './instance-generator.ts';
import { isMechanism, type Mechanism } from './mechanism.ts';

/**
 * The version of the contract between core and plugins. A plugin runs on every core with the same one.
 *
 * @category Plugins
 */
export const apiVersion = 1;

const brand: unique symbol = Symbol.for('mechane/plugin');

/**
 * A package of mechanisms, the services they bring, and generators of instances for them.
 *
 * @category Plugins
 */
export interface Plugin<M extends Mechanism = Mechanism> {
  readonly [brand]: true;
  readonly name: string;
  readonly version: string;
  readonly apiVersion: number;
  readonly mechanisms: readonly M[];
  readonly providers: readonly Provider[];
  readonly generators: readonly InstanceGenerator[];
}

/** @category Plugins */
export interface PluginDefinition<M extends Mechanism> {
  /** The package's name. */
  readonly name: string;
  readonly version: string;
  /** The {@link apiVersion} it was written for: 1 unless it says otherwise. */
  readonly apiVersion?: number;
  readonly mechanisms: readonly M[];
  readonly providers?: readonly Provider[];
  readonly generators?: readonly InstanceGenerator[];
}

/**
 * Makes mechanisms installable together.
 *
 * @throws MechaneError `invalid-plugin` when something in it is no mechanism, `duplicate-mechanism` for an id twice.
 * @category Plugins
 */
export function definePlugin<M extends Mechanism>(definition: PluginDefinition<M>): Plugin<M> {
  const plugin: Plugin<M> = { apiVersion: 1, providers: [], generators: [], ...definition, [brand]: true };
  const ids = new Set<string>();
  plugin.mechanisms.forEach((mechanism, index) => {
    if (!isMechanism(mechanism)) {
      throw notAMechanism(plugin.name, index);
    }
    if (ids.has(mechanism.id)) {
      throw definedTwice(plugin.name, mechanism.id, index);
    }
    ids.add(mechanism.id);
  });
  return Object.freeze(plugin);
}

/** Recognises a plugin of any copy of core. */
export function isPlugin(candidate: unknown): candidate is Plugin {
  return typeof candidate === 'object' && candidate !== null && brand in candidate;
}
