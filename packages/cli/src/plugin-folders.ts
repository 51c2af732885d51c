import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, parse, sep } from 'node:path';

/** The fields of a package.json that matter here. */
export interface Manifest {
  readonly name?: string;
  readonly version?: string;
  readonly keywords?: readonly string[];
  readonly mechane?: unknown;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
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

/** What marks a package as a plugin, in the keywords of its package.json. A field `mechane` there does so too. */
export const pluginKeyword = 'mechane-plugin';

/**
 * The plugins that the project around a folder depends on: packages that say so in their package.json, among the
 * dependencies of the nearest one, and that package itself. Where there are none, those beside the command.
 */
export function findPluginPackages(cwd: string, commandFolder: string): PluginPackage[] {
  const project = nearestProject(cwd);
  const declared = project ? pluginsOf(project) : [];
  return declared.length > 0 ? declared : pluginsBeside(commandFolder);
}

/**
 * The names of plugins that the project around a folder depends on and does not have. What is not there cannot say that it
 * is a plugin: the names of ours say it, and of others npm's lock file says whether they have core as a peer.
 */
export function findMissingPlugins(cwd: string): string[] {
  const project = nearestProject(cwd);
  if (project === undefined) return [];
  const { folder, manifest } = project;
  const { dependencies, devDependencies, peerDependencies, peerDependenciesMeta, optionalDependencies } = manifest;
  const needed = Object.keys({ ...dependencies, ...devDependencies, ...peerDependencies }).filter(
    (name) => !Object.hasOwn(optionalDependencies ?? {}, name) && peerDependenciesMeta?.[name]?.optional !== true,
  );
  const absent = needed.sort().filter((name) => installedFor(folder, name) === undefined);
  if (absent.length === 0) return [];
  const locked = lockedPackages(folder);
  return absent.filter((name) => {
    if (foundations.has(name)) return false;
    return name.startsWith(ours) || `${ours}core` in (locked[`node_modules/${name}`]?.peerDependencies ?? {});
  });
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
    const installed = installedFor(folder, name);
    return installed === undefined ? [] : pluginAt(installed, name, folder);
  });
  return manifest.name === undefined ? found : [...pluginAt(folder, manifest.name, folder), ...found];
}

/** Where a package is that is imported from a folder. */
function installedFor(folder: string, name: string): string | undefined {
  return upwards(folder)
    .map((above) => join(above, 'node_modules', name))
    .find((place) => readManifest(place) !== undefined);
}

const ours = '@mechane/';
/** Packages of ours that are no plugins. */
const foundations: ReadonlySet<string> = new Set(
  ['cli', 'cluster', 'conformance', 'core', 'numerics', 'optimization', 'packing', 'plots', 'server'].map(
    (room) => ours + room,
  ),
);

/** What npm's lock file, here or above, says of each package, by its place. */
function lockedPackages(folder: string): Readonly<Record<string, Manifest | undefined>> {
  for (const above of upwards(folder)) {
    const locked = readJson(join(above, 'package-lock.json'));
    const packages = locked && Reflect.get(locked, 'packages');
    if (typeof packages === 'object' && packages !== null) return packages;
  }
  return {};
}

function pluginsBeside(commandFolder: string): PluginPackage[] {
  return upwards(commandFolder).flatMap((above) => {
    const nodeModules = join(above, 'node_modules');
    return packagesIn(nodeModules).flatMap((name) => pluginAt(join(nodeModules, name), name, above));
  });
}

/** The package in a folder, if it says that it is a plugin. */
function pluginAt(folder: string, name: string, foundFrom: string): PluginPackage[] {
  const { version = 'unknown', keywords, mechane } = readManifest(folder) ?? {};
  const marked = (Array.isArray(keywords) && keywords.includes(pluginKeyword)) || Boolean(mechane);
  return marked ? [{ name, version, folder, foundFrom }] : [];
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
  return readJson(join(folder, 'package.json'));
}

function readJson(file: string): object | undefined {
  try {
    const content: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return typeof content === 'object' && content !== null ? content : undefined;
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
