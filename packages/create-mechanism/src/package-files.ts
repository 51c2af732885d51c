import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Choices, mechanisms } from './choices.ts';
import { manifestOf } from './manifest.ts';
import { unscoped } from './package-name.ts';

const templates = fileURLToPath(new URL('../templates', import.meta.url));

/** Names that npm would not pack, or that tools would take for their own, stand under others in the templates. */
const renamed: Readonly<Record<string, string>> = {
  gitignore: '.gitignore',
  'changeset/config.json': '.changeset/config.json',
  'changeset/first-release.md': '.changeset/first-release.md',
  'github/workflows/ci.yml': '.github/workflows/ci.yml',
};

/**
 * The files of a new package, by their path in it.
 *
 * @param year of the copyright
 */
export function packageFiles(choices: Choices, year: number): ReadonlyMap<string, string> {
  const { name, kind, domain, licence } = choices;
  const mechanism = mechanisms[kind][domain];
  const files = new Map([
    ...templatesIn('package'),
    ...templatesIn(join(kind, domain)),
    ['LICENSE', readFileSync(join(templates, 'licences', licence), 'utf8')],
    ['package.json', manifestOf(choices, mechanism)],
  ]);
  const words: Readonly<Record<string, string>> = {
    __PACKAGE__: name,
    __ID__: unscoped(name),
    __MECHANISM__: mechanism,
    __LICENCE__: licence,
    __YEAR__: String(year),
    __SCENARIO__: scenarioOf(files.get('scenario.json') ?? ''),
  };
  const filled = [...files].map(([path, text]) => {
    const written = text.replace(/__[A-Z]+__/g, (word) => words[word] ?? word);
    return [renamed[path] ?? path, written] as const;
  });
  return new Map(filled.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** What `run` takes besides the id, as it stands in a README: keys that need no quotes have none. */
function scenarioOf(text: string): string {
  const { mechanism: _, ...play } = JSON.parse(text);
  return JSON.stringify(play, null, 2)
    .replace(/"([a-z]+)":/gi, '$1:')
    .replaceAll('"', "'");
}

function templatesIn(folder: string): [string, string][] {
  return readdirSync(join(templates, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      const inside = path.slice(join(templates, folder).length + 1);
      return [inside.replaceAll(sep, '/'), readFileSync(path, 'utf8')];
    });
}
