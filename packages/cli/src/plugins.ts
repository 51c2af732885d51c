import { realpathSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createMechane, isMechaneError, type Mechane, type Mechanism, type Plugin } from '@mechane/core';
import { isPlugin } from '@mechane/core/host';
import { resolve } from 'import-meta-resolve';
import type { CliError } from './cli-error.ts';
import { brokenPlugin, missingPlugin, noMechanisms, saidBy } from './errors.ts';
import { findMissingPlugins, findPluginPackages, type PluginPackage, pluginKeyword } from './plugin-folders.ts';

/** The plugins in use, and what was wrong with those that are not. */
export interface Installed {
  readonly mechane: Mechane<Mechanism>;
  /** The package that brought a mechanism. */
  packageOf(id: string): PluginPackage;
  readonly warnings: readonly CliError[];
}

export const commandFolder: string = fileURLToPath(new URL('..', import.meta.url)).replace(/[/\\]$/, '');

/**
 * Loads the plugins that the project in `cwd` depends on. One that is broken or incompatible becomes a warning and does not
 * stand in the way of the others.
 */
export async function loadPlugins(cwd: string): Promise<Installed> {
  const mechane = createMechane() as object as Mechane<Mechanism>;
  const packages = new Map<Plugin, PluginPackage>();
  const warnings: CliError[] = [];
  for (const found of findPluginPackages(cwd, commandFolder)) {
    try {
      for (const plugin of await pluginsIn(found)) {
        mechane.use(plugin);
        packages.set(plugin, found);
      }
    } catch (cause) {
      warnings.push(leftOut(found, cause));
    }
  }
  warnings.push(...findMissingPlugins(cwd).map(missingPlugin));
  return {
    mechane,
    packageOf(id) {
      mechane.mechanism(id);
      return packages.get(mechane.pluginOf(id) as Plugin) as PluginPackage;
    },
    warnings,
  };
}

/** @throws CliError `no-mechanisms` when there is nothing to work with. */
export function requireMechanisms({ mechane }: Installed): void {
  if (mechane.mechanisms.length === 0) throw noMechanisms(pluginKeyword);
}

/** Imports a plugin package as the project in `cwd` would; `undefined` where the project does not depend on it. */
export async function importInstalled(
  cwd: string,
  name: string,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  const found = findPluginPackages(cwd, commandFolder).find((each) => each.name === name);
  return found && importFrom(found);
}

/** Imports what a plugin package exports under a subpath as the project in `cwd` would; `undefined` where the project does not depend on it. */
export async function importPart(
  cwd: string,
  name: string,
  subpath: string,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  const found = findPluginPackages(cwd, commandFolder).find((each) => each.name === name);
  return found && importFrom(found, subpath);
}

/** Imports a plugin package, or what it exports under a subpath, as its project would. */
export function importFrom(
  { name, foundFrom }: PluginPackage,
  subpath = '',
): Promise<Readonly<Record<string, unknown>>> {
  return import(resolve(name + subpath, pathToFileURL(join(foundFrom, 'package.json')).href));
}

/** Imports a package of ours that is no plugin: the project's, or the one beside the command; `undefined` where neither is there. */
export async function importBeside(cwd: string, name: string): Promise<Readonly<Record<string, unknown>> | undefined> {
  for (const folder of [cwd, commandFolder]) {
    const from = pathToFileURL(join(folder, 'package.json')).href;
    const found = resolved(name, from);
    if (found !== undefined) return import(found);
  }
  return undefined;
}

function resolved(name: string, from: string): string | undefined {
  try {
    return resolve(name, from);
  } catch {
    return undefined;
  }
}

async function pluginsIn(found: PluginPackage): Promise<Plugin[]> {
  const plugins = [...new Set(Object.values(await importFrom(found)))].filter(isPlugin);
  if (plugins.length > 0) return plugins;
  throw new Error('it exports no plugin');
}

function leftOut(found: PluginPackage, cause: unknown): CliError {
  const { name, version } = found;
  const why = saidBy(cause)
    .replace(isMechaneError(cause) ? / Fix: .*$/ : / imported from .*$/, '')
    .replace(/\.$/, '');
  return brokenPlugin(`${name} ${version}`, why, repairOf(found, cause), cause);
}

/**
 * The command that probably mends a plugin. Where core refused it, it and core are to be brought to the same contract, or the
 * other plugin with the same ids stays; otherwise it is built where it is linked from its sources, else installed again.
 */
function repairOf({ name, folder }: PluginPackage, cause: unknown): string {
  if (isMechaneError(cause)) {
    if (cause.code === 'incompatible-plugin') {
      const newer = cause.fix?.includes('@mechane/core@');
      return newer ? 'npm install @mechane/core@latest @mechane/cli@latest' : `npm install ${name}@latest`;
    }
    if (cause.code.startsWith('duplicate-')) return `npm uninstall ${name}`;
    if (cause.fix !== undefined) return cause.fix;
  }
  const linked = !realpathSync(folder).split(sep).includes('node_modules');
  return linked ? `npm run build --prefix ${folder}` : `npm install ${name}@latest`;
}
