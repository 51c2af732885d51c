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

describe('doors between packages', () => {
  const doors = 'doors between packages';
  const sealed = 'packages/auction-sealed/src/index.ts';

  test('core imports no other package', () => {
    const found = problems({
      'packages/core/src/amount.ts': "import 'zod';\nimport { kit } from '@mechane/conformance';\n",
    });
    expect(found[doors]).toEqual(['packages/core/src/amount.ts:2  core may not import @mechane/conformance']);
  });

  test('a plugin imports no other plugin, and the finding says where and what to do', () => {
    const found = findings({ [sealed]: "\nexport type { Call } from '@mechane/market';\n" });
    expect(found[doors]).toEqual([
      'packages/auction-sealed/src/index.ts:2  auction-sealed may not import @mechane/market; ' +
        'move what both need into core, or into a package of its own',
    ]);
  });

  test('a plugin imports the kit only in src/conformance.ts', () => {
    const found = findings({ [sealed]: "import { subject } from '@mechane/conformance';\n" });
    expect(found[doors]).toEqual([
      'packages/auction-sealed/src/index.ts:1  auction-sealed may not import @mechane/conformance; ' +
        'import it in src/conformance.ts or in a test only',
    ]);
  });

  test('a plugin does not load its conformance.ts at run time', () => {
    const found = problems({ [sealed]: "export * from './conformance.ts';\n" });
    expect(found[doors]).toEqual([`${sealed}:1  conformance.ts would be loaded at run time`]);
    const parts = problems({ [sealed]: "export * from './conformance-bids.ts';\n" });
    expect(parts[doors]).toEqual([`${sealed}:1  conformance-bids.ts would be loaded at run time`]);
  });

  test('what a plugin has for the kit may stand in several files', () => {
    const folder = 'packages/auction-sealed/src';
    const found = findings({
      [`${folder}/conformance.ts`]: "import { bids } from './conformance-bids.ts';\n",
      [`${folder}/conformance-bids.ts`]: "import { subject } from '@mechane/conformance';\n",
    });
    expect(Object.keys(found)).not.toContain(doors);
    expect(Object.keys(found)).not.toContain('declared dependencies');
  });

  test.each([
    ["import('@mechane/market')", 'a dynamic import'],
    ["type Call = import('@mechane/market').Call", 'an import type'],
    ["import market = require('@mechane/market')", 'an import by require'],
    ["export { call } from '@mechane/market'", 're-exports'],
  ])('%s counts as an import', (source) => {
    expect(problems({ [sealed]: `${source};\n` })[doors]).toEqual([
      `${sealed}:1  auction-sealed may not import @mechane/market`,
    ]);
  });

  test('nobody but three plugins and the command asks the optimizer', () => {
    const optimization = {
      'packages/optimization/package.json': manifest('optimization'),
      'packages/optimization/src/index.ts': '',
    };
    const asks = "import { solve } from '@mechane/optimization';\n";
    expect(problems({ ...optimization, 'packages/market/src/call.ts': asks })[doors]).toBeUndefined();
    expect(problems({ ...optimization, 'packages/cli/src/solve.ts': asks })[doors]).toBeUndefined();
    expect(problems({ ...optimization, [sealed]: asks })[doors]).toHaveLength(1);
  });

  test('nobody but auctions of packages and the command packs, and what packs asks for nothing of ours', () => {
    const packing = { 'packages/packing/package.json': manifest('packing'), 'packages/packing/src/index.ts': '' };
    const packs = "import { packingOf } from '@mechane/packing';\n";
    const combinatorial = 'packages/auction-combinatorial/src/vcg.ts';
    expect(problems({ ...packing, [combinatorial]: packs })[doors]).toBeUndefined();
    expect(problems({ ...packing, 'packages/market/src/call.ts': packs })[doors]).toHaveLength(1);
    const asks = "import { MechaneError } from '@mechane/core';\n";
    expect(problems({ ...packing, 'packages/packing/src/index.ts': asks })[doors]).toEqual([
      'packages/packing/src/index.ts:1  packing may not import @mechane/core',
    ]);
  });

  test('a room that stands alone imports nothing of ours, and only those that compute import it', () => {
    const numerics = {
      'packages/numerics/package.json': manifest('numerics'),
      'packages/numerics/src/index.ts': '',
    };
    const asks = "import { Rational } from '@mechane/numerics';\n";
    expect(problems({ ...numerics, 'packages/market/src/call.ts': asks })[doors]).toBeUndefined();
    expect(problems({ ...numerics, [sealed]: asks })[doors]).toHaveLength(1);
    const core = { 'packages/numerics/src/rational.ts': "import { amount } from '@mechane/core';\n" };
    expect(problems({ ...numerics, ...core })[doors]).toHaveLength(1);
  });

  test('nobody reaches into another package by path', () => {
    const found = problems({
      'packages/auction-sealed/test/laws.test.ts': "import { amount } from '../../core/src/amount.ts';\n",
      'examples/src/first.ts': "import { amount } from '../../packages/core/src/amount.ts';\n",
    });
    expect(found[doors]).toEqual([
      'examples/src/first.ts:1  ../../packages/core/src/amount.ts leaves the package',
      'packages/auction-sealed/test/laws.test.ts:1  ../../core/src/amount.ts leaves the package',
    ]);
  });

  test('nobody imports what a package does not export', () => {
    const found = findings({ 'packages/cli/src/index.ts': "import { amount } from '@mechane/core/src/amount.ts';\n" });
    expect(found[doors]).toEqual([
      'packages/cli/src/index.ts:1  @mechane/core/src/amount.ts is not exported; ' +
        'import one of @mechane/core, @mechane/core/package.json',
    ]);
  });
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

describe('browser safety', () => {
  const safety = 'browser safety';
  const file = 'packages/market/src/call.ts';

  test.each(['node:fs', 'fs', 'fs/promises', 'node:test'])('an import of %s is found', (module) => {
    expect(problems({ [file]: `\n\nimport '${module}';\n` })[safety]).toEqual([`${file}:3  no browser has ${module}`]);
  });

  test.each([
    'process.exit()',
    'const seed = process.env;',
    'Buffer.from("")',
    'let bytes: Buffer;',
    'type Bytes = typeof Buffer;',
    'const { seed = process.pid } = {};',
    'require("x")',
    'const here = { dir: __dirname };',
    'export { process as default };',
    '(process as unknown);',
    'process!.exit();',
  ])('%s is found', (statement) => {
    expect(problems({ [file]: `${statement}\n` })[safety]).toHaveLength(1);
  });

  test.each([
    'agent.process();',
    'globalThis.process?.env;',
    'const order = { process: 1, Buffer() {} };',
    'interface Order { process: number; require(): void }',
    'function settle(process: number) { return process; }',
    'const settle = ({ process, step: [Buffer] }: Order) => process + Buffer;',
    'class Order { process = 1; require(global: number) { return global; } }',
    'enum Step { process }',
    'import { process } from "./process.ts"; process();',
    'export { settle as process } from "./settle.ts";',
    'type Step = (process: string) => Steps.Buffer;',
    '// process.exit()',
  ])('%s is no use of a global', (statement) => {
    expect(problems({ [file]: `${statement}\n` })[safety]).toBeUndefined();
  });

  test('the types of Node are not let in by the back door', () => {
    const found = problems({
      'packages/market/tsconfig.json': {
        ...project(['../core', '../conformance']),
        compilerOptions: { types: ['node'] },
      },
      [file]: '/// <reference types="node" />\n',
    });
    expect(found[safety]).toEqual([
      `${file}:1  it asks for the types of Node`,
      'packages/market/tsconfig.json:12  it widens the types that the sources see',
    ]);
  });
});

describe('declared dependencies', () => {
  const declared = 'declared dependencies';

  test('a source imports only what its own package.json declares for its users', () => {
    const found = problems({ 'packages/market/src/call.ts': "import { test } from 'vitest';\nimport 'zod/v4';\n" });
    expect(found[declared]).toEqual([
      'packages/market/src/call.ts:1  vitest is not declared',
      'packages/market/src/call.ts:2  zod is not declared',
    ]);
  });

  test("a test may use the root's development dependencies and any package of the workspace", () => {
    const file = 'packages/auction-sealed/test/laws.test.ts';
    const found = problems({ [file]: "import 'vitest';\nimport '@mechane/market';\nimport 'left-pad';\n" });
    expect(found[declared]).toEqual([`${file}:3  left-pad is not declared`]);
  });

  test('private folders declare what they import too', () => {
    expect(problems({ 'examples/src/first.ts': "import '@mechane/market';\n" })[declared]).toEqual([
      'examples/src/first.ts:1  @mechane/market is not declared',
    ]);
  });

  describe('the command loads packages from the user’s project, and knows their types', () => {
    const file = 'packages/cli/src/call.ts';
    const command = (source: string) => ({
      [file]: `${source};\n`,
      'packages/cli/package.json': manifest('cli', {
        dependencies: { '@mechane/core': '^0.0.0', '@mechane/conformance': '^0.0.0' },
        devDependencies: { '@mechane/market': '*' },
      }),
      'packages/cli/tsconfig.json': project(['../core', '../conformance', '../market']),
    });

    test.each([
      "import type { Call } from '@mechane/market'",
      "export type { Call } from '@mechane/market'",
      "type Market = typeof import('@mechane/market')",
      "type Call = import('@mechane/market').Call",
    ])('%s is declared by a development dependency', (source) => {
      const found = problems(command(source));
      expect(found[declared]).toBeUndefined();
      expect(found['project references']).toBeUndefined();
    });

    test.each([
      "import { type Call } from '@mechane/market'",
      "import { call } from '@mechane/market'",
      "export { call } from '@mechane/market'",
      "import('@mechane/market')",
    ])('%s is not', (source) => {
      expect(problems(command(source))[declared]).toEqual([`${file}:1  @mechane/market is not declared`]);
    });

    test('types come from a project that is built before', () => {
      const unbuilt = { 'packages/cli/tsconfig.json': project(['../core', '../conformance']) };
      const found = problems({ ...command("import type { Call } from '@mechane/market'"), ...unbuilt });
      expect(found['project references']).toEqual([
        'packages/cli/tsconfig.json:3  the reference to packages/market is missing',
      ]);
    });

    test('of packages that users import, types are declared to them', () => {
      const file = 'packages/market/src/call.ts';
      const typed = { [file]: "import type { Bid } from '@mechane/auction-sealed';\n" };
      const path = 'packages/market/package.json';
      const developed = { '@mechane/core': '*', '@mechane/conformance': '*', '@mechane/auction-sealed': '*' };
      const found = problems({ ...typed, [path]: pluginManifest('market', { devDependencies: developed }) });
      expect(found[declared]).toEqual([`${file}:1  @mechane/auction-sealed is not declared`]);
    });
  });

  test('an optional peer is imported only by an entry of its own', () => {
    const file = 'packages/auction-sealed/src/first-price.ts';
    expect(problems({ [file]: "import '@mechane/conformance';\n" })[declared]).toEqual([
      `${file}:1  @mechane/conformance is an optional peer and may be absent`,
    ]);
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

  test('a range that cannot be compared is not taken for a wide one', () => {
    expect(problems(core('0.0.x - 2'))[peers]).toEqual([expect.stringMatching(/is not seen here$/)]);
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
