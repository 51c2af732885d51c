import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { describe, expect, test } from 'vitest';
import { examplesIn } from '../documented-examples.mjs';
import { mechanismsOf } from '../properties/examine.mjs';
import { withTables } from '../properties/package-tables.mjs';
import { root } from '../root.mjs';

const readmeOf = (room: string): string => readFileSync(join(root, 'packages', room, 'README.md'), 'utf8');
const manifestOf = (room: string): { name: string; private?: boolean; keywords?: string[] } =>
  JSON.parse(readFileSync(join(root, 'packages', room, 'package.json'), 'utf8'));
const packages = readdirSync(join(root, 'packages'))
  .sort()
  .filter((room) => !manifestOf(room).private);
const plugins = packages.filter((room) => manifestOf(room).keywords?.includes('mechane-plugin'));

/** Packages whose users type commands. */
const commands = ['cli', 'create-mechanism', 'mechane'];

/** Packages that no browser loads. */
const onNode = [...commands, 'server', 'cluster'];

describe.each(packages)('the README of %s', (room) => {
  const { name } = manifestOf(room);
  const text = readmeOf(room);

  test('begins with the name of the package and says how to install it', () => {
    expect(text.startsWith(`# ${name}\n`)).toBe(true);
    const install = room === 'create-mechanism' ? /^npm create mechanism /m : /^npm install .*/m;
    expect(install.exec(text)?.[0]).toContain(room === 'create-mechanism' ? 'create mechanism' : name);
  });

  test('shows how to use it in about ten lines', () => {
    if (commands.includes(room)) {
      expect(text).toMatch(/^(\$ npx mechane |npm create mechanism )/m);
      return;
    }
    const [first] = examplesIn(text);
    expect(first?.code).toContain(`from '${name}'`);
    expect(first?.code.match(/\/\/ => /g)?.length).toBeGreaterThan(0);
    expect(first?.code.split('\n').filter((line) => line.trim() !== '').length).toBeLessThanOrEqual(13);
  });

  test('says how large it is', () => {
    expect(text).toMatch(onNode.includes(room) ? /Runs in Node 20\.19 or later\./ : /about [\d.]+ kB gzipped/);
  });

  test('links to what exists', () => {
    const inRepository = [
      ...text.matchAll(/\]\(https:\/\/github\.com\/mechane\/mechane\/(?:tree|blob)\/main\/([^)#]*)/g),
    ];
    const beside = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, file = '']) => `packages/${room}/${file}`);
    const targets = [...inRepository.map(([, path = '']) => path), ...beside];
    expect(targets).toContain(`packages/${room}/CHANGELOG.md`);
    expect(targets.filter((target) => !existsSync(join(root, target)))).toEqual([]);
  });
});

test.each(plugins)('the README of %s tells of every mechanism what it claims, and no more', async (room) => {
  expect(readmeOf(room)).toBe(withTables(readmeOf(room), await mechanismsOf(`@mechane/${room}`)));
});

/** The documents that GitHub shows, and what they link to inside the repository. */
const documents = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  '.github/PULL_REQUEST_TEMPLATE.md',
  'examples/README.md',
  'examples/course-allocation/README.md',
];

test.each(documents)('%s links to what exists', (document) => {
  const text = readFileSync(join(root, document), 'utf8');
  const targets = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, target = '']) =>
    posix.join(posix.dirname(document), target),
  );
  expect(targets.filter((target) => !existsSync(join(root, target)))).toEqual([]);
});

test('SECURITY.md names no address but that of private reports', () => {
  const text = readFileSync(join(root, 'SECURITY.md'), 'utf8');
  expect(text).not.toMatch(/[\w.]+@[\w-]+\.\w+/);
  expect(text).toContain('https://github.com/mechane/mechane/security/advisories/new');
});
