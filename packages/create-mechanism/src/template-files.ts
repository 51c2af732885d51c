import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Domain, type Kind, mechanisms } from './choices.ts';
import { type MechanismName, mechanismName } from './mechanism-name.ts';

const templates = fileURLToPath(new URL('../templates', import.meta.url));

/** A mechanism written from a template. */
export interface WrittenMechanism extends MechanismName {
  /** The rule, its test, what the kit examines and a scenario, by their path in a package. */
  readonly files: ReadonlyMap<string, string>;
}

/** Writes the mechanism of a template under a name of its own. */
export function writeMechanism(kind: Kind, domain: Domain, id: string): WrittenMechanism {
  const template = mechanisms[kind][domain];
  const files = [...templateFiles(join(kind, domain))];
  const { constant } = mechanismName(template, []);
  // In its rule the constant stands once; elsewhere nothing else is called like it, though the prose of the rule may be.
  const itself = (path: string): RegExp => {
    if (!path.startsWith('src/')) return /(?!)/;
    return path === `src/${template}.ts`
      ? new RegExp(`(?<=^export const )${constant}\\b`, 'm')
      : new RegExp(`(?<!/)\\b${constant}\\b`, 'g');
  };
  const name = mechanismName(
    id,
    files.map(([path, text]) => (path.startsWith('src/') ? text.replace(itself(path), '') : '')),
  );
  const written = files.map(([path, text]): [string, string] => [
    path === `src/${template}.ts` ? `src/${name.file}.ts` : path,
    text
      .replace(itself(path), name.constant)
      .replaceAll(`./${template}.ts`, `./${name.file}.ts`)
      .replaceAll(`__ID__/${template}`, id),
  ]);
  return { ...name, files: new Map(written) };
}

/** The files of a folder of templates, by their path in it. */
export function templateFiles(folder: string): Map<string, string> {
  const files = readdirSync(join(templates, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry): [string, string] => {
      const path = join(entry.parentPath, entry.name);
      const inside = path.slice(join(templates, folder).length + 1);
      return [inside.replaceAll(sep, '/'), readFileSync(path, 'utf8')];
    });
  return new Map(files);
}
