import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { examplesIn } from '../documented-examples.mjs';
import { begin, end } from '../properties/claims-block.mjs';
import { badgePath, pagePath } from '../properties/generated-files.mjs';
import { overviewPath, withEveryPage } from '../properties/overview.mjs';
import { unwritten } from '../properties/unwritten.mjs';
import { pagesIn } from '../properties/update.mjs';
import { root } from '../root.mjs';

interface Claim {
  law: string;
  holds: boolean | { approximately: number };
  domain?: string;
  mode?: string;
}

interface Mechanism {
  id: string;
  summary: string;
  claims(settings: unknown): Claim[];
}

const packages = Object.keys(contentOf('package.json').devDependencies).filter((name) => {
  const folder = name.replace('@mechane/', 'packages/');
  return name.startsWith('@mechane/') && contentOf(`${folder}/package.json`).keywords?.includes('mechane-plugin');
});
const core = '@mechane/core/host';
const { isPlugin, readSettings } = await import(core);

/** Every mechanism that a plugin of the repository registers, with the settings at which its package has it examined. */
const mechanisms = (await Promise.all(packages.map(registeredBy))).flat();

async function registeredBy(owner: string) {
  const plugins = Object.values(await import(owner)).filter((exported) => isPlugin(exported));
  const { subjects } = await import(`${owner}/conformance`);
  const registered = plugins.flatMap((plugin) => (plugin as { mechanisms: Mechanism[] }).mechanisms);
  return registered.map((mechanism) => ({
    id: mechanism.id,
    owner,
    mechanism,
    settings: subjects
      .filter((subject: { mechanism: Mechanism }) => subject.mechanism.id === mechanism.id)
      .flatMap((subject: { settings?: unknown[] }) => subject.settings ?? [{}]) as unknown[],
  }));
}

function contentOf(path: string) {
  return JSON.parse(readFileSync(join(root, path), 'utf8'));
}

const pages = pagesIn(root);
const pageOf = (id: string): string => pages.get(pagePath(id)) ?? '';

test('every mechanism has a page, and every page a mechanism', () => {
  expect(mechanisms.length).toBeGreaterThan(40);
  expect([...pages.keys()].sort()).toEqual(mechanisms.map(({ id }) => pagePath(id)).sort());
});

test('the overview names every mechanism once, as its page says', () => {
  const overview = readFileSync(join(root, overviewPath), 'utf8');
  const named = [...overview.matchAll(/\]\(([a-z-]+\/[a-z-]+)\.md\)/g)].map(([, id]) => id);
  expect(named.sort()).toEqual(mechanisms.map(({ id }) => id).sort());
  expect(withEveryPage(overview, pages)).toEqual({ text: overview, problems: [] });
});

describe.each(mechanisms)('the page of $id', ({ id, owner, mechanism, settings }) => {
  const page = pageOf(id);
  const block = page.slice(page.indexOf(begin) + begin.length, page.indexOf(end));

  test('says whose it is, and what its reader wants', () => {
    const [, front = ''] = page.split('---\n');
    expect(front.split('\n').slice(1, 3)).toEqual([`id: ${id}`, `package: '${owner}'`]);
    expect(front).toMatch(/^title: \S.*\n.*\n.*\nchapter: \S.*\nwant: \S.*\n$/);
  });

  test('is written to its end', () => {
    expect(page).not.toContain(unwritten);
  });

  test('has one heading, a sentence, and the sections in order', () => {
    const prose = page.replaceAll(/^```[\s\S]*?^```$/gm, '');
    expect(prose.match(/^# .+\n\n[A-Z].+/gm)).toHaveLength(1);
    expect([...prose.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading)).toEqual([
      'The rule',
      'The mathematics',
      'The source',
      'An example',
      'What is verified',
      'When to use it',
    ]);
    const sections = page.split(/^## .+$/m).slice(1);
    expect(sections.filter((section) => section.trim().length < 40)).toEqual([]);
    expect(sections[1]).toContain('$$');
  });

  test('cites the paper that the mechanism names in its summary', () => {
    const source = page.slice(page.indexOf('## The source'), page.indexOf('## An example'));
    const [, authors = '', year = ''] = mechanism.summary.match(/\(.*?([A-Z][^()]*?) (\d{4})\)/) ?? [];
    const [author = ''] = authors.split(/,| and /);
    expect(source).toContain(author.split(' ').at(-1));
    expect(source).toContain(year);
  });

  test('shows it at work, from its own package', () => {
    const examples = examplesIn(page).map(({ code }) => code);
    expect(examples.length).toBeGreaterThan(0);
    expect(examples.filter((code) => !(code.includes(`from '${owner}'`) && code.includes('// => ')))).toEqual([]);
    expect(examples.some((code) => code.includes(`'${id}'`))).toBe(true);
    for (const [, scenario = '{}'] of page.matchAll(/^```json \[scenario\.json\]\n([\s\S]*?)^```$/gm)) {
      expect(JSON.parse(scenario).mechanism).toBe(id);
    }
  });

  test('lists the claims that it makes, and no other', () => {
    const rows = block.split('\n').filter((line) => /^\| `/.test(line));
    const listed = rows.map((row) => {
      const [, law = '', mode = '', claim = ''] = row.match(/^\| `([^`]+)`(?: \(([^)]+)\))? \| ([^|]+) \|/) ?? [];
      const [, domain = ''] = claim.match(/ for `([^`]+)`/) ?? [];
      return `${law} ${mode}: ${claim.match(/^(does not hold|holds up to \S+|holds for a share of \S+|holds)/)?.[0]} ${domain}`;
    });
    const made = settings
      .flatMap((given) => mechanism.claims(readSettings(mechanism, given).settings))
      .map(({ law, holds, domain = '', mode = '' }) => `${law} ${mode}: ${inWords(law, holds)} ${domain}`);
    expect([...new Set(listed)].sort()).toEqual([...new Set(made)].sort());
  });

  test('shows its badge, which is there', () => {
    const [, text = '', path = ''] = block.match(/!\[verified: (.+)\]\((.+)\)/) ?? [];
    const file = join(root, dirname(pagePath(id)), path);
    expect(file).toBe(join(root, badgePath(id)));
    expect(readFileSync(file, 'utf8')).toContain(`<title id="title">${id}: verified, ${text}</title>`);
  });

  test('links only to pages that are there', () => {
    const linked = [...page.matchAll(/\]\(([^)#]+?)(?:#[^)]*)?\)/g)].map(([, path = '']) => path);
    const missing = linked.filter((path) => !existsSync(join(root, dirname(pagePath(id)), path)));
    expect(missing).toEqual([]);
  });
});

function inWords(law: string, holds: Claim['holds']): string {
  if (holds === true) return 'holds';
  if (holds === false) return 'does not hold';
  const bound = Number(holds.approximately.toPrecision(4));
  return law === 'efficient' ? `holds for a share of ${bound}` : `holds up to ${bound}`;
}
