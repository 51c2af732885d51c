import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { type Subject, singleItem, verify } from '@mechane/conformance';
import type { Claim, Mechanism, Plugin } from '@mechane/core';
import { isPlugin } from '@mechane/core/host';
import { afterAll, describe, expect, test } from 'vitest';
import { examplesIn } from '../documented-examples.mjs';
import { root } from '../root.mjs';

const packages = readdirSync(join(root, 'packages')).sort();
const readmeOf = (room: string): string => readFileSync(join(root, 'packages', room, 'README.md'), 'utf8');
const manifestOf = (room: string): { name: string; keywords?: string[] } =>
  JSON.parse(readFileSync(join(root, 'packages', room, 'package.json'), 'utf8'));
const plugins = packages.filter((room) => manifestOf(room).keywords?.includes('mechane-plugin'));

/** Packages whose users type commands. */
const commands = ['cli', 'create-mechanism'];

/** The laws in the table of claims, and how its head calls them. */
const columns: readonly (readonly [law: string, head: string])[] = [
  ['strategy-proof', 'strategy-proof'],
  ['individually-rational', 'individually rational'],
  ['no-deficit', 'no deficit'],
  ['budget-balanced', 'budget-balanced'],
  ['efficient', 'efficient'],
  ['pareto-efficient', 'Pareto efficient'],
  ['core', 'in the core'],
  ['envy-free', 'envy-free'],
];

type Word = 'yes' | 'nearly' | 'partly' | 'no' | '–';

/** What a mechanism says of a law under one setting. */
function wordFor(claims: readonly Claim[], law: string): Word {
  const own = claims.filter((claim) => claim.law === law);
  const words = own.map(({ holds, domain }): Word => {
    if (holds === false) return 'no';
    if (domain !== undefined) return 'partly';
    return holds === true ? 'yes' : 'nearly';
  });
  return together(words);
}

/** One word for several settings, never better than the worst of them. */
function together(words: readonly Word[]): Word {
  const [first = '–', ...others] = new Set(words);
  if (others.length === 0) return first;
  const said = new Set([first, ...others]);
  if ([...said].every((word) => word === 'yes' || word === 'nearly')) return 'nearly';
  return [...said].every((word) => word === 'no' || word === '–') ? 'no' : 'partly';
}

/** The table of claims that a README has to have: a row a mechanism, a column for each law of which something is claimed. */
function claimsTable(mechanisms: readonly Mechanism[], subjects: readonly Subject[]): string {
  const rows = mechanisms.map((mechanism) => {
    const claims = subjects
      .filter((subject) => subject.mechanism.id === mechanism.id)
      .flatMap(({ settings = [{}] }) => settings.map((given) => mechanism.claims(parsed(mechanism, given))));
    return { id: mechanism.id, words: columns.map(([law]) => together(claims.map((some) => wordFor(some, law)))) };
  });
  const used = columns.map((_, at) => rows.some(({ words }) => words[at] !== '–'));
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const kept = <Cell>(cells: readonly Cell[]): Cell[] => cells.filter((_, at) => used[at]);
  return [
    line(['claims', ...kept(columns.map(([, head]) => head))]),
    `|${'---|'.repeat(1 + kept(columns).length)}`,
    ...rows.map(({ id, words }) => line([`\`${id.split('/')[1]}\``, ...kept(words)])),
  ].join('\n');
}

function parsed(mechanism: Mechanism, given: unknown): unknown {
  const { breakTie: _, ...own } = given as Record<string, unknown>;
  return mechanism.settings.parse(own);
}

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
    expect(text).toMatch(commands.includes(room) ? /Runs in Node 20\.19 or later\./ : /about \d+ kB gzipped/);
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
  const { name } = manifestOf(room);
  const entry: Readonly<Record<string, unknown>> = await import(name);
  const { subjects } = (await import(`${name}/conformance`)) as { subjects: readonly Subject[] };
  const [plugin] = Object.values(entry).filter(isPlugin) as Plugin[];
  const [table] = /^\| claims \|.*\n(\|.*\n)*/m.exec(readmeOf(room)) ?? [];
  expect(table?.trim()).toBe(claimsTable(plugin?.mechanisms ?? [], subjects));
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

// The worked path of CONTRIBUTING.md, walked: its test and its mechanism are put where they would stand, beside the real sources.
const cache = join(root, '.cache');
mkdirSync(cache, { recursive: true });
const walked = mkdtempSync(join(cache, 'contributing-'));
afterAll(() => rmSync(walked, { recursive: true, force: true }));
const [publishedCase, ownMechanism] = examplesIn(readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8'));
const source = join(walked, 'mechanism.ts');
const beside = join(root, 'packages/auction-sealed/src');
writeFileSync(source, (ownMechanism?.code ?? '').replaceAll("from './", `from '${beside}/`));
writeFileSync(
  join(walked, 'published-case.ts'),
  (publishedCase?.code ?? '').replace("'../src/third-highest.ts'", `'${source}'`),
);

describe('the mechanism of CONTRIBUTING.md', async () => {
  await import(join(walked, 'published-case.ts'));
  const { thirdHighest } = (await import(source)) as { thirdHighest: Mechanism };
  const examined = (mechanism: Mechanism) =>
    ({ mechanism, domain: singleItem(), settings: [{}, { reserve: 3 }] }) as object as Subject;

  test('keeps what it claims', async () => {
    const { laws } = await verify(examined(thirdHighest), { runs: 60 });
    expect(laws.filter(({ verdict }) => verdict === 'refuted' || verdict === 'undecided')).toEqual([]);
    expect(laws.filter(({ claim }) => claim === false).map(({ law, verdict }) => [law, verdict])).toEqual([
      ['strategy-proof', 'witnessed'],
    ]);
  });

  test('is refused when it claims more', async () => {
    const boast = { law: 'strategy-proof', holds: true, because: 'a boast' } as const;
    const { laws } = await verify(examined({ ...thirdHighest, claims: () => [boast] }), { laws: ['strategy-proof'] });
    expect(laws[0]?.verdict).toBe('refuted');
  });
});

describe('the table of claims', () => {
  test('never says more than the weakest of several settings', () => {
    expect(together(['yes', 'yes'])).toBe('yes');
    expect(together(['yes', 'nearly'])).toBe('nearly');
    expect(together(['yes', 'no'])).toBe('partly');
    expect(together(['yes', '–'])).toBe('partly');
    expect(together(['no', '–'])).toBe('no');
    expect(together([])).toBe('–');
  });

  test('calls partly what is claimed for some types only', () => {
    const because = 'a test';
    expect(wordFor([{ law: 'core', holds: true, domain: 'single-minded', because }], 'core')).toBe('partly');
    expect(wordFor([{ law: 'core', holds: { approximately: 1 }, because }], 'core')).toBe('nearly');
    expect(wordFor([{ law: 'core', holds: false, because }], 'core')).toBe('no');
    expect(wordFor([], 'core')).toBe('–');
  });
});
