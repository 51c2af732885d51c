import { readFileSync } from 'node:fs';
import { parseSync } from 'oxc-parser';
import { describe, expect, test } from 'vitest';
import { type Choices, domains, kinds, licences, mechanisms } from '../src/choices.ts';
import { packageFiles } from '../src/package-files.ts';

const combinations: readonly Choices[] = kinds.flatMap((kind) =>
  domains.flatMap((domain) =>
    licences.flatMap((licence) => ['my-auction', '@acme/house.swap'].map((name) => ({ name, kind, domain, licence }))),
  ),
);

describe.each(combinations)('$name: $kind, $domain, $licence', (choices) => {
  const files = packageFiles(choices, 2026);
  const mechanism = mechanisms[choices.kind][choices.domain];
  const short = choices.name === 'my-auction' ? 'my-auction' : 'house.swap';
  const text = (path: string): string => files.get(path) ?? '';

  test('has every file that a package needs', () => {
    expect([...files.keys()].sort()).toEqual(
      [
        '.changeset/config.json',
        '.changeset/first-release.md',
        '.github/workflows/ci.yml',
        '.gitignore',
        'LICENSE',
        'README.md',
        'package.json',
        'scenario.json',
        'src/conformance.ts',
        'src/index.ts',
        `src/${mechanism}.ts`,
        'test/conformance.test.ts',
        'test/published-case.test.ts',
        'tsconfig.build.json',
        'tsconfig.json',
        'write-version.mjs',
      ].sort(),
    );
  });

  test('says its own name wherever the template had a placeholder', () => {
    for (const [path, written] of files) expect(written, path).not.toMatch(/__[A-Z]+__/);
    expect(text(`src/${mechanism}.ts`)).toContain(`id: '${short}/${mechanism}'`);
    expect(text('src/index.ts')).toContain(`name: '${choices.name}'`);
    expect(text('.changeset/first-release.md')).toContain(`'${choices.name}': minor`);
    expect(JSON.parse(text('scenario.json')).mechanism).toBe(`${short}/${mechanism}`);
  });

  test('has a package.json by which the command and the kit find it', () => {
    const manifest = JSON.parse(text('package.json'));
    expect(manifest).toMatchObject({ name: choices.name, license: choices.licence, type: 'module' });
    expect(manifest.keywords).toContain('mechane-plugin');
    expect(Object.keys(manifest.exports)).toEqual(['.', './conformance', './package.json']);
    expect(manifest.private).toBe(choices.licence === 'UNLICENSED' ? true : undefined);
  });

  test('has sources and configurations that parse', () => {
    for (const [path, written] of files) {
      if (/\.(ts|mjs)$/.test(path)) expect(parseSync(path, written).errors, path).toEqual([]);
      if (path.endsWith('.json')) expect(JSON.parse(written)).toBeTypeOf('object');
    }
    const [, example = ''] = /```ts\n([\s\S]*?)```/.exec(text('README.md')) ?? [];
    expect(parseSync('README.ts', example).errors).toEqual([]);
  });

  test('states the licence that was chosen', () => {
    const first = { MIT: 'MIT License', 'Apache-2.0': 'Apache License', ISC: 'ISC License', UNLICENSED: 'Copyright' };
    expect(text('LICENSE').trimStart().startsWith(first[choices.licence])).toBe(true);
  });
});

test('a new package asks for the versions that the plugins here ask for', () => {
  const manifest = JSON.parse(packageFiles({ ...(combinations[0] as Choices) }, 2026).get('package.json') ?? '');
  const read = (path: string) => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
  const plugin = read('../../auction-sealed/package.json');
  const root = read('../../../package.json');
  expect(manifest.peerDependencies).toEqual(plugin.peerDependencies);
  expect(manifest.dependencies).toEqual(plugin.dependencies);
  for (const tool of ['typescript', 'vitest', '@changesets/cli']) {
    expect(manifest.devDependencies[tool]).toBe(`^${root.devDependencies[tool]}`);
  }
});
