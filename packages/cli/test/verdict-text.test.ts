import type { ConformanceReport, LawVerdict } from '@mechane/conformance';
import { describe, expect, test } from 'vitest';
import { summaryText } from '../src/report/verdict-summary.ts';
import { verdictText } from '../src/report/verdict-text.ts';
import { styleFor } from '../src/style.ts';
import { widthOf } from '../src/wrapped.ts';

const style = styleFor({}, {});

function report(...laws: readonly Partial<LawVerdict>[]): ConformanceReport {
  const base = { claim: true, verdict: 'holds', method: 'search', examined: 1 } as const;
  return {
    mechanism: 'acme/rule',
    seed: 7,
    kit: '1.2.3',
    laws: laws.map((law, index) => ({ law: `acme/law-${index}`, ...base, ...law })),
  };
}

function lines(examined: ConformanceReport, width: number = Number.POSITIVE_INFINITY): readonly string[] {
  return verdictText(examined, { width, style }).trimEnd().split('\n');
}

const widely = 'every profile of 2 agents over 6 types and 28 random profiles';
const manyLaws = report(
  {
    law: 'strategy-proof',
    verdict: 'refuted',
    reason: 'ann, worth 1, gains 1 by bidding 0 instead of 1 while bob bids 0',
    replay: 'mechane run',
  },
  { law: 'efficient', examined: 1_100, reason: widely },
  { law: 'core', examined: 90, reason: widely.replace('28', '1,400') },
  { law: 'envy-free', examined: 90, reason: 'another grid' },
  { law: 'no-deficit', claim: { approximately: 2 }, reason: widely },
  { law: 'anonymous', verdict: 'unclaimed', claim: null },
  { law: 'shill-proof', verdict: 'not-applicable', claim: null },
  { law: 'credible', verdict: 'not-applicable' },
);

describe('a report on a terminal', () => {
  test('has one line for laws that hold and agree on what was examined, and one for each of the others', () => {
    expect(lines(manyLaws)).toEqual([
      'acme/rule (seed 7, kit 1.2.3)',
      '  ✗ strategy-proof  REFUTED: ann, worth 1, gains 1 by bidding 0 instead of 1 while bob bids 0',
      '      see it: mechane run',
      '  ✓ efficient, core  hold: 90 to 1,100 cases (every profile of 2 agents over 6 types and random profiles)',
      '  ✓ envy-free       holds: 90 cases (another grid)',
      '  ✓ no-deficit      holds up to 2: 1 case (every profile of 2 agents over 6 types and 28 random profiles)',
      '  · unclaimed: anonymous',
      '  · not applicable: shill-proof',
    ]);
  });

  test('names the mode in which a law is claimed', () => {
    const examined = report(
      { law: 'individually-rational', claim: false, verdict: 'witnessed', reason: 'bob pays' },
      { law: 'individually-rational', mode: 'interim', reason: 'on average' },
      { law: 'no-deficit', reason: 'on average' },
    );
    expect(lines(examined).slice(1)).toEqual([
      '  ✓ individually-rational  does not hold, as claimed: bob pays',
      '  ✓ individually-rational (interim), no-deficit  hold: 1 cases (on average)',
    ]);
  });

  test('says once what shows that several laws do not hold, and of each that is refuted by itself', () => {
    const same = { reason: 'ann gains 3' };
    const examined = report(
      { ...same, law: 'core', verdict: 'witnessed' },
      { ...same, law: 'efficient', verdict: 'witnessed' },
      { ...same, law: 'envy-free', verdict: 'refuted' },
      { ...same, law: 'anonymous', verdict: 'refuted' },
      { law: 'no-deficit', verdict: 'vacuous', reason: 'nobody pays' },
    );
    expect(lines(examined).slice(1)).toEqual([
      '  ✓ core, efficient  do not hold, as claimed: ann gains 3',
      '  ✗ envy-free   REFUTED: ann gains 3',
      '  ✗ anonymous   REFUTED: ann gains 3',
      '  ? no-deficit  vacuous: nobody pays',
    ]);
  });

  test.each([30, 60, 80, 120])('of %i columns has no line that is longer, and no word is lost', (width) => {
    const wrapped = lines(manyLaws, width);
    for (const line of wrapped) expect(line.length).toBeLessThanOrEqual(width);
    const words = (text: readonly string[]): readonly string[] => text.join(' ').trim().split(/\s+/);
    expect(words(wrapped)).toEqual(words(lines(manyLaws)));
  });

  test('leaves a command out that would not fit, unless it is asked for, and never breaks it', () => {
    const examined = report({ verdict: 'refuted', reason: 'why', replay: `mechane run ${'x'.repeat(60)} y` });
    expect(lines(examined, 60)).toHaveLength(2);
    const whole = verdictText(examined, { width: 60, style, whole: true });
    expect(whole).toContain(`see it: mechane run ${'x'.repeat(60)} y\n`);
  });

  test('shows control characters of a mechanism as text', () => {
    expect(lines(report({ verdict: 'refuted', reason: '\u001b[2J' }))[1]).toContain('\\u001b[2J');
  });

  test('is not wrapped where there is no terminal', () => {
    expect(widthOf({ columns: 60 })).toBe(Number.POSITIVE_INFINITY);
    expect(widthOf({ isTTY: true })).toBe(Number.POSITIVE_INFINITY);
    expect(widthOf({ isTTY: true, columns: 80 })).toBe(80);
    expect(widthOf({ isTTY: true, columns: 3 })).toBe(30);
  });
});

describe('the summary', () => {
  const again = (mechanism: string, law: string): string => `mechane verify ${mechanism} --law ${law}`;
  const told = (reports: readonly ConformanceReport[], width = 80, seconds = 3.14): string =>
    summaryText(reports, { seconds, width, style, again });

  test('counts the verdicts, says how long it took, and how to see again what is broken', () => {
    expect(told([manyLaws])).toBe(
      '4 hold, 1 refuted, 0 vacuous, 0 undecided, 3.1 s\nsee it again:\n  mechane verify acme/rule --law strategy-proof\n\n',
    );
  });

  test('counts over several mechanisms, with the kinds that are rare only where they occur', () => {
    const rare = report({ verdict: 'witnessed' }, { verdict: 'nondeterministic' }, { verdict: 'does-not-end' });
    expect(told([manyLaws, rare], 200, 12.6).split('\n').slice(0, 5)).toEqual([
      '2 examined, 4 hold, 1 refuted, 0 vacuous, 0 undecided, 1 nondeterministic, 1 without an end, 1 known not to hold, 13 s',
      'see them again:',
      '  mechane verify acme/rule --law strategy-proof',
      '  mechane verify acme/rule --law acme/law-1',
      '  mechane verify acme/rule --law acme/law-2',
    ]);
  });

  test('wraps, and shows no more commands than anybody would type', () => {
    const broken = report(...Array.from({ length: 7 }, () => ({ verdict: 'refuted' }) as const));
    const all = told([broken, broken], 40).trimEnd().split('\n');
    expect(all.slice(0, 2)).toEqual(['2 examined, 0 hold, 14 refuted,', '0 vacuous, 0 undecided, 3.1 s']);
    expect(all.at(-1)).toBe('  … and 9 more');
  });
});
