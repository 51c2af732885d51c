import type { Choices } from './choices.ts';
import { manifestOf } from './manifest.ts';
import { idIn } from './mechanism-name.ts';
import { templateFiles, writeMechanism } from './template-files.ts';

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
  const mechanism = writeMechanism(kind, domain, idIn(name));
  const files = new Map([
    ...templateFiles('package'),
    ...mechanism.files,
    ['LICENSE', templateFiles('licences').get(licence) ?? ''],
    ['package.json', manifestOf(choices, mechanism.id)],
  ]);
  const words: Readonly<Record<string, string>> = {
    __PACKAGE__: name,
    __ID__: mechanism.id,
    __FILE__: mechanism.file,
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
