import { readdirSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

/** Where changes are looked for. */
export interface Watched {
  readonly folders: readonly string[];
  /** Files that count whatever they are called. */
  readonly files: readonly string[];
}

const mostFolders = 500;
/** Folders in which nobody writes rules: what is installed, hidden, or kept by interpreters. */
const passedOver = /^(\.|node_modules$|__pycache__$)/;
/** Where commands are that nobody is writing. */
const installed = /^\/(bin|usr|opt|lib)\//;
/** What is written by hand, or built from that: a rule may write logs beside itself, which are no reason to examine it again. */
const code =
  /\.(py|go|rs|c|cc|cpp|h|hpp|[cm]?[jt]sx?|java|kt|scala|clj|cs|fs|rb|pl|php|lua|jl|r|hs|ml|exs?|erl|sol|vy|sh|json|toml|ya?ml|wasm)$/i;

/** The files that a command names, and their folders; where it names none, the folder in which it is started. */
export function watchedOfCommand(command: string, cwd: string): Watched {
  const words = command.split(/[\s'"=;|&<>()]+/).filter((word) => word !== '');
  const files = words.map((word) => resolve(cwd, word)).filter((file) => isFile(file) && !installed.test(file));
  return { folders: files.length === 0 ? [cwd] : [...new Set(files.map((file) => dirname(file)))], files };
}

/** The folders of packages, with those in them. */
export function watchedOfPackages(packages: readonly string[]): Watched {
  const folders = [...packages];
  for (let index = 0; index < folders.length && folders.length < mostFolders; index++) {
    const folder = folders[index] as string;
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (entry.isDirectory() && !passedOver.test(entry.name)) folders.push(join(folder, entry.name));
    }
  }
  return { folders, files: [] };
}

/** Whether a change of this file may change a rule. */
export function isOfInterest(file: string, { files }: Watched): boolean {
  return files.includes(file) || (code.test(file) && !passedOver.test(basename(file)));
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
