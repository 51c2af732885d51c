import { codedErrorOf, formatReport, type LawVerdict } from '@mechane/conformance';
import { agentColumn } from '@mechane/core';
import { describe, expect, test } from 'vitest';

const found = { law: 'efficient', claim: true, method: 'search', examined: 3, reason: 'why' } as const;
const lineOf = (verdict: Partial<LawVerdict>): string => {
  const laws = [{ ...found, verdict: 'holds', ...verdict } as LawVerdict];
  return formatReport({ mechanism: 'a/b', seed: 7, kit: '1.2.3', laws });
};

describe('a report to be read says of a law', () => {
  test.each<[string, Partial<LawVerdict>, string]>([
    ['that holds, on how much', { verdict: 'holds' }, '  ✓ efficient  holds: 3 cases (why)'],
    [
      'that holds nearly, how nearly',
      { claim: { approximately: 0.5 } },
      '  ✓ efficient  holds up to 0.5: 3 cases (why)',
    ],
    ['that was looked at in one case, just that', { examined: 1 }, '  ✓ efficient  holds: 1 case (why)'],
    [
      'that does not hold as claimed, why',
      { verdict: 'witnessed', claim: false },
      '  ✓ efficient  does not hold, as claimed: why',
    ],
    [
      'that is refuted, how to see it',
      { verdict: 'refuted', replay: 'go' },
      '  ✗ efficient  REFUTED: why\n      see it: go',
    ],
    ['whose rule forgets itself, that', { verdict: 'nondeterministic' }, '  ✗ efficient  NONDETERMINISTIC: why'],
    ['whose rule does not end, that', { verdict: 'does-not-end' }, '  ✗ efficient  DOES NOT END: why'],
    ['that nobody could decide, why', { verdict: 'undecided' }, '  ? efficient  undecided: why'],
    ['that nothing could break, why', { verdict: 'vacuous' }, '  ? efficient  vacuous: why'],
    ['of which nothing is claimed, only its name', { verdict: 'unclaimed' }, '  · unclaimed: efficient'],
  ])('%s', (_, verdict, line) => {
    expect(lineOf(verdict)).toBe(`a/b (seed 7, kit 1.2.3)\n${line}`);
  });

  test('that says nothing about the mechanism, nothing, or only its name where nothing is claimed', () => {
    expect(lineOf({ verdict: 'not-applicable' })).toBe('a/b (seed 7, kit 1.2.3)');
    expect(lineOf({ verdict: 'not-applicable', claim: null })).toBe(
      'a/b (seed 7, kit 1.2.3)\n  · not applicable: efficient',
    );
  });
});

describe('the coded error of a call', () => {
  test('is what it throws', () => {
    expect(codedErrorOf(() => agentColumn(['ann', 'ann']))).toMatchObject({ code: 'duplicate-agent' });
  });

  test('is not another error, nor none', () => {
    expect(() =>
      codedErrorOf(() => {
        throw new TypeError('no code');
      }),
    ).toThrow(TypeError);
    expect(() => codedErrorOf(() => 1)).toThrow('threw nothing');
  });
});
