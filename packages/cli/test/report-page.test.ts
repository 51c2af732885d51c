import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { LawVerdict } from '@mechane/conformance';
import { describe, expect, test } from 'vitest';
import { type Examined, reportPage } from '../src/report/report-page.ts';
import { mechane } from './command.ts';
import { project } from './project.ts';

const refuted: LawVerdict = {
  law: 'strategy-proof',
  claim: true,
  verdict: 'refuted',
  method: 'search',
  examined: 12,
  reason: 'ann, worth 1, gains 1 by bidding 0 instead of 1',
  replay: "printf '%s\\n' '{}' | mechane run --ndjson",
  counterexample: {
    settings: { reserve: 2 },
    types: { ann: { bid: 1 }, bob: { bid: 0 } },
    agent: 'ann',
    report: { bid: 0 },
    truthful: { utility: 0, outcome: { winner: 'ann' } },
    deviating: { utility: 1, outcome: { winner: 'bob' } },
  },
};

function examined(...laws: readonly LawVerdict[]): Examined {
  return {
    report: { mechanism: 'acme/rule', seed: 1, kit: '1.2.3', laws },
    summary: 'The highest bid wins',
    claims: [{ law: 'core', holds: true, because: 'Gillies 1959' }],
    command: 'mechane verify acme/rule',
  };
}

const explained = {
  law: 'strategy-proof',
  says: 'no agent gains by any misreport',
  means: 'Truth is best.',
  broken: 'A rule.',
  examined: 'menus',
  source: 'Gibbard 1973',
};
const options = { laws: [explained], seconds: 3.14, day: '2026-01-02' };

/** The text of a page, without its tags and style. */
function textOf(page: string): string {
  const [, body = ''] = page.split('<body>');
  return body.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');
}

describe('the report as a page', () => {
  test('tells in words what is refuted, before all else, with who says what and what comes of it', () => {
    const held: LawVerdict = { ...refuted, law: 'core', verdict: 'holds', examined: 1_234, reason: 'every profile' };
    const text = textOf(reportPage([examined(held, refuted)], options));
    for (const told of [
      '1 hold 1 refuted 0 vacuous 0 undecided',
      'examined by the kit of Mechane 1.2.3 on 2026-01-02, in 3.1 s',
      '✗ refuted : strategy-proof It says that no agent gains by any misreport. Truth is best. ann, worth 1, gains 1',
      'ann {&quot;bid&quot;:1} {&quot;bid&quot;:0}',
      'bob {&quot;bid&quot;:0} the same',
      'Settings: {&quot;reserve&quot;:2}',
      'When not, worth 1 to ann: {&quot;winner&quot;:&quot;bob&quot;}',
      'Gibbard 1973',
      '✓ holds 1,234 cases: every profile Gillies 1959',
    ]) {
      expect(text).toContain(told);
    }
    expect(text.indexOf('refuted : strategy-proof')).toBeLessThan(text.indexOf('✓ holds'));
  });

  test('tells of other kinds as well: who stays away, two outcomes of one run, a bound, and what is not claimed', () => {
    const twice: LawVerdict = {
      ...refuted,
      verdict: 'nondeterministic',
      counterexample: { settings: {}, types: { ann: 1 }, outcomes: [{ a: 1 }, { a: 2 }] },
    };
    const away: LawVerdict = {
      ...refuted,
      counterexample: { settings: {}, types: { ann: 1 }, agent: 'ann', deviation: { ann: null, eve: 2 }, truthful: {} },
    };
    const { replay: _, counterexample: __, ...bare } = refuted;
    const text = textOf(
      reportPage(
        [
          examined(twice, away),
          examined(
            { ...bare, verdict: 'vacuous', law: 'efficient' },
            { ...bare, verdict: 'holds', claim: { approximately: 2 }, law: 'no-deficit', examined: 1 },
            { ...bare, verdict: 'holds', law: 'individually-rational', mode: 'interim' },
            { ...bare, verdict: 'unclaimed', claim: null, law: 'anonymous' },
            { ...bare, verdict: 'not-applicable', claim: null, law: 'credible', reason: 'nobody pays' },
          ),
        ],
        options,
      ),
    );
    for (const told of [
      '2 mechanisms',
      '1 nondeterministic',
      'At first: {&quot;a&quot;:1} Then: {&quot;a&quot;:2}',
      'ann 1 stays away eve not there 2',
      'When all are truthful: no outcome',
      '? vacuous : efficient',
      '✓ holds up to 2 1 case:',
      'individually-rational (interim)',
      'Nothing is claimed of anonymous.',
      'credible does not apply: nobody pays.',
    ]) {
      expect(text).toContain(told);
    }
  });

  test('escapes whatever came from elsewhere, and takes nothing from anywhere', () => {
    const evil = "<script>alert(1)</script>\" onload='x' \u202e";
    const page = reportPage(
      [
        {
          report: {
            mechanism: evil,
            seed: 1,
            kit: evil,
            laws: [
              {
                ...refuted,
                law: `${evil}/law`,
                reason: evil,
                replay: evil,
                counterexample: {
                  settings: { [evil]: evil },
                  types: { [evil]: evil },
                  truthful: { outcome: { [evil]: 1 } },
                },
              },
              { ...refuted, law: 'core', verdict: 'holds', reason: evil },
            ],
          },
          summary: evil,
          claims: [{ law: 'core', holds: true, because: evil }],
          command: evil,
        },
      ],
      options,
    );
    expect(page).not.toMatch(/<script|onload='|\u202e/);
    expect(page).not.toMatch(/https?:|<link|<img|url\(|@import/);
  });

  test('is written by --html, beside what the terminal shows', async () => {
    const cwd = project(['liar', '@mechane/core', '@mechane/conformance']);
    const argv = ['verify', 'liar/first-price', '--law', 'strategy-proof', '--html', 'report.html'];
    const { exitCode, stdout } = await mechane(argv, { cwd });
    expect(exitCode).toBe(1);
    expect(stdout).toContain('REFUTED');
    const page = readFileSync(join(cwd, 'report.html'), 'utf8');
    expect(page).toMatch(/^<!doctype html>\n<html lang="en">/);
    expect(textOf(page)).toMatch(
      /0 hold 1 refuted .* refuted : strategy-proof It says that no agent gains by any misreport/,
    );
    const shown = await mechane([...argv, '--open'], { cwd, env: { BROWSER: 'true', PATH: process.env.PATH ?? '' } });
    expect(shown.stderr).toMatch(/^The report is shown from .*report\.html\n$/);
    expect(page).toMatch(/<figure><svg [^>]*role="img"/);
    const refused = await mechane([...argv.slice(0, -1), 'no/such/folder.html'], { cwd });
    expect(refused).toMatchObject({
      exitCode: 2,
      stderr: expect.stringMatching(/^error cannot-write: no\/such\/folder\.html/),
    });
  });

  test('is shown by --open alone, from a file of its own, with what breaks a law as a picture', async () => {
    const cwd = project(['liar', '@mechane/core', '@mechane/conformance']);
    const argv = ['verify', 'liar/first-price', '--law', 'strategy-proof', '--open'];
    const { exitCode, stderr } = await mechane(argv, { cwd, env: { BROWSER: join(cwd, 'no-browser') } });
    expect(exitCode).toBe(1);
    const [, file = ''] = /^The report is in (.*)$/m.exec(stderr) ?? [];
    const page = readFileSync(file, 'utf8');
    rmSync(file);
    expect(page).toMatch(/<figure><svg [^>]*aria-labelledby="broken-1-title/);
    expect(textOf(page)).toContain('refuted : strategy-proof');
  });
});
