import type * as z from 'zod';
import { badGeneratorId } from '../errors.ts';
import { readSeed } from '../input/read-play.ts';
import { requireRecord, validate } from '../input/validate.ts';
import { freshSeed, type Random, seededRandom } from '../services/random.ts';

/**
 * Draws instances at random: scenarios, games, economies, to try and to measure mechanisms on.
 *
 * @category Generators
 */
export interface InstanceGenerator<SettingsIn = unknown, Instance = unknown> {
  /** A short name, such as `cats-regions`. */
  readonly id: string;
  /** One sentence: what it draws, and who published it. */
  readonly summary: string;
  readonly settings: z.ZodType<unknown, SettingsIn>;
  /** Draws one instance of plain data; `settings` are what the schema has parsed. */
  generate(settings: unknown, random: Random): Instance;
  /** Other formats than JSON, by name: the instance as the text of a file. */
  readonly formats: Readonly<Record<string, Write<Instance>>>;
}

/** Writes an instance as the text of a file. Declared as a method, so that a list may hold generators of several kinds. */
type Write<Instance> = { write(instance: Instance): string }['write'];

/** @category Generators */
export interface GeneratorDefinition<Settings extends z.ZodType, Instance> {
  readonly id: string;
  readonly summary: string;
  readonly settings: Settings;
  generate(settings: z.output<Settings>, random: Random): Instance;
  readonly formats?: Readonly<Record<string, (instance: NoInfer<Instance>) => string>>;
}

/**
 * Defines a generator of instances, for `definePlugin({ generators })`.
 *
 * @throws MechaneError `invalid-generator` when the id is no short name.
 * @category Generators
 *
 * @example
 * ```ts
 * import { createMechane, defineGenerator, definePlugin } from '@mechane/core';
 * import * as z from 'zod';
 *
 * const bids = defineGenerator({
 *   id: 'uniform-bids',
 *   summary: 'Bids drawn evenly from 1 to 100',
 *   settings: z.strictObject({ agents: z.int().min(1).max(1_000).default(3) }),
 *   generate: ({ agents }, random) => ({
 *     mechanism: 'auction-sealed/second-price',
 *     reports: Object.fromEntries(Array.from({ length: agents }, (_, index) => [`agent${index}`, { bid: 1 + random.below(100) }])),
 *   }),
 * });
 *
 * const mechane = createMechane().use(definePlugin({ name: 'example', version: '1.0.0', mechanisms: [], generators: [bids] }));
 * const { seed, instance } = mechane.generate('uniform-bids', { settings: { agents: 2 }, seed: 7 });
 * seed; // => 7
 * Object.keys((instance as { reports: object }).reports); // => ['agent0', 'agent1']
 * ```
 */
export function defineGenerator<Settings extends z.ZodType, Instance>(
  definition: GeneratorDefinition<Settings, Instance>,
): InstanceGenerator<z.input<Settings>, Instance> {
  if (!/^[a-z][a-z0-9-]*$/.test(definition.id)) {
    throw badGeneratorId();
  }
  const generator = { formats: {}, ...definition };
  return Object.freeze(generator) as object as InstanceGenerator<z.input<Settings>, Instance>;
}

/** @category Generators */
export interface GenerateOptions {
  readonly settings?: unknown;
  /** Drawn where it is not given. */
  readonly seed?: number | undefined;
}

/**
 * An instance, and the seed that gives it again.
 *
 * @category Generators
 */
export interface Generated {
  readonly seed: number;
  readonly instance: unknown;
}

/** @throws MechaneError `invalid-settings` or `unknown-key` with the path. */
export function generated(
  generator: InstanceGenerator,
  { settings = {}, seed = freshSeed() }: GenerateOptions,
): Generated {
  requireRecord(settings, 'invalid-settings', ['settings'], 'an object of settings');
  readSeed(seed);
  const parsed = validate(generator.settings, settings, 'invalid-settings', ['settings']);
  return { seed, instance: generator.generate(parsed, seededRandom(seed)) };
}
