import { describe, expect, test } from 'vitest';
import { repositoryChecks } from '../check/everything.mjs';
import { describeFinding } from '../check/finding.mjs';
import { peersOf } from '../check/peer-ranges.mjs';
import { readRepository } from '../check/repository.mjs';
import {
  exported,
  lockOf,
  manifest,
  plant,
  pluginManifest,
  project,
  releasedPeers,
  soundTree,
  type Tree,
} from './tree.ts';

/** What each check finds in the sound tree with these files put over it; undefined takes a file away. */
function findings(changes: Tree): Record<string, string[]> {
  const tree = { ...soundTree(), ...changes };
  const kept = Object.fromEntries(Object.entries(tree).filter(([, content]) => content !== undefined));
  const repository = readRepository(plant(kept));
  const found = Object.entries(repositoryChecks).map(([name, check]) => [name, check(repository).map(describeFinding)]);
  return Object.fromEntries(found.filter(([, lines]) => lines?.length));
}

/** The first words of what each check finds: the place and the problem, without the fix. */
function problems(changes: Tree): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(findings(changes)).map(([name, lines]) => [name, lines.map((line) => line.split(';')[0] ?? '')]),
  );
}

test('nothing is found in a sound tree', () => {
  expect(findings({})).toEqual({});
});

describe('project references', () => {
  const references = 'project references';

  test('a declared dependency without its reference is found', () => {
    expect(findings({ 'packages/conformance/tsconfig.json': project([]) })[references]).toEqual([
      'packages/conformance/tsconfig.json:3  the reference to packages/core is missing; ' +
        'add { "path": "../core" } to references',
    ]);
  });

  test('a reference without its dependency is found', () => {
    expect(problems({ 'packages/core/tsconfig.json': project(['../conformance']) })[references]).toEqual([
      'packages/core/tsconfig.json:5  it refers to ../conformance, on which package.json does not depend',
    ]);
  });

  test('tests refer to their sources and to what they import', () => {
    const found = problems({
      'packages/market/test/call.test.ts': "import { sealed } from '@mechane/auction-sealed';\n",
      'packages/market/test/tsconfig.json': project(['../../core', '../../conformance']),
    });
    expect(found[references]).toEqual([
      'packages/market/test/tsconfig.json:3  the reference to packages/market is missing',
      'packages/market/test/tsconfig.json:3  the reference to packages/auction-sealed is missing',
      'tsconfig.json:3  the reference to packages/market/test is missing',
    ]);
  });

  test('a package that a source names without declaring it is found, even where only a type is taken', () => {
    const file = 'packages/market/src/call.ts';
    const source = [
      "// import type { Bid } from '@mechane/auction-sealed';",
      "type Bid = import('@mechane/auction-sealed').Bid;",
    ].join('\n');
    expect(findings({ [file]: source })[references]).toEqual([
      `${file}:2  @mechane/auction-sealed is not declared; declare it in dependencies or peerDependencies`,
    ]);
  });

  test('the command has a reference to what it knows the types of', () => {
    const packages = (referred: readonly string[]) => ({
      'packages/cli/src/call.ts': "import type { Call } from '@mechane/market';\n",
      'packages/cli/package.json': manifest('cli', {
        dependencies: { '@mechane/core': '^0.0.0', '@mechane/conformance': '^0.0.0' },
        devDependencies: { '@mechane/market': '*' },
      }),
      'packages/cli/tsconfig.json': project(referred),
    });
    expect(problems(packages(['../core', '../conformance', '../market']))[references]).toBeUndefined();
    expect(problems(packages(['../core', '../conformance']))[references]).toEqual([
      'packages/cli/tsconfig.json:3  the reference to packages/market is missing',
    ]);
  });

  test('a package without a project is found', () => {
    expect(problems({ 'packages/market/tsconfig.json': undefined })[references]).toEqual([
      'packages/market/tsconfig.json:1  there is no such project',
    ]);
  });

  test('the root refers to nothing else', () => {
    const root = soundTree()['tsconfig.json'] as { references: object[] };
    const more = { ...root, references: [...root.references, { path: 'packages/gone' }] };
    expect(problems({ 'tsconfig.json': more })[references]).toEqual([
      'tsconfig.json:26  it refers to packages/gone, on which package.json does not depend',
    ]);
  });
});

describe('types of Node', () => {
  test('are not let in by the back door', () => {
    const file = 'packages/market/src/call.ts';
    const found = problems({
      'packages/market/tsconfig.json': {
        ...project(['../core', '../conformance']),
        compilerOptions: { types: ['node'] },
      },
      [file]: '\n/// <reference types="node" />\n',
    });
    expect(found['types of Node']).toEqual([
      `${file}:2  it asks for types by itself`,
      'packages/market/tsconfig.json:12  it widens the types that the sources see',
    ]);
  });

  test('are seen by packages that need Node', () => {
    expect(problems({ 'packages/cli/src/a.ts': '/// <reference types="node" />\n' })).toEqual({});
  });
});

describe('package manifests', () => {
  const manifests = 'package manifests';
  const path = 'packages/market/package.json';

  test.each([
    ['name', 'market'],
    ['private', true],
    ['type', 'commonjs'],
    ['license', 'ISC'],
    ['engines', { node: '>=18' }],
    ['publishConfig', undefined],
    ['publishConfig', { access: 'public' }],
    ['repository', 'github:mechane/mechane'],
  ])('%s is as in every package', (field, value) => {
    const found = problems({ [path]: pluginManifest('market', { [field]: value }) });
    expect(found[manifests]).toEqual([expect.stringMatching(`  ${field} is not what packages here have$`)]);
  });

  test.each([
    [{ version: 'one' }, 'version is not one'],
    [{ sideEffects: undefined }, 'sideEffects is not said'],
    [{ files: ['dist', 'README.md', 'LICENSE'] }, 'files lacks CHANGELOG.md'],
    [{ files: ['dist', 'src', 'README.md', 'CHANGELOG.md', 'LICENSE'] }, 'files has src'],
    [{ files: ['dist', '!dist/x', 'README.md', 'CHANGELOG.md', 'LICENSE'] }, 'files has !dist/x'],
    [{ scripts: { prepublishOnly: 'node ../../tools/publish/refuse.mjs' } }, 'build is not what packages here have'],
    [{ scripts: { build: 'tsc -b' } }, 'prepublishOnly is not what packages here have'],
    [{ keywords: [] }, 'the command would not find this plugin'],
    [{ peerDependencies: {} }, 'core is not a peer'],
    [{ devDependencies: { '@mechane/core': '^0.0.0' } }, 'core is not linked'],
  ])('%j is found', (fields, problem) => {
    const found = problems({ [path]: pluginManifest('market', fields) });
    expect(found[manifests]).toEqual([expect.stringMatching(`  ${problem}$`)]);
  });

  test('exports lead to sources in the workspace and to the build elsewhere, in this order', () => {
    const entry = exported('index');
    const disordered = {
      default: entry.default,
      types: entry.types,
      '@mechane/source': entry['@mechane/source'],
    };
    const found = problems({
      [path]: pluginManifest('market', { exports: { '.': disordered, './conformance': exported('conformance') } }),
      'packages/market/src/conformance.ts': undefined,
    });
    expect(found[manifests]).toEqual([
      expect.stringContaining('exports lacks ./package.json'),
      expect.stringContaining('exports["."] is not as elsewhere'),
      expect.stringContaining('src/conformance.ts does not exist'),
    ]);
  });

  test('an entry is a file or a folder with an index', () => {
    const exports = {
      '.': exported('index'),
      './call': exported('call'),
      './order-book': exported('order-book/index'),
      './conformance': exported('conformance'),
      './package.json': './package.json',
    };
    const found = problems({ [path]: pluginManifest('market', { exports }), 'packages/market/src/call.ts': '' });
    expect(found[manifests]).toEqual([expect.stringContaining('src/order-book/index.ts does not exist')]);
  });

  test('a plugin exports what the kit checks, and a package that is no plugin does not say that it is', () => {
    const bare = { '.': exported('index'), './package.json': './package.json' };
    const found = problems({
      'packages/core/package.json': manifest('core', { keywords: ['mechane-plugin'], dependencies: { zod: '^4.6.0' } }),
      [path]: pluginManifest('market', { exports: bare }),
    });
    expect(found[manifests]).toEqual([
      expect.stringMatching(/^packages\/core\/package.json:\d+ {2}this is no plugin$/),
      expect.stringMatching(/^packages\/market\/package.json:\d+ {2}its claims cannot be checked$/),
    ]);
  });

  test('what users call by its name alone has no scope, and what is not compiled builds nothing', () => {
    const thin = manifest('mechane', {
      name: 'mechane',
      bin: { mechane: 'bin/mechane.js' },
      exports: { './package.json': './package.json' },
      files: ['bin', 'README.md', 'CHANGELOG.md', 'LICENSE'],
      scripts: { prepublishOnly: 'node ../../tools/publish/refuse.mjs' },
    });
    const documents = Object.fromEntries(
      ['README.md', 'CHANGELOG.md', 'LICENSE'].map((file) => [`packages/mechane/${file}`, '']),
    );
    const found = (fields: Tree) =>
      problems({ ...documents, 'packages/mechane/package.json': { ...thin, ...fields } })[manifests];
    expect(found({})).toBeUndefined();
    expect(found({ name: '@mechane/mechane' })).toEqual([
      expect.stringMatching(/name is not what packages here have$/),
    ]);
    expect(found({ scripts: { ...(thin.scripts as Tree), build: 'tsc -b' } })).toHaveLength(1);
  });

  test('documents are written', () => {
    expect(problems({ 'packages/market/README.md': undefined })[manifests]).toEqual([
      expect.stringMatching(/README.md does not exist$/),
    ]);
  });
});

describe('peer ranges since the last release', () => {
  const peers = 'peer ranges since the last release';
  const path = 'packages/market/package.json';
  const released = '^0.0.0 || ^0.1.0';
  const core = (range: string) => ({
    [path]: pluginManifest('market', {
      peerDependencies: { '@mechane/core': range, '@mechane/conformance': released },
    }),
  });

  test.each([
    ['^0.0.0 || ^0.1.0 || ^0.2.0', 'a version more'],
    ['>=0.0.0', 'every version from the first'],
    ['^0.1.0 || ^0.0.0', 'the same in another order'],
    ['*', 'every version'],
    ['~0.0.0 || ~0.1', 'the same in other signs'],
    ['0.0.x - 2', 'versions between two'],
  ])('%s is no narrower: %s', (range) => {
    expect(problems(core(range))[peers]).toBeUndefined();
  });

  test.each(['^0.1.0', '^0.0.0', '0.0.0 || 0.1.0', '^0.0.0 || ^0.1.1', '^1.0.0', '>=0.0.1', '~0.1.0 || ^1'])(
    '%s leaves out versions that could be installed',
    (range) => {
      expect(problems(core(range))[peers]).toEqual([
        expect.stringMatching(
          /^packages\/market\/package\.json:\d+ {2}.* leaves out versions of \^0\.0\.0 \|\| \^0\.1\.0$/,
        ),
      ]);
    },
  );

  test('a range that cannot be read is not taken for a wide one', () => {
    expect(problems(core('latest'))[peers]).toEqual([expect.stringMatching(/ {2}latest is no range of versions$/)]);
  });

  test('a changeset of a major version allows it, one of a minor version or of another package does not', () => {
    const narrow = core('^0.1.0');
    const changeset = (heading: string) => ({ ...narrow, '.changeset/some.md': `---\n${heading}\n---\n\nNarrower.\n` });
    expect(problems(changeset("'@mechane/market': major"))[peers]).toBeUndefined();
    expect(problems(changeset('"@mechane/market": major'))[peers]).toBeUndefined();
    expect(problems(changeset("'@mechane/market': minor"))[peers]).toHaveLength(1);
    expect(problems(changeset("'@mechane/core': major"))[peers]).toHaveLength(1);
  });

  test('a peer that becomes needed narrows too, one that goes does not', () => {
    const peerDependencies = { '@mechane/core': released, '@mechane/conformance': released };
    const needed = pluginManifest('market', { peerDependencies, peerDependenciesMeta: {} });
    expect(problems({ [path]: needed })[peers]).toEqual([
      expect.stringMatching(/@mechane\/conformance is a peer that nobody needed before$/),
    ]);
    const gone = pluginManifest('market', { peerDependencies: { '@mechane/core': released } });
    expect(problems({ [path]: gone })[peers]).toBeUndefined();
    const more = { ...peerDependencies, vitest: '>=4' };
    expect(problems({ [path]: pluginManifest('market', { peerDependencies: more }) })[peers]).toHaveLength(1);
    const optional = { '@mechane/conformance': { optional: true }, vitest: { optional: true } };
    const offered = pluginManifest('market', { peerDependencies: more, peerDependenciesMeta: optional });
    expect(problems({ [path]: offered })[peers]).toBeUndefined();
  });

  test('the record goes with the versions: a release writes both', () => {
    expect(findings({ [path]: pluginManifest('market', { version: '0.1.0' }) })[peers]).toEqual([
      expect.stringMatching(/knows the peers of 0\.0\.0, this is 0\.1\.0; node tools\/write-peer-ranges\.mjs$/),
    ]);
    expect(problems({ '.changeset/peer-ranges.json': undefined })[peers]).toEqual([
      '.changeset/peer-ranges.json:1  the peers last released are not on record',
    ]);
  });

  test('what is written down is what the check compares with', () => {
    const { workspaces } = readRepository(plant(soundTree()));
    expect(peersOf(workspaces)).toMatchObject(releasedPeers);
  });
});

describe('lock file', () => {
  test('it repeats what every package.json says', () => {
    const changed = {
      'packages/market/package.json': pluginManifest('market', { version: '0.1.0', dependencies: { zod: '*' } }),
    };
    const lock = '  its version are not those of packages/market/package.json';
    expect(problems(changed)['lock file']).toEqual([
      expect.stringContaining(lock),
      expect.stringContaining('its dependencies are not those of packages/market/package.json'),
    ]);
    expect(
      problems({ ...changed, 'package-lock.json': lockOf({ ...soundTree(), ...changed }) })['lock file'],
    ).toBeUndefined();
  });

  test('it knows every workspace, and is there', () => {
    const { 'packages/market/package.json': _, ...others } = soundTree();
    expect(problems({ 'package-lock.json': lockOf(others) })['lock file']).toEqual([
      'package-lock.json:1  it does not know packages/market/package.json',
    ]);
    expect(findings({ 'package-lock.json': undefined })['lock file']).toEqual([
      'package-lock.json:1  there is no lock file; npm install --package-lock-only --ignore-scripts',
    ]);
  });
});
