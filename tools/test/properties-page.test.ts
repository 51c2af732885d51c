import { expect, test } from 'vitest';
import { propertiesPage } from '../properties-page.mjs';

const law = (name: string, verdict: string, method = 'exhaustive', claim: unknown = true) => ({
  law: name,
  claim,
  verdict,
  method,
});

test('a row for every mechanism, a column for every law that one of them claims', () => {
  const page = propertiesPage([
    {
      mechanism: 'b/second',
      laws: [law('core', 'holds', 'search'), law('structural/ends', 'holds'), law('efficient', 'unclaimed')],
    },
    { mechanism: 'b/first', laws: [law('strategy-proof', 'witnessed', 'search', false), law('core', 'holds')] },
    {
      mechanism: 'a/only',
      laws: [law('efficient', 'holds', 'search', { approximately: 0.5 }), law('core', 'refuted')],
    },
  ]);
  expect(page.split('\n').filter((line) => line.startsWith('|') || line.startsWith('##'))).toEqual([
    '## a',
    '| | core | efficient |',
    '|---|---|---|',
    '| `only` | FALSE | yes within a bound |',
    '## b',
    '| | core | strategy-proof |',
    '|---|---|---|',
    '| `first` | **yes** | no |',
    '| `second` | yes |  |',
  ]);
});

test('different answers for different agents stand side by side, equal ones once', () => {
  const page = propertiesPage([
    { mechanism: 'a/one', laws: [law('strategy-proof', 'holds'), law('strategy-proof', 'undecided')] },
    { mechanism: 'a/one', laws: [law('strategy-proof', 'witnessed'), law('strategy-proof', 'holds')] },
  ]);
  expect(page).toContain('| `one` | **yes**, no |');
});
