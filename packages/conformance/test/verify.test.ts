import {
  type ConformanceReport,
  type Progress,
  type Subject,
  singleItem,
  singlePeaked,
  verify,
} from '@mechane/conformance';
import type { Claim, LawName, Mechanism } from '@mechane/core';
import { describe, expect, test, vi } from 'vitest';
import * as choices from './mechanisms/choices.ts';
import { claiming, claimingThat, holds } from './mechanisms/claiming.ts';
import * as odd from './mechanisms/ill-formed.ts';
import { auction, firstPrice, secondBest, secondPrice } from './mechanisms/single-item-auctions.ts';

// Whole examinations, perhaps on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const one = singleItem();

async function verdictOn(
  mechanism: Mechanism,
  law: LawName,
  settings?: readonly unknown[],
): Promise<ConformanceReport['laws'][number]> {
  const report = await verify({ mechanism, domain: one, ...(settings ? { settings } : {}) }, { laws: [law] });
  return report.laws[0] as ConformanceReport['laws'][number];
}

const shading: Claim = {
  law: 'strategy-proof',
  holds: false,
  because: 'bidders shade',
  witness: { reports: { ann: { bid: 10 }, bob: { bid: 6 } }, deviation: { ann: { bid: 7 } } },
};

describe('a claim that a law does not hold', () => {
  test('is witnessed when its witness breaks the law', async () => {
    const verdict = await verdictOn(claiming(firstPrice, shading), 'strategy-proof');
    expect(verdict).toMatchObject({ claim: false, verdict: 'witnessed', examined: 1 });
    expect(verdict.counterexample).toMatchObject({
      agent: 'ann',
      report: { bid: 7 },
      truthful: { utility: 0 },
      deviating: { utility: 3 },
    });
    expect(verdict.reason).toBe(
      'ann, worth 10, gains 3 by bidding 7 instead of 10 while bob bids 6: its utility is 3 rather than 0',
    );
  });

  test('is refuted when its witness does not', async () => {
    const verdict = await verdictOn(claiming(secondPrice, shading), 'strategy-proof');
    expect(verdict.verdict).toBe('refuted');
    expect(verdict.reason).toContain('the witness does not break it');
  });

  test('is refuted without a witness', async () => {
    const { witness: _, ...bare } = shading;
    expect((await verdictOn(claiming(firstPrice, bare), 'strategy-proof')).verdict).toBe('refuted');
  });

  test('is refuted when the witness cannot be played', async () => {
    const unplayable = { ...shading, witness: { reports: { ann: { bid: 'much' } }, deviation: { ann: { bid: 7 } } } };
    expect((await verdictOn(claiming(firstPrice, unplayable), 'strategy-proof')).verdict).toBe('refuted');
  });

  test('may have a witness with settings of its own', async () => {
    const reserve: Claim = {
      law: 'efficient',
      holds: false,
      because: 'the item may stay',
      witness: { settings: { reserve: 5 }, reports: { ann: { bid: 4 } } },
    };
    const verdict = await verdictOn(claiming(secondPrice, reserve), 'efficient');
    expect(verdict).toMatchObject({ verdict: 'witnessed', counterexample: { settings: { reserve: 5 } } });
    expect(verdict.reason).toBe('when ann bids 4, the outcome is worth 0 to them together, and 4 was possible');
  });

  test.each<[LawName, Mechanism, Claim['witness']]>([
    [
      'bayesian-incentive-compatible',
      firstPrice,
      { reports: { ann: { bid: 50 }, bob: { bid: 0 } }, deviation: { ann: { bid: 25 } } },
    ],
    [
      'obviously-strategy-proof',
      secondPrice,
      { reports: { ann: { bid: 5 }, bob: { bid: 6 } }, deviation: { ann: { bid: 3 }, bob: { bid: 0 } } },
    ],
    [
      'group-strategy-proof',
      secondPrice,
      { reports: { ann: { bid: 9 }, bob: { bid: 6 } }, deviation: { bob: { bid: 0 }, ann: { bid: 9 } } },
    ],
    [
      'revenue-monotone',
      auction('fewer-is-more', { price: (bidders) => (bidders.length > 1 ? 0 : 3) }),
      { reports: { ann: { bid: 9 }, bob: { bid: 6 } }, deviation: { bob: null } },
    ],
    ['structural/order-independent', odd.firstComeFirstServed, { reports: { ann: { bid: 2 }, bob: { bid: 2 } } }],
  ])('can be witnessed for %s', async (law, mechanism, witness) => {
    const claim = { law, holds: false, because: 'see there', ...(witness ? { witness } : {}) };
    expect(await verdictOn(claiming(mechanism, claim), law)).toMatchObject({ law, claim: false, verdict: 'witnessed' });
    const silent = { ...claim, witness: { reports: {} } };
    expect(await verdictOn(claiming(mechanism, silent), law)).toMatchObject({ verdict: 'refuted' });
  });

  test('has no witness that could show a live run or a schema', async () => {
    for (const law of ['structural/bad-agents', 'structural/replay', 'structural/bad-input-refused'] as const) {
      const claim: Claim = { law, holds: false, because: 'who knows', witness: { reports: { ann: { bid: 1 } } } };
      expect((await verdictOn(claiming(secondPrice, claim), law)).verdict).toBe('refuted');
    }
  });
});

describe('a claim that a law holds up to a number', () => {
  const upTo = (law: LawName, approximately: number): Claim => ({
    law,
    holds: { approximately },
    because: 'it is close',
  });

  test('allows that much and no more', { tags: ['long'] }, async () => {
    const fee = auction('small-fee', { losersPay: () => 0.5 });
    expect((await verdictOn(claiming(fee, upTo('individually-rational', 0.5)), 'individually-rational')).verdict).toBe(
      'holds',
    );
    expect((await verdictOn(claiming(fee, upTo('individually-rational', 0.4)), 'individually-rational')).verdict).toBe(
      'refuted',
    );
  });

  test('means a share of the optimum for efficiency', { tags: ['long'] }, async () => {
    expect((await verdictOn(claiming(secondBest, upTo('efficient', 0.5)), 'efficient')).verdict).toBe('holds');
    const lowest = auction('lowest', { winner: (bidders) => bidders.at(-1)?.agent });
    expect((await verdictOn(claiming(lowest, upTo('efficient', 0.5)), 'efficient')).verdict).toBe('refuted');
  });
});

test('what is not claimed is unclaimed, and nothing was examined', async () => {
  expect(await verdictOn(secondPrice, 'strategy-proof')).toEqual({
    law: 'strategy-proof',
    claim: null,
    verdict: 'unclaimed',
    method: 'search',
    examined: 0,
  });
});

test('a claim for other types is undecided, and says so', { tags: ['long'] }, async () => {
  const verdict = await verdictOn(claiming(secondPrice, holds('strategy-proof', 'multi-unit')), 'strategy-proof');
  expect(verdict).toMatchObject({ verdict: 'undecided', examined: 0 });
  expect(verdict.reason).toContain('multi-unit');
  expect(
    (await verdictOn(claiming(secondPrice, holds('strategy-proof', 'single-item')), 'strategy-proof')).verdict,
  ).toBe('holds');
});

test('a law the kit does not know is undecided', async () => {
  expect(await verdictOn(claimingThat(secondPrice, 'acme/fair'), 'acme/fair')).toMatchObject({ verdict: 'undecided' });
});

test.each<[LawName, Mechanism, RegExp]>([
  ['strategy-proof', odd.wordy, /cannot read/],
  ['efficient', odd.wordy, /cannot read/],
  ['no-deficit', choices.median, /payments/],
  ['anonymous', odd.byLot, /lots/],
])('%s is undecided where the mechanism does not say what is needed', async (law, mechanism, reason) => {
  const domain = mechanism === choices.median ? singlePeaked() : one;
  const { laws } = await verify({ mechanism: claimingThat(mechanism, law), domain } as Subject, { laws: [law] });
  expect(laws[0]).toMatchObject({ verdict: 'undecided' });
  expect(laws[0]?.reason).toMatch(reason);
});

test.each<LawName>(['efficient', 'pareto-efficient', 'core'])(
  '%s is undecided where the domain does not know',
  async (law) => {
    const { grid, types } = one;
    const subject: Subject = { mechanism: claimingThat(secondPrice, law), domain: { name: 'bare', grid, types } };
    const { laws } = await verify(subject, { laws: [law] });
    expect(laws[0]).toMatchObject({ verdict: 'undecided' });
    expect(laws[0]?.reason).toContain('bare');
  },
);

test('a mechanism that never has an outcome is undecided in every law but those of structure', {
  tags: ['long'],
}, async () => {
  const broken = auction('broken', {
    winner: () => {
      throw new Error('out of order');
    },
  });
  const { laws } = await verify({ mechanism: claimingThat(broken, 'individually-rational'), domain: one });
  const verdicts = new Map(laws.map(({ law, verdict }) => [law, verdict]));
  expect(verdicts.get('individually-rational')).toBe('undecided');
  expect(verdicts.get('structural/answers')).toBe('refuted');
});

test('claims may depend on the settings: each is examined where it is made', async () => {
  const mechanism: Mechanism = {
    ...secondPrice,
    claims: (settings) =>
      (settings as { reserve: number }).reserve === 0
        ? [holds('efficient')]
        : [
            {
              law: 'efficient',
              holds: false,
              because: 'the item may stay',
              witness: { settings: { reserve: 2 }, reports: { ann: { bid: 1 } } },
            },
          ],
  };
  const { laws } = await verify({ mechanism, domain: one, settings: [{}, { reserve: 2 }] }, { laws: ['efficient'] });
  expect(laws).toMatchObject([
    { claim: true, verdict: 'holds' },
    { claim: false, verdict: 'witnessed' },
  ]);
});

test('what is proved on the grid says so, and a sum of settings is counted together', { tags: ['long'] }, async () => {
  const alone = await verdictOn(claimingThat(secondPrice, 'no-deficit'), 'no-deficit');
  expect(alone).toMatchObject({ method: 'exhaustive' });
  expect(alone.reason).toMatch(
    /^every profile of 1, 2 and 3 agents over 6 types and [\d,]+ random profiles, and some under \d+ others$/,
  );
  const twice = await verdictOn(claimingThat(secondPrice, 'no-deficit'), 'no-deficit', [{}, { reserve: 1 }]);
  expect(twice.reason).toContain('under each of 2 settings');
});

test('a grid that is too large to go through is searched', async () => {
  const wide = singleItem({ grid: Array.from({ length: 400 }, (_, value) => value) });
  const { laws } = await verify(
    { mechanism: claimingThat(secondPrice, 'no-deficit'), domain: wide },
    { laws: ['no-deficit'], runs: 50 },
  );
  expect(laws[0]).toMatchObject({ verdict: 'holds', method: 'search' });
});

test('a domain without a grid is searched', async () => {
  const domain = { ...one, grid: () => [] };
  const { laws } = await verify(
    { mechanism: claimingThat(firstPrice, 'strategy-proof'), domain },
    { laws: ['strategy-proof'] },
  );
  expect(laws[0]).toMatchObject({ verdict: 'refuted', method: 'search' });
});

test('the same seed gives the same report, another seed another search', async () => {
  const subject: Subject = {
    mechanism: claimingThat(
      auction('lumpy', { price: (bidders) => ((bidders[0]?.bid ?? 0) % 97 === 5 ? 0 : (bidders[1]?.bid ?? 0)) }),
      'strategy-proof',
    ),
    domain: one,
  };
  const report = (seed: number): Promise<ConformanceReport> => verify(subject, { seed, laws: ['strategy-proof'] });
  const [first, again, other] = [await report(5), await report(5), await report(6)];
  expect(first).toEqual(again);
  expect(first.seed).toBe(5);
  expect([first, other].map(({ laws }) => laws[0]?.verdict)).toEqual(['refuted', 'refuted']);
  expect(JSON.parse(JSON.stringify(first))).toEqual(first);
});

test('progress names the laws one by one', async () => {
  const seen: Progress[] = [];
  await verify(
    { mechanism: secondPrice, domain: one },
    { laws: ['strategy-proof', 'structural/answers'], onProgress: (step) => seen.push(step) },
  );
  expect(seen).toEqual([
    { mechanism: 'test/second-price', law: 'strategy-proof', claim: null, done: 0, total: 2 },
    { mechanism: 'test/second-price', law: 'structural/answers', claim: true, done: 1, total: 2 },
  ]);
});

test('an examination that is called off says what it has, and what it has not', async () => {
  const stop = new AbortController();
  const mechanism = claiming(secondPrice, holds('no-deficit'), holds('efficient'));
  const { laws } = await verify(
    { mechanism, domain: one },
    {
      laws: ['no-deficit', 'efficient'],
      signal: stop.signal,
      onProgress: ({ law }) => {
        if (law === 'efficient') stop.abort();
      },
    },
  );
  expect(laws).toMatchObject([
    { law: 'no-deficit', verdict: 'holds' },
    { law: 'efficient', verdict: 'undecided' },
  ]);
});

test('long examinations let timers run', { tags: ['long'] }, async () => {
  let ticks = 0;
  const timer = setInterval(() => {
    ticks += 1;
  }, 1);
  await verify(
    { mechanism: claiming(secondPrice, holds('strategy-proof'), holds('false-name-proof')), domain: one },
    { runs: 200 },
  );
  clearInterval(timer);
  expect(ticks).toBeGreaterThan(0);
});

test('an examination that is called off before it is known what is claimed does not say that nothing is', async () => {
  const { laws } = await verify(
    { mechanism: claimingThat(secondPrice, 'strategy-proof'), domain: one },
    { laws: ['strategy-proof'], signal: AbortSignal.abort() },
  );
  expect(laws).toMatchObject([{ law: 'strategy-proof', verdict: 'undecided' }]);
});
