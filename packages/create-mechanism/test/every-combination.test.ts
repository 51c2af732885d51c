import { readFileSync } from 'node:fs';
import { parseSync } from 'oxc-parser';
import { describe, expect, test } from 'vitest';
import { type Choices, domains, kinds, licences } from '../src/choices.ts';
import { mechanismName } from '../src/mechanism-name.ts';
import { packageFiles } from '../src/package-files.ts';
import { writeMechanism } from '../src/template-files.ts';

const combinations: readonly Choices[] = kinds.flatMap((kind) =>
  domains.flatMap((domain) =>
    licences.flatMap((licence) => ['my-auction', '@acme/house.swap'].map((name) => ({ name, kind, domain, licence }))),
  ),
);

/** The id and the file of the mechanism of each package. */
const names: Readonly<Record<string, readonly [id: string, file: string]>> = {
  'my-auction': ['my-auction/my-auction', 'my-auction'],
  '@acme/house.swap': ['acme/house.swap', 'house-swap'],
};

describe.each(combinations)('$name: $kind, $domain, $licence', (choices) => {
  const files = packageFiles(choices, 2026);
  const [id, file] = names[choices.name] ?? ['', ''];
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
        `src/${file}.ts`,
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
    expect(text(`src/${file}.ts`)).toContain(`id: '${id}',`);
    expect(text('test/published-case.test.ts')).toContain(`'${id}'`);
    expect(text('README.md')).toContain(`src/${file}.ts`);
    expect(text('src/index.ts')).toContain(`name: '${choices.name}'`);
    expect(text('.changeset/first-release.md')).toContain(`'${choices.name}': minor`);
    expect(JSON.parse(text('scenario.json')).mechanism).toBe(id);
  });

  test('has a package.json by which the command and the kit find it', () => {
    const manifest = JSON.parse(text('package.json'));
    expect(manifest).toMatchObject({ name: choices.name, license: choices.licence, type: 'module' });
    expect(manifest.keywords).toContain('mechane-plugin');
    expect(Object.keys(manifest.exports)).toEqual(['.', './conformance', './package.json']);
    expect(manifest.scripts.verify).toBe(`npm run build && mechane verify ${id}`);
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

  test('imports only files that it has', () => {
    for (const [path, written] of files) {
      for (const [, imported = ''] of written.matchAll(/ from '(\.[^']*)'/g)) {
        const { pathname } = new URL(imported, `file:///${path}`);
        // The version is written when the package is built.
        if (pathname !== '/src/version.ts') expect([...files.keys()], path).toContain(pathname.slice(1));
      }
    }
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

describe('a mechanism is named after its id', () => {
  test.each([
    ['auction-sealed/third-highest', 'third-highest', 'thirdHighest'],
    ['acme/house.swap_2', 'house-swap-2', 'houseSwap2'],
    ['swap/2nd-price', '2nd-price', 'mechanism2ndPrice'],
    ['swap/new', 'new', 'newMechanism'],
    ['swap/index', 'index-mechanism', 'index'],
    ['swap/price.d', 'price-d', 'priceD'],
  ])('%s', (id, file, constant) => {
    expect(mechanismName(id, [])).toEqual({ id, file, constant });
  });

  test('and its constant hides no name of the template', () => {
    for (const name of ['amount', 'plugin', 'subject', 'winner', 'z']) {
      expect(writeMechanism('direct', 'single-item', `swap/${name}`).constant).toBe(`${name}Mechanism`);
    }
    expect(writeMechanism('direct', 'single-item', 'swap/auction').constant).toBe('auction');
    expect(writeMechanism('direct', 'xor-bids', 'swap/vcg').constant).toBe('vcg');
  });

  test('which the prose of the template keeps', () => {
    const rule = writeMechanism('direct', 'single-peaked', 'walks/shortest').files.get('src/shortest.ts') ?? '';
    expect(rule).toContain('export const shortest: Mechanism<');
    expect(rule).toContain('The median voter');
    expect(rule).toContain('at the lower median of where agents want it');
  });
});
