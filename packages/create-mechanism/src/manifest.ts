import type { Choices } from './choices.ts';

/** The versions that a new package begins with. */
const core = '^0.0.0 || ^0.1.0';
const developedWith: Readonly<Record<string, string>> = {
  '@changesets/cli': '^2.31.1',
  '@mechane/cli': core,
  '@mechane/conformance': core,
  '@mechane/core': core,
  typescript: '^7.0.2',
  vitest: '^4.1.12',
};

/** The package.json of a new package: the command finds it by its keyword, and its claims by its export `./conformance`. */
export function manifestOf({ name, kind, domain, licence }: Choices, id: string): string {
  const entry = (file: string) => ({ types: `./dist/${file}.d.ts`, default: `./dist/${file}.js` });
  const manifest = {
    name,
    version: '0.0.0',
    description: `${id} (${domain}, ${kind === 'direct' ? 'one round' : 'in rounds'}), a mechanism for Mechane`,
    keywords: ['mechane-plugin', 'mechanism-design'],
    license: licence,
    ...(licence === 'UNLICENSED' ? { private: true } : {}),
    type: 'module',
    sideEffects: false,
    exports: { '.': entry('index'), './conformance': entry('conformance'), './package.json': './package.json' },
    files: ['dist', 'README.md', 'CHANGELOG.md', 'LICENSE'],
    scripts: {
      build: 'tsc -p tsconfig.build.json',
      check: 'tsc',
      test: 'vitest run',
      verify: `npm run build && mechane verify ${id}`,
      changeset: 'changeset',
      'version-packages': 'changeset version && node write-version.mjs',
      prepack: 'npm run build',
    },
    dependencies: { zod: '^4.6.0' },
    peerDependencies: { '@mechane/conformance': core, '@mechane/core': core },
    peerDependenciesMeta: { '@mechane/conformance': { optional: true } },
    devDependencies: developedWith,
    engines: { node: '>=20.19' },
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}
