import { readdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const mostFolders = 500;
/** Folders in which nobody writes rules: what is installed, hidden, or kept by interpreters. */
const passedOver = /^(\.|node_modules$|__pycache__$)/;

/** The folders of the files that a command names; where it names none, the one in which it is started. */
export function foldersOfCommand(command: string, cwd: string): readonly string[] {
  const words = command.split(/[\s'"=;|&<>()]+/).filter((word) => word !== '');
  const files = words.map((word) => resolve(cwd, word)).filter(isFile);
  const own = files.filter((file) => !/^\/(bin|usr|opt|lib)\//.test(file));
  return own.length === 0 ? [cwd] : [...new Set(own.map((file) => dirname(file)))];
}

/** The folders of packages, with those in them. */
export function foldersOfPackages(packages: readonly string[]): readonly string[] {
  const folders = [...packages];
  for (let index = 0; index < folders.length && folders.length < mostFolders; index++) {
    const folder = folders[index] as string;
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (entry.isDirectory() && isOfInterest(entry.name)) folders.push(join(folder, entry.name));
    }
  }
  return folders;
}

/** Whether a change of what is called so may change a rule. */
export function isOfInterest(name: string): boolean {
  return !passedOver.test(name) && !/~$|\.(swp|tmp|pyc|tsbuildinfo)$/.test(name);
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
