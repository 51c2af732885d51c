import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Subject, singleItem, subject, verify } from '@mechane/conformance';
import type { Mechanism } from '@mechane/core';
import { afterAll, describe, expect, test } from 'vitest';
import { changed, changesIn } from '../documented-changes.mjs';
import { newMechanism, type Templates } from '../mechanism/new-mechanism.mjs';
import { root } from '../root.mjs';

/*
 * The path of CONTRIBUTING.md, walked: what `npm run mechanism` writes, with the changes that the document shows, is put beside the real sources
 * and examined.
 */
const creating = join(root, 'packages/create-mechanism/src');
const templates: Templates = {
  ...(await import(join(creating, 'choices.ts'))),
  ...(await import(join(creating, 'template-files.ts'))),
};
// Under another name, as whoever tries the document has the mechanism already.
const id = 'auction-sealed/third-walked';
const { files, byHand } = newMechanism(root, id, {}, templates);
const contributing = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8');
const [testChanges = '', ruleChanges = ''] = changesIn(contributing);

const cache = join(root, '.cache');
mkdirSync(cache, { recursive: true });
const walked = mkdtempSync(join(cache, 'contributing-'));
afterAll(() => rmSync(walked, { recursive: true, force: true }));
const rule = join(walked, 'rule.ts');
writeFileSync(rule, changed(textOf('packages/auction-sealed/src/third-walked.ts'), ruleChanges));
writeFileSync(
  join(walked, 'index.ts'),
  `import { definePlugin } from '@mechane/core';
import { thirdWalked } from './rule.ts';
export const sealedAuctions = definePlugin({ name: 'walked', version: '0.0.0', mechanisms: [thirdWalked] });
`,
);
writeFileSync(
  join(walked, 'published-case.ts'),
  changed(textOf('packages/auction-sealed/test/third-walked.test.ts'), testChanges).replace('../src/', './'),
);

function textOf(path: string): string {
  return files.get(path) ?? '';
}

describe('the mechanism of CONTRIBUTING.md', async () => {
  await import(join(walked, 'published-case.ts'));
  const { thirdWalked } = (await import(rule)) as { thirdWalked: Mechanism };
  const examined = (mechanism: Mechanism): Subject => ({ ...subject({ mechanism, domain: singleItem() as never }) });

  test('keeps what it claims', async () => {
    const { laws } = await verify(examined(thirdWalked), { runs: 60 });
    expect(laws.filter(({ verdict }) => verdict === 'refuted' || verdict === 'undecided')).toEqual([]);
    expect(laws.filter(({ claim }) => claim === false).map(({ law, verdict }) => [law, verdict])).toEqual([
      ['strategy-proof', 'witnessed'],
      ['budget-balanced', 'witnessed'],
    ]);
  });

  test('is refused when it claims more', async () => {
    const boast = { law: 'strategy-proof', holds: true, because: 'a boast' } as const;
    const { laws } = await verify(examined({ ...thirdWalked, claims: () => [boast] }), { laws: ['strategy-proof'] });
    expect(laws[0]?.verdict).toBe('refuted');
  });
});

describe('npm run mechanism', () => {
  test('leaves three files to a human, which CONTRIBUTING.md names', () => {
    expect(byHand).toEqual([
      `docs/mechanisms/${id}.md`,
      'packages/auction-sealed/src/third-walked.ts',
      'packages/auction-sealed/test/third-walked.test.ts',
    ]);
    const named = byHand.map((path) => path.replace('third-walked', 'third-highest'));
    expect(named.filter((path) => !contributing.includes(path))).toEqual([]);
  });

  test('puts the mechanism into its chapter of the API page', () => {
    const rule = textOf('packages/auction-sealed/src/third-walked.ts');
    expect(rule).toMatch(/^ \* @category Mechanisms\n \*\/\nexport const thirdWalked: /m);
  });

  test('registers the mechanism and has it examined', () => {
    const index = textOf('packages/auction-sealed/src/index.ts');
    expect(index.match(/\bthirdWalked\b/g)).toHaveLength(4);
    expect(textOf('packages/auction-sealed/src/conformance.ts')).toContain(
      'subject({ mechanism: thirdWalked, domain: singleItem() })',
    );
    expect(textOf('.changeset/auction-sealed-third-walked.md')).toBe(
      `---\n'@mechane/auction-sealed': minor\n---\n\nA new mechanism, \`${id}\`.\n`,
    );
  });

  test('makes an example of the published case', () => {
    const page = textOf(`docs/mechanisms/${id}.md`);
    expect(page).toContain("const { outcome } = mechane.run('auction-sealed/third-walked', { reports });");
    expect(page).toContain('outcome.payments; // => { ann: 0, bob: 12, cat: 0 }');
    expect(page).toContain('Vickrey, “Counterspeculation, auctions, and competitive sealed tenders”');
  });

  test.each([
    'adaptive',
    'auction-combinatorial',
    'auction-dutch',
    'auction-english',
    'game-theory',
    'market',
    'matching',
    'public-choice',
  ])('knows where the lines stand in %s', (room) => {
    for (const kind of templates.kinds) {
      for (const domain of templates.domains) {
        const written = newMechanism(root, `${room}/quite-new`, { kind, domain }, templates).files;
        expect(written.get(`packages/${room}/src/index.ts`)?.match(/\bquiteNew\b/g)).toHaveLength(4);
        expect(written.get(`packages/${room}/src/conformance.ts`)).toContain('mechanism: quiteNew');
        expect(written.get(`docs/mechanisms/${room}/quite-new.md`)).toMatch(/^import .*\n[\s\S]* \/\/ => /m);
      }
    }
  });

  test.each([
    ['third-highest', 'third-highest is no id'],
    ['', 'nothing is no id'],
    ['auction-sealed/2nd', 'auction-sealed/2nd is no id'],
    ['auction-sealed/../x', 'auction-sealed/../x is no id'],
    ['nowhere/third-highest', 'there is no package of mechanisms nowhere'],
    ['core/third-highest', 'there is no package of mechanisms core'],
    ['auction-sealed/second-price', 'packages/auction-sealed/src/second-price.ts is there already'],
  ])('refuses %j', (refused, problem) => {
    expect(() => newMechanism(root, refused, {}, templates)).toThrow(problem);
  });

  test('refuses a kind or a domain for which there is no template', () => {
    expect(() => newMechanism(root, id, { kind: 'odd' }, templates)).toThrow('--kind odd is not known');
    expect(() => newMechanism(root, id, { domain: 'odd' }, templates)).toThrow('--domain odd is not known');
  });
});
