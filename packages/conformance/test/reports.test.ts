import { type ConformanceReport, formatReport, kitVersion, singleItem, verify } from '@mechane/conformance';
import { expect, test, vi } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import { claiming, holds } from './mechanisms/claiming.ts';
import { firstPrice } from './mechanisms/single-item-auctions.ts';

// Whole examinations, perhaps on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

test('the kit reports its own version', () => {
  expect(kitVersion).toBe(manifest.version);
});

test('a report is one line a law, and says more of what is refuted', () => {
  const report: ConformanceReport = {
    mechanism: 'acme/auction',
    seed: 7,
    kit: '1.2.3',
    laws: [
      {
        law: 'strategy-proof',
        claim: true,
        verdict: 'refuted',
        method: 'search',
        examined: 12,
        reason: 'ann gains 3',
        replay: 'mechane …',
      },
      {
        law: 'efficient',
        claim: { approximately: 0.5 },
        verdict: 'holds',
        method: 'exhaustive',
        examined: 1234,
        reason: 'everything',
      },
      { law: 'core', claim: false, verdict: 'witnessed', method: 'search', examined: 1, reason: 'they leave' },
      { law: 'anonymous', claim: true, verdict: 'undecided', method: 'search', examined: 0, reason: 'it draws lots' },
      { law: 'no-deficit', claim: true, verdict: 'holds', method: 'search', examined: 1, reason: 'luck' },
      { law: 'acme/odd', claim: true, verdict: 'refuted', method: 'search', examined: 1 },
      { law: 'envy-free', claim: null, verdict: 'unclaimed', method: 'search', examined: 0 },
      { law: 'individually-rational', claim: null, verdict: 'unclaimed', method: 'search', examined: 0 },
    ],
  };
  expect(formatReport(report).split('\n')).toEqual([
    'acme/auction (seed 7, kit 1.2.3)',
    '  ✗ strategy-proof  REFUTED: ann gains 3',
    '      see it: mechane …',
    '  ✓ efficient       holds up to 0.5: 1,234 cases (everything)',
    '  ✓ core            does not hold, as claimed: they leave',
    '  ? anonymous       undecided: it draws lots',
    '  ✓ no-deficit      holds: 1 case (luck)',
    '  ✗ acme/odd        REFUTED: ',
    '  · unclaimed: envy-free, individually-rational',
  ]);
  expect(formatReport({ ...report, laws: [] })).toBe('acme/auction (seed 7, kit 1.2.3)');
});

test('the JSON of a report has the keys of the public data format', { tags: ['long'] }, async () => {
  const mechanism = claiming(firstPrice, holds('strategy-proof'), holds('no-deficit'));
  const report = await verify({ mechanism, domain: singleItem() });
  expect(Object.keys(report)).toEqual(['mechanism', 'seed', 'kit', 'laws']);
  const known = ['law', 'claim', 'verdict', 'method', 'examined', 'counterexample', 'reason', 'replay'];
  for (const verdict of report.laws) expect(known).toEqual(expect.arrayContaining(Object.keys(verdict)));
  const refuted = report.laws.find(({ verdict }) => verdict === 'refuted');
  expect(Object.keys(refuted ?? {}).sort()).toEqual([...known].sort());
});
