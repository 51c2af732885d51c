import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

/** Files by path: text as it is, anything else as JSON. */
export type Tree = Record<string, unknown>;

/** Writes a tree into a folder that is gone after the test, and returns the folder. */
export function plant(tree: Tree): string {
  const root = mkdtempSync(join(tmpdir(), 'tree-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const [path, content] of Object.entries(tree)) {
    const file = join(root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content, null, 2));
  }
  return root;
}

const range = '^0.0.0 || ^0.1.0';

/** A package.json that keeps every convention, with fields of one's own. */
export function manifest(room: string, fields: Tree = {}): Tree {
  return {
    name: `@mechane/${room}`,
    version: '0.0.0',
    license: 'MIT',
    type: 'module',
    sideEffects: false,
    repository: { type: 'git', url: 'git+https://github.com/mechane/mechane.git', directory: `packages/${room}` },
    exports: { '.': exported('index'), './package.json': './package.json' },
    files: ['dist', 'README.md', 'CHANGELOG.md', 'LICENSE'],
    scripts: { build: 'tsc -b', prepublishOnly: 'node ../../tools/publish/refuse.mjs' },
    engines: { node: '>=20.19' },
    publishConfig: { access: 'public', directory: `../../dist/${room}` },
    ...fields,
  };
}

/** A plugin's package.json, with fields of one's own. */
export function pluginManifest(room: string, fields: Tree = {}): Tree {
  return manifest(room, {
    keywords: ['mechane-plugin'],
    exports: { '.': exported('index'), './conformance': exported('conformance'), './package.json': './package.json' },
    peerDependencies: { '@mechane/core': range, '@mechane/conformance': range },
    peerDependenciesMeta: { '@mechane/conformance': { optional: true } },
    devDependencies: { '@mechane/core': '*', '@mechane/conformance': '*' },
    ...fields,
  });
}

export function exported(entry: string): Tree {
  return { '@mechane/source': `./src/${entry}.ts`, types: `./dist/${entry}.d.ts`, default: `./dist/${entry}.js` };
}

/** The files beside a package's sources. */
function around(room: string, references: readonly string[]): Tree {
  return {
    [`packages/${room}/README.md`]: '',
    [`packages/${room}/CHANGELOG.md`]: '',
    [`packages/${room}/LICENSE`]: '',
    [`packages/${room}/tsconfig.json`]: project(references),
  };
}

/** A tsconfig.json with these references. */
export function project(references: readonly string[]): Tree {
  return { extends: 'base', references: references.map((path) => ({ path })) };
}

/** A repository with nothing wrong: two foundations, two plugins, the command, and a private folder of examples. */
export function soundTree(): Tree {
  const tree = soundFiles();
  return { ...tree, 'package-lock.json': lockOf(tree), '.changeset/peer-ranges.json': releasedPeers };
}

/** The peers that the plugins of the sound tree were last released with. */
export const releasedPeers: Tree = Object.fromEntries(
  ['auction-sealed', 'market'].map((room) => [
    `@mechane/${room}`,
    {
      version: '0.0.0',
      peers: { '@mechane/core': { range, optional: false }, '@mechane/conformance': { range, optional: true } },
    },
  ]),
);

/** The lock file that goes with the package.json files of a tree. */
export function lockOf(tree: Tree): Tree {
  const manifests = Object.entries(tree).filter(([path]) => path.endsWith('package.json'));
  return {
    packages: Object.fromEntries(manifests.map(([path, content]) => [path.replace(/\/?package.json$/, ''), content])),
  };
}

function soundFiles(): Tree {
  return {
    'package.json': { workspaces: ['packages/*', 'examples'], devDependencies: { vitest: '4.1.12' } },
    'tsconfig.json': project([
      'examples',
      'packages/auction-sealed',
      'packages/auction-sealed/test',
      'packages/cli',
      'packages/conformance',
      'packages/core',
      'packages/market',
    ]),

    'packages/core/package.json': manifest('core', { dependencies: { zod: '^4.6.0' } }),
    'packages/core/src/index.ts': "export * from './amount.ts';\n",
    'packages/core/src/amount.ts': "import * as z from 'zod';\nexport const amount = z.number();\n",
    ...around('core', []),

    'packages/conformance/package.json': manifest('conformance', { peerDependencies: { '@mechane/core': range } }),
    'packages/conformance/src/index.ts': "import type { Mechanism } from '@mechane/core';\n",
    ...around('conformance', ['../core']),

    'packages/auction-sealed/package.json': pluginManifest('auction-sealed'),
    'packages/auction-sealed/src/index.ts': "import { definePlugin } from '@mechane/core';\n",
    'packages/auction-sealed/src/conformance.ts': "import { subject } from '@mechane/conformance';\n",
    'packages/auction-sealed/test/laws.test.ts': [
      "import { readFileSync } from 'node:fs';",
      "import { test } from 'vitest';",
      "import { check } from '@mechane/conformance';",
      "import { subjects } from '../src/conformance.ts';",
    ].join('\n'),
    ...around('auction-sealed', ['../core', '../conformance']),
    'packages/auction-sealed/test/tsconfig.json': project(['..', '../../core', '../../conformance']),

    'packages/market/package.json': pluginManifest('market'),
    'packages/market/src/index.ts': "export { call } from './call.ts';\n",
    'packages/market/src/call.ts': 'export const call = 1;\n',
    'packages/market/src/conformance.ts': "import { call } from './call.ts';\n",
    ...around('market', ['../core', '../conformance']),

    'packages/cli/package.json': manifest('cli', {
      dependencies: { '@mechane/core': '^0.0.0', '@mechane/conformance': '^0.0.0' },
    }),
    'packages/cli/src/index.ts': "import { readFileSync } from 'fs';\nprocess.exit(Number(readFileSync.length));\n",
    ...around('cli', ['../core', '../conformance']),

    'examples/package.json': { name: 'examples', private: true, dependencies: { '@mechane/core': '*' } },
    'examples/src/first.ts': "import { run } from '@mechane/core';\n",
    'examples/tsconfig.json': project(['../packages/core']),
  };
}
