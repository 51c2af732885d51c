import { readFileSync } from 'node:fs';
import { createMechane, type Mechanism, type Plugin, type UntypedMechane } from '@mechane/core';

/** Computed names: the compiler need not know every plugin that is a dependency of the root. */
const host = '@mechane/core/host';
const { isPlugin } = (await import(host)) as { readonly isPlugin: (candidate: unknown) => candidate is Plugin };
const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  readonly devDependencies: Readonly<Record<string, string>>;
};

/** The packages of plugins that the command finds here. */
export const owners: readonly string[] = Object.keys(manifest.devDependencies).filter((name) =>
  name.startsWith('@mechane/'),
);

const plugins: Plugin[] = [];
for (const owner of owners) plugins.push(...Object.values(await import(owner)).filter(isPlugin));

const all = plugins.reduce((mechane, plugin) => mechane.use(plugin as never), createMechane());

/** Every mechanism that is installed here. */
export const mechanisms: readonly Mechanism[] = all.mechanisms as readonly Mechanism[];

/** A Mechane that has them all. */
export const mechane: UntypedMechane = all.untyped;

/** Plays a document with one of them. @throws MechaneError */
export const playScenario = (scenario: unknown): unknown => all.runScenario(scenario as never);
