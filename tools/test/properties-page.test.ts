import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { badge } from '../properties/badge.mjs';
import { begin, claimsBlock, end, withBlock } from '../properties/claims-block.mjs';
import { declaredClaims } from '../properties/declared-claims.mjs';
import { confirmed, findingsOf } from '../properties/findings.mjs';
import { generatedFiles } from '../properties/generated-files.mjs';
import { overviewPath } from '../properties/overview.mjs';
import { together, withTables, wordFor } from '../properties/package-tables.mjs';
import { updateFrom } from '../properties/update.mjs';
import { propertiesPage, rowsOf } from '../properties-page.mjs';
import { plant } from './tree.ts';

interface Stated {
  holds?: boolean | { approximately: number };
  verdict?: 'holds' | 'witnessed' | 'refuted' | 'undecided';
  method?: string;
  examined?: number;
  reason?: string;
  domain?: string;
  because?: string;
  at?: unknown[];
  mode?: string;
}

const finding = (law: string, told: Stated = {}) => {
  const {
    holds = true,
    verdict = 'holds',
    method = 'exhaustive',
    examined = 10,
    reason = 'every profile',
    ...rest
  } = told;
  return { law, holds, verdict, method, examined, reasons: [reason], because: 'a paper', places: [], ...rest };
};
const examined = (mechanism: string, claims: ReturnType<typeof finding>[]) => ({
  mechanism,
  claims,
  unclaimed: ['budget-balanced'],
  pointless: [] as { law: string; reason: string }[],
  structure: { kept: 12, of: 12, examined: 1000 },
});
const lawVerdict = (law: string, claim: unknown, verdict: string, cases = 10, reason = 'every profile') => ({
  law,
  claim,
  verdict,
  method: 'exhaustive',
  examined: cases,
  reason,
});

describe('the matrix', () => {
  test('has a row for every mechanism, a column for every law that one of them claims', () => {
    const page = propertiesPage([
      examined('b/second', [finding('core', { method: 'search' })]),
      examined('b/first', [
        finding('strategy-proof', { holds: false, verdict: 'witnessed', examined: 1 }),
        finding('core'),
      ]),
      examined('a/only', [
        finding('efficient', { holds: { approximately: 0.5 } }),
        finding('core', { verdict: 'refuted' }),
        finding('bayesian', { method: 'statistical' }),
        finding('anonymous', { verdict: 'undecided', examined: 0 }),
      ]),
    ]);
    const [, tables = ''] = page.split(/^(?=## a)/m);
    expect(tables.split('\n').filter((line) => line.startsWith('|') || line.startsWith('##'))).toEqual([
      '## a',
      '| | claims confirmed | cases | anonymous | bayesian | core | efficient |',
      '|---|---|---|---|---|---|---|',
      '| [`only`](mechanisms/a/only.md) | 2 of 4 | 1,030 | ? | on average | FALSE | nearly |',
      '## b',
      '| | claims confirmed | cases | core | strategy-proof |',
      '|---|---|---|---|---|',
      '| [`first`](mechanisms/b/first.md) | 2 of 2 | 1,011 | **yes** | no |',
      '| [`second`](mechanisms/b/second.md) | 1 of 1 | 1,010 | yes |  |',
    ]);
  });

  test('puts different answers for different agents side by side, equal ones once', () => {
    const claims = [finding('core'), finding('core', { holds: false, verdict: 'witnessed' }), finding('core')];
    expect(propertiesPage([examined('a/one', claims)])).toContain('| **yes**, no |');
  });

  test('tells a law that does not apply from one of which nothing is claimed, and what is meant in the interim', () => {
    const silent = {
      ...examined('a/one', [finding('individually-rational', { mode: 'interim', method: 'statistical' })]),
      pointless: [{ law: 'shill-proof', reason: 'outcomes have no payments' }],
    };
    const page = propertiesPage([silent, examined('a/two', [finding('core')])]);
    expect(page).toContain('| | claims confirmed | cases | core | individually-rational | shill-proof |');
    expect(page).toContain('| 1 of 1 | 1,010 |  | on average (interim) | – |');
    expect(page).toContain('| 1 of 1 | 1,010 | **yes** |  |  |');
    expect(propertiesPage([], rowsOf(page))).toBe(page);
  });

  test('keeps the rows of what was examined before, and makes room for new laws', () => {
    const [one, two] = [
      examined('a/one', [finding('core'), finding('efficient', { method: 'search' })]),
      examined('a/two', [finding('anonymous')]),
    ];
    const before = propertiesPage([one, examined('a/two', [finding('core')])]);
    expect(propertiesPage([two], rowsOf(before))).toBe(propertiesPage([one, two]));
  });
});

describe('declared claims', () => {
  test('that mean a law in two ways are two', () => {
    const both = [claim, { ...claim, mode: 'interim' }];
    const declared = declaredClaims([subject(() => both, [{}])], readSettings);
    expect(declared.map(({ mode, places }) => [mode, places[0]?.position])).toEqual([
      [undefined, 0],
      ['interim', 1],
    ]);
  });

  const claim = { law: 'core', holds: true, because: 'a paper' };
  const readSettings = (_: unknown, settings: unknown) => ({ settings });
  const subject = (claims: (settings: unknown) => (typeof claim & Stated)[], settings: unknown[], name = 'items') => ({
    mechanism: { id: 'a/one', claims },
    domain: { name },
    settings,
  });

  test('that say the same at all settings are one, wherever the kit looks at them', () => {
    const [declared, ...others] = declaredClaims(
      [subject(() => [claim], [{}, { k: 1 }]), subject(() => [claim], [{}])],
      readSettings,
    );
    expect(others).toEqual([]);
    expect(declared?.at).toBeUndefined();
    expect(declared?.places).toEqual([
      { subject: 0, position: 0 },
      { subject: 1, position: 0 },
    ]);
  });

  test('that differ with the settings say at which they are made', () => {
    const claims = (settings: unknown) => [{ ...claim, holds: JSON.stringify(settings) === '{}' }];
    const declared = declaredClaims([subject(claims, [{}, { k: 1 }])], readSettings);
    expect(declared.map(({ holds, at, places }) => [holds, at, places])).toEqual([
      [true, [{}], [{ subject: 0, position: 0 }]],
      [false, [{ k: 1 }], [{ subject: 0, position: 1 }]],
    ]);
  });

  test('for other types than a subject has are looked for elsewhere', () => {
    const claims = () => [{ ...claim, domain: 'pairs' }];
    const declared = declaredClaims([subject(claims, [{}]), subject(claims, [{}], 'pairs')], readSettings);
    expect(declared.map(({ places }) => places)).toEqual([[{ subject: 1, position: 0 }]]);
  });
});

describe('findings', () => {
  const declared = { law: 'core', holds: true, because: 'a paper', places: [place(0), place(1)] };
  function place(subject: number) {
    return { subject, position: 0 };
  }
  const report = (verdict: string, cases: number, reason: string) => ({
    mechanism: 'a/one',
    laws: [
      lawVerdict('efficient', null, 'unclaimed', 0),
      lawVerdict('core', true, verdict, cases, reason),
      lawVerdict('structural/ends', true, 'holds', 5),
    ],
  });

  test('add up over subjects', () => {
    const found = findingsOf('a/one', [declared], [report('holds', 10, 'this'), report('holds', 20, 'that')]);
    expect(found.claims[0]).toMatchObject({ verdict: 'holds', examined: 30, reasons: ['this', 'that'] });
    expect(found.unclaimed).toEqual(['efficient']);
    expect(found.structure).toEqual({ kept: 1, of: 1, examined: 10 });
  });

  test('tell laws that do not apply on any subject, and why', () => {
    const silent = { ...lawVerdict('shill-proof', null, 'not-applicable', 0, 'no payments') };
    const [one, two] = [report('holds', 10, 'this'), report('holds', 20, 'that')];
    const found = findingsOf(
      'a/one',
      [declared],
      [
        { ...one, laws: [...one.laws, silent] },
        { ...two, laws: [...two.laws, silent] },
      ],
    );
    expect(found.pointless).toEqual([{ law: 'shill-proof', reason: 'no payments' }]);
    expect(found.unclaimed).toEqual(['efficient']);
    const some = findingsOf(
      'a/one',
      [declared],
      [
        { ...one, laws: [...one.laws, silent] },
        { ...two, laws: [...two.laws, lawVerdict('shill-proof', null, 'unclaimed', 0)] },
      ],
    );
    expect(some.pointless).toEqual([]);
    expect(some.unclaimed).toEqual(['efficient', 'shill-proof']);
  });

  test.each(['refuted', 'undecided'] as const)('are %s where one subject says so', (verdict) => {
    const found = findingsOf('a/one', [declared], [report('holds', 10, 'this'), report(verdict, 3, 'that')]);
    expect(found.claims[0]).toMatchObject({ verdict, reasons: ['that'] });
    expect(confirmed(found)).toBe(0);
  });

  test('are undecided where no subject has the types', () => {
    const found = findingsOf('a/one', [{ ...declared, places: [] }], [report('holds', 10, 'this')]);
    expect(found.claims[0]).toMatchObject({ verdict: 'undecided', examined: 0 });
  });

  test('refuse reports about something else', () => {
    const other = { ...declared, holds: false };
    expect(() => findingsOf('a/one', [other], [report('holds', 1, ''), report('holds', 1, '')])).toThrow(
      'Fix: npm test',
    );
  });
});

describe('the block of a page', () => {
  const claims = [
    finding('core', { domain: 'pairs', at: [{ k: 1, breakTie: 'lot' }], reason: 'a | b' }),
    finding('efficient', { holds: { approximately: 1 / Math.SQRT2 } }),
    finding('group-strategy-proof', {
      holds: false,
      verdict: 'witnessed',
      examined: 1,
      reason: 'ann gains 0.49999999931, not 2.5',
    }),
    finding('strategy-proof', { verdict: 'refuted', reason: 'ann gains 1' }),
    finding('bayesian', { method: 'statistical', at: [{}] }),
  ];
  const block = claimsBlock(examined('a/one', claims), 'one.svg');

  test('says of each claim what was found in how many cases', () => {
    expect(block.split('\n').filter((line) => line.startsWith('| `'))).toEqual([
      '| `core` | holds for `pairs` at `{"k":1}` | no counterexample in 10 cases: a \\| b | a paper |',
      '| `efficient` | holds for a share of 0.7071 | no counterexample in 10 cases: every profile | a paper |',
      '| `group-strategy-proof` | does not hold | shown: ann gains 0.5, not 2.5 | a paper |',
      '| `strategy-proof` | holds | REFUTED: ann gains 1 | a paper |',
      '| `bayesian` | holds at the defaults | estimated from 10 cases: every profile | a paper |',
    ]);
    expect(block).toContain('![verified: 4 of 5 claims](one.svg)');
    expect(block).toContain('Nothing is claimed about `budget-balanced`.');
    expect(block).toContain('all 12 laws of structure that bind it, in 1,000 cases');
    expect(block).toContain('1,041 cases in all');
  });

  test('says why laws do not apply, those for one reason together', () => {
    const pointless = [
      { law: 'shill-proof', reason: 'outcomes have no payments' },
      { law: 'participation', reason: 'it is another law' },
      { law: 'credible', reason: 'outcomes have no payments' },
    ];
    const told = claimsBlock({ ...examined('a/one', []), pointless }, 'one.svg');
    expect(told).toContain(
      '`shill-proof` and `credible` do not apply: outcomes have no payments.\n`participation` does not apply: it is another law.\n\n',
    );
  });

  test('names the mode in which a law is meant', () => {
    const interim = finding('individually-rational', { mode: 'interim' });
    expect(claimsBlock(examined('a/one', [interim]), 'one.svg')).toContain(
      '| `individually-rational` (interim) | holds |',
    );
  });

  test('goes between the markers, again and again', () => {
    const page = `before\n${begin}\nold\n${end}\nafter`;
    const once = withBlock(page, 'new');
    expect(once).toBe(`before\n${begin}\n\nnew\n\n${end}\nafter`);
    expect(withBlock(once ?? '', 'new')).toBe(once);
  });

  test.each([
    ['no markers', 'text'],
    ['no end', begin],
    ['two places', `${begin}${end}${begin}${end}`],
    ['the end first', `${end}${begin}`],
  ])('is refused by a page with %s', (_, page) => {
    expect(withBlock(page, 'new')).toBeUndefined();
  });
});

describe('a badge', () => {
  const green = badge(
    examined('a/one', [finding('core'), finding('no-deficit', { holds: false, verdict: 'witnessed' })]),
  );

  test('has a title that says it all', () => {
    expect(green).toContain('<title id="title">a/one: verified, 2 of 2 claims</title>');
    expect(green).toMatch(/^<svg .*role="img" aria-labelledby="title">/);
    expect(badge(examined('a/one', [finding('core')]))).toContain('1 of 1 claim<');
  });

  test('has another colour where something is open, and another where something is false', () => {
    const colourOf = (svg: string) => svg.match(/x="\d+" width="\d+" height="20" fill="(#\w+)"/)?.[1];
    const open = badge(examined('a/one', [finding('core', { verdict: 'undecided' })]));
    const wrong = badge(examined('a/one', [finding('core', { verdict: 'refuted' })]));
    expect(new Set([green, open, wrong].map(colourOf)).size).toBe(3);
  });
});

const told = (...ids: string[]) => [
  ...ids.map((id) => ({ id, summary: 'The rule (Paper 1961)', claims: [[{ law: 'core', holds: true, because: '' }]] })),
];
const overview = '## Items\n\n| you want | take |\n|---|---|\n| gone | [Gone](a/gone.md) |\n';
const front = (want: string) => `---\ntitle: Title\nchapter: Items\nwant: ${want}\n---\n`;

test('a mechanism without a page, a page without a mechanism, without markers or without a chapter is found', () => {
  const found = [examined('a/one', [finding('core')]), examined('a/two', [finding('core')])];
  const pages = new Map([
    ['docs/mechanisms/a/two.md', `${front('two')}text`],
    ['docs/mechanisms/a/three.md', `${begin}${end}`],
  ]);
  const readmes = new Map([['a', 'no table']]);
  const written = { properties: '', overview, pages, readmes };
  const { files, problems } = generatedFiles(found, new Map([['a', told('a/one', 'a/two')]]), written);
  expect(problems.map((problem) => problem.split('. Fix')[0])).toEqual([
    'a/one has no page',
    'docs/mechanisms/a/two.md has no place for its claims',
    'docs/mechanisms/a/three.md is about no mechanism there is',
    'docs/mechanisms/a/three.md does not say what its reader wants',
    'packages/a/README.md has no place for its tables',
  ]);
  expect([...files.keys()]).toEqual([
    'docs/properties.md',
    'docs/badges/a/one.svg',
    'docs/badges/a/two.svg',
    overviewPath,
  ]);
});

describe('an update', () => {
  const found = [examined('a/one', [finding('core')])];
  const all = new Map([['a', told('a/one', 'a/two')]]);
  const planted = () =>
    plant({
      [overviewPath]: overview,
      'docs/mechanisms/a/one.md': `${front('one')}text\n${begin}\n${end}\n`,
      'docs/mechanisms/a/two.md': `${front('two')}text\n${begin}\n${end}\n`,
      'docs/badges/a/gone.svg': 'an old badge',
      'docs/badges/a/two.svg': 'a badge of before',
      'packages/a/README.md':
        '| mechanism | rule |\n|---|---|\n| `two` | by hand |\n\n| claims | core |\n|---|---|\n\nend\n',
    });

  test('writes everything that follows, after which nothing is stale', () => {
    const folder = planted();
    const textOf = (path: string) => readFileSync(join(folder, path), 'utf8');
    expect(updateFrom(found, all, { check: false, folder })).toEqual([]);
    expect(updateFrom(found, all, { check: true, folder })).toEqual([]);
    expect(textOf('docs/mechanisms/a/one.md')).toContain('| `core` | holds |');
    expect(existsSync(join(folder, 'docs/badges/a/gone.svg'))).toBe(false);
    expect(textOf('docs/badges/a/two.svg')).toBe('a badge of before');
    expect(textOf(overviewPath)).toContain('|---|---|\n| one | [Title](a/one.md) |\n| two | [Title](a/two.md) |\n');
    expect(textOf('packages/a/README.md')).toBe(
      '| mechanism | rule |\n|---|---|\n| `two` | by hand |\n| `one` | the rule |\n\n' +
        '| claims | in the core |\n|---|---|\n| `one` | yes |\n| `two` | yes |\n\nend\n',
    );
  });

  test('tells nothing where a page is not written to its end', () => {
    const folder = planted();
    const page = join(folder, 'docs/mechanisms/a/one.md');
    writeFileSync(page, readFileSync(page, 'utf8').replace('text', 'TODO'));
    const wrong = ['docs/mechanisms/a/one.md says TODO. Fix: write what is missing'];
    expect(updateFrom(found, all, { check: false, folder })).toEqual(wrong);
    expect(readFileSync(page, 'utf8')).toContain('| `core` | holds |');
    expect(readFileSync(join(folder, overviewPath), 'utf8')).not.toContain('one');
    expect(readFileSync(join(folder, 'packages/a/README.md'), 'utf8')).not.toContain('`one`');
  });

  test('that only checks says what is stale, and changes nothing', () => {
    const folder = planted();
    expect(updateFrom(found, all, { check: true, folder }).map((problem) => problem.split('. Fix')[0])).toEqual([
      'docs/properties.md does not say what the kit finds',
      'docs/badges/a/one.svg does not say what the kit finds',
      'docs/mechanisms/a/one.md does not say what the kit finds',
      `${overviewPath} does not say what the kit finds`,
      'packages/a/README.md does not say what the kit finds',
      'docs/badges/a/gone.svg is about no mechanism there is',
    ]);
    expect(readFileSync(join(folder, 'docs/badges/a/gone.svg'), 'utf8')).toBe('an old badge');
  });

  test('says which claim is refuted, even where nothing is stale', () => {
    const folder = planted();
    const refuted = [examined('a/one', [finding('core', { verdict: 'refuted', reason: 'ann would do better' })])];
    const wrong = ['a/one does not keep what it claims about core: ann would do better'];
    expect(updateFrom(refuted, all, { check: false, folder })).toEqual(wrong);
    expect(updateFrom(refuted, all, { check: true, folder })).toEqual(wrong);
  });
});

describe('the tables of a README', () => {
  const because = 'a test';
  const tables = '| mechanism | rule | source | claims |\n|---|---|---|---|\n\n| claims |\n|---|\n';

  test('tell of a mechanism what it says of itself, where nobody has', () => {
    const claims = [
      { law: 'strategy-proof', holds: true, because },
      { law: 'efficient', holds: false, because },
      { law: 'core', holds: { approximately: 1 }, because },
    ];
    const mechanism = { id: 'a/one', summary: 'The highest bid wins (Vickrey 1961)', claims: [claims] };
    const written = withTables(tables, [mechanism]) ?? '';
    expect(written).toContain(
      '| `one` | the highest bid wins | Vickrey 1961 | strategy-proof, nearly in the core; not efficient |\n',
    );
    expect(withTables(written, [mechanism])).toBe(written);
    expect(withTables(written.replace('the highest', 'by hand, the highest'), [mechanism])).toContain('by hand');
  });

  test('never say more than the weakest of several settings', () => {
    expect(together(['yes', 'yes'])).toBe('yes');
    expect(together(['yes', 'nearly'])).toBe('nearly');
    expect(together(['yes', 'no'])).toBe('partly');
    expect(together(['yes', '–'])).toBe('partly');
    expect(together(['no', '–'])).toBe('no');
    expect(together([])).toBe('–');
  });

  test('call partly what is claimed for some types only', () => {
    expect(wordFor([{ law: 'core', holds: true, domain: 'single-minded', because }], 'core')).toBe('partly');
    expect(wordFor([{ law: 'core', holds: { approximately: 1 }, because }], 'core')).toBe('nearly');
    expect(wordFor([{ law: 'core', holds: false, because }], 'core')).toBe('no');
    expect(wordFor([], 'core')).toBe('–');
  });
});
