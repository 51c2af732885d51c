import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, parse, sep } from 'node:path';

/** The fields of a package.json that matter here. */
export interface Manifest {
  readonly name?: string;
  readonly version?: string;
  readonly keywords?: readonly string[];
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** A package that says that it is a plugin. */
export interface PluginPackage {
  readonly name: string;
  readonly version: string;
  /** Where it is. */
  readonly folder: string;
  /** Whose node_modules it was found in. */
  readonly foundFrom: string;
}

/** What marks a package as a plugin, in the keywords of its package.json. */
export const pluginKeyword = 'mechane-plugin';

/**
 * The plugins that the project around a folder depends on: packages with the keyword `mechane-plugin` among the
 * dependencies of the nearest package.json, and that package itself. Where there are none, those beside the command.
 */
export function findPluginPackages(cwd: string, commandFolder: string): PluginPackage[] {
  const project = nearestProject(cwd);
  const declared = project ? pluginsOf(project) : [];
  return declared.length > 0 ? declared : pluginsBeside(commandFolder);
}

interface Project {
  readonly folder: string;
  readonly manifest: Manifest;
}

function nearestProject(cwd: string): Project | undefined {
  for (const folder of upwards(cwd)) {
    const manifest = readManifest(folder);
    if (manifest) return { folder, manifest };
  }
  return undefined;
}

function pluginsOf({ folder, manifest }: Project): PluginPackage[] {
  const { dependencies, devDependencies, peerDependencies, optionalDependencies } = manifest;
  const names = Object.keys({ ...dependencies, ...devDependencies, ...peerDependencies, ...optionalDependencies });
  const found = names.sort().flatMap((name) => {
    const installedIn = upwards(folder).find((above) => readManifest(join(above, 'node_modules', name)));
    return installedIn === undefined ? [] : pluginAt(join(installedIn, 'node_modules', name), name, folder);
  });
  return manifest.name === undefined ? found : [...pluginAt(folder, manifest.name, folder), ...found];
}

function pluginsBeside(commandFolder: string): PluginPackage[] {
  return upwards(commandFolder).flatMap((above) => {
    const nodeModules = join(above, 'node_modules');
    return packagesIn(nodeModules).flatMap((name) => pluginAt(join(nodeModules, name), name, above));
  });
}

/** The package in a folder, if it says that it is a plugin. */
function pluginAt(folder: string, name: string, foundFrom: string): PluginPackage[] {
  const { version = 'unknown', keywords } = readManifest(folder) ?? {};
  return Array.isArray(keywords) && keywords.includes(pluginKeyword) ? [{ name, version, folder, foundFrom }] : [];
}

function packagesIn(nodeModules: string): string[] {
  return entriesOf(nodeModules).flatMap((entry) =>
    entry.startsWith('@') ? entriesOf(join(nodeModules, entry)).map((name) => `${entry}/${name}`) : [entry],
  );
}

function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((entry) => !entry.startsWith('.'))
      .sort();
  } catch {
    return [];
  }
}

function readManifest(folder: string): Manifest | undefined {
  try {
    const manifest: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    return typeof manifest === 'object' && manifest !== null ? (manifest as Manifest) : undefined;
  } catch {
    return undefined;
  }
}

/** A folder and those around it, leaving out node_modules themselves, as Node looks for packages. */
function upwards(folder: string): string[] {
  const folders: string[] = [];
  const { root } = parse(folder);
  for (let at = folder; ; at = dirname(at)) {
    if (!at.endsWith(`${sep}node_modules`)) folders.push(at);
    if (at === root) return folders;
  }
}
