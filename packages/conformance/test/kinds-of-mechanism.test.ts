import {
  type Domain,
  type LawVerdict,
  multiUnit,
  type Subject,
  singleItem,
  singlePeaked,
  subject,
  verify,
} from '@mechane/conformance';
import {
  amount,
  type Claim,
  count,
  directMechanism,
  type LawName,
  type Mechanism,
  perAgent,
  provide,
  token,
} from '@mechane/core';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import * as z from 'zod';
import { claiming, claimingThat, holds } from './mechanisms/claiming.ts';
import * as odd from './mechanisms/ill-formed.ts';
import * as driven from './mechanisms/message-driven.ts';
import { multiUnitVickrey } from './mechanisms/other-auctions.ts';
import * as item from './mechanisms/single-item-auctions.ts';

// Whole examinations, perhaps on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const valued = singleItem({ report: (value) => ({ value }), largest: 40 }) as Domain;

async function verdicts(examined: Subject, laws?: readonly LawName[]): Promise<ReadonlyMap<LawName, LawVerdict>> {
  const report = await verify(examined, laws ? { laws } : {});
  return new Map(report.laws.map((verdict) => [verdict.law, verdict]));
}

describe('a mechanism that takes messages', () => {
  const domain = singleItem({ report: (maxPrice) => ({ maxPrice }) }) as Domain;

  test('is examined by playing messages in order, and keeps the laws of structure that say something about it', {
    tags: ['long'],
  }, async () => {
    const mechanism = claiming(
      driven.honestKiosk,
      holds('no-deficit'),
      holds('obviously-strategy-proof'),
      holds('structural/ends'),
    );
    const found = await verdicts({ mechanism, domain });
    expect(found.get('no-deficit')).toMatchObject({ verdict: 'holds', method: 'exhaustive' });
    expect(found.get('obviously-strategy-proof')).toMatchObject({ verdict: 'undecided' });
    expect(found.get('structural/replay')).toMatchObject({ verdict: 'holds' });
    for (const silent of [
      'structural/order-independent',
      'structural/ends',
      'structural/bad-agents',
      'structural/bad-input-refused',
    ]) {
      expect(found.get(silent as LawName)?.verdict).toBe('not-applicable');
    }
    expect([...found.values()].filter(({ verdict }) => verdict === 'refuted')).toEqual([]);
  });

  test('is replayed from its messages, and told from one that is not', { tags: ['long'] }, async () => {
    const forgetful = await verdicts({ mechanism: driven.forgetfulKiosk, domain });
    expect(forgetful.get('structural/replay')).toMatchObject({ verdict: 'refuted' });
    const honest = await verdicts({ mechanism: claimingThat(driven.honestKiosk, 'budget-balanced'), domain });
    expect(honest.get('budget-balanced')?.replay).toContain('"messages":[["ann",{"maxPrice":');
  });
});

test('a mechanism that closes at the first message is examined like any other', { tags: ['long'] }, async () => {
  const claims = [holds('strategy-proof'), holds('obviously-strategy-proof'), holds('individually-rational')];
  const found = await verdicts({ mechanism: claiming(driven.firstToSpeak, ...claims), domain: valued });
  expect([...found.values()].filter(({ verdict }) => verdict === 'refuted' || verdict === 'undecided')).toEqual([]);
  expect(found.get('obviously-strategy-proof')).toMatchObject({ verdict: 'holds', method: 'exhaustive' });
});

test('reports may be plain numbers', { tags: ['long'] }, async () => {
  const mechanism: Mechanism = directMechanism({
    id: 'test/plain-mean',
    settings: z.strictObject({}),
    report: amount,
    decide: (reports) => ({
      location: [...reports.values()].reduce((sum, peak) => sum + peak, 0) / Math.max(1, reports.size),
    }),
    utility: (_agent, peak, { location }) => -Math.abs(peak - location),
    outsideOption: () => Number.NEGATIVE_INFINITY,
  }) as object as Mechanism;
  const domain = singlePeaked({ report: (peak) => peak }) as Domain;
  const found = await verdicts({
    mechanism: claiming(mechanism, holds('strategy-proof'), holds('allocation-monotone')),
    domain,
  });
  expect(found.get('strategy-proof')?.reason).toMatch(
    /^(ann|bob), worth 1, gains 0\.5 by bidding 2 instead of 1 while (ann|bob) bids 0/,
  );
  expect(
    [...found.values()].filter(({ law, verdict }) => law.startsWith('structural/') && verdict === 'refuted'),
  ).toEqual([]);
});

test('a mechanism that needs two agents is given no fewer', { tags: ['long'] }, async () => {
  const pair = { mechanism: odd.needsCompany, domain: singleItem(), participants: { min: 2, max: 2 } };
  const found = await verdicts(pair);
  expect(found.get('structural/few-participants')).toMatchObject({ verdict: 'not-applicable' });
  expect(found.get('structural/answers')).toMatchObject({ verdict: 'holds' });
  // With one of them silent, it has no company.
  expect(found.get('structural/bad-agents')).toMatchObject({ verdict: 'refuted' });
});

test('a mechanism for one agent is examined with one', { tags: ['long'] }, async () => {
  const alone = {
    mechanism: claiming(
      item.payYourBid,
      holds('bayesian-incentive-compatible'),
      holds('obviously-strategy-proof'),
      holds('efficient'),
    ),
    domain: singleItem(),
    participants: { max: 1 },
  };
  const found = await verdicts(alone);
  expect(found.get('bayesian-incentive-compatible')).toMatchObject({ verdict: 'refuted' });
  expect(found.get('bayesian-incentive-compatible')?.reason).not.toContain('drawn from the prior');
  expect(found.get('obviously-strategy-proof')?.counterexample?.types).toEqual({ ann: { bid: 1 } });
  expect(found.get('efficient')).toMatchObject({ verdict: 'holds', method: 'exhaustive' });
  expect(found.get('efficient')?.reason).toContain('every profile of 1 agent over 6 types');
});

test('services that a mechanism asks for come from the subject', { tags: ['long'] }, async () => {
  interface Rate {
    readonly fee: number;
  }
  const RateService = token<Rate>('test/rate');
  const mechanism: Mechanism = directMechanism({
    id: 'test/fee',
    settings: z.strictObject({}),
    report: z.strictObject({ bid: amount }),
    decide: (_reports, { service, participants }) => ({
      payments: perAgent(participants, () => service(RateService).fee),
    }),
  }) as object as Mechanism;
  const examined: Subject = { mechanism: claimingThat(mechanism, 'no-deficit'), domain: singleItem() };
  const paying = provide(RateService, () => ({ fee: -1 }));
  expect((await verdicts({ ...examined, providers: [paying] }, ['no-deficit'])).get('no-deficit')).toMatchObject({
    verdict: 'refuted',
    counterexample: { types: { ann: { bid: 0 } } },
  });
  expect((await verdicts(examined, ['structural/answers'])).get('structural/answers')?.reason).toContain('test/rate');
  let fee = Number.NaN;
  const loading = {
    ...provide(RateService, () => ({ fee })),
    prepare: async () => {
      fee = await Promise.resolve(1);
    },
  };
  expect((await verdicts({ ...examined, providers: [loading] }, ['no-deficit'])).get('no-deficit')).toMatchObject({
    verdict: 'holds',
  });
});

test.each<[string, Mechanism, RegExp]>([
  ['points nowhere', driven.pointsNowhere, /the error points at/],
  ['lets what it accepts spoil the outcome', driven.takesRoots, /roots\.0 is NaN/],
])('a mechanism that %s does not refuse bad input', async (_what, mechanism, reason) => {
  const found = await verdicts({ mechanism, domain: valued }, ['structural/bad-input-refused']);
  expect(found.get('structural/bad-input-refused')).toMatchObject({ verdict: 'refuted' });
  expect(found.get('structural/bad-input-refused')?.reason).toMatch(reason);
});

describe('staying away', () => {
  const wary: Claim = {
    law: 'strategy-proof',
    holds: false,
    because: 'there is a fee',
    witness: { reports: { ann: { bid: 0 }, bob: { bid: 1 } }, deviation: { ann: null } },
  };

  test('is a deviation like any other', async () => {
    const found = await verdicts({ mechanism: claiming(item.entryFee, wary), domain: singleItem() }, [
      'strategy-proof',
    ]);
    expect(found.get('strategy-proof')).toMatchObject({
      verdict: 'witnessed',
      counterexample: { deviation: { ann: null } },
    });
    expect(found.get('strategy-proof')?.reason).toBe(
      'ann, worth 0, gains 1 by staying away while bob bids 1: its utility is 0 rather than -1',
    );
  });
});

test('whole amounts are compared exactly, others up to a few units in the last place of the largest', {
  tags: ['long'],
}, async () => {
  const leaky = (leak: number): Mechanism =>
    claimingThat(item.auction('leaky', { losersPay: () => -leak, price: () => 0 }), 'no-deficit');
  const verdictFor = async (grid: readonly number[], leak: number): Promise<unknown> => {
    const domain: Domain = {
      name: 'fixed',
      grid: () => grid.map((bid) => ({ bid })),
      types: () => fc.constantFrom(...grid.map((bid) => ({ bid }))),
    };
    return (await verdicts({ mechanism: leaky(leak), domain }, ['no-deficit'])).get('no-deficit')?.verdict;
  };
  expect(await verdictFor([1, 2], 1)).toBe('refuted');
  expect(await verdictFor([1.5, 2.5], 2 ** -52)).toBe('holds');
  expect(await verdictFor([1.5, 2.5], 1e-12)).toBe('refuted');
  expect(await verdictFor([1.5e9, 2.5e9 + 0.5], 1e-6)).toBe('holds');
});

test('a law that a mechanism refuses all cases of is undecided', { tags: ['long'] }, async () => {
  const domain: Domain = { name: 'wordy', grid: () => [{ bid: 'much' }], types: () => fc.constant({ bid: 'more' }) };
  const mechanism = claiming(
    item.secondPrice,
    holds('efficient'),
    holds('bayesian-incentive-compatible'),
    holds('obviously-strategy-proof'),
  );
  const found = await verdicts({ mechanism, domain: { ...domain, bestWelfare: () => 0 } });
  for (const law of ['efficient', 'bayesian-incentive-compatible', 'obviously-strategy-proof'] as const) {
    expect(found.get(law)).toMatchObject({ verdict: 'undecided' });
  }
});

test('a law claimed not to hold is undecided where it cannot be told', async () => {
  const claim: Claim = {
    law: 'efficient',
    holds: false,
    because: 'who knows',
    witness: { reports: { ann: { bid: 1 } } },
  };
  const { grid, types } = singleItem();
  const found = await verdicts({ mechanism: claiming(item.firstPrice, claim), domain: { name: 'bare', grid, types } }, [
    'efficient',
  ]);
  expect(found.get('efficient')).toMatchObject({ verdict: 'undecided' });
});

describe('an obvious temptation', () => {
  test('is found among random types where the grid is too large or empty', async () => {
    for (const grid of [() => [], () => Array.from({ length: 50 }, (_, bid) => ({ bid }))]) {
      const mechanism = claimingThat(item.secondPrice, 'obviously-strategy-proof');
      const found = await verdicts({ mechanism, domain: { ...singleItem(), grid }, participants: { min: 2 } }, [
        'obviously-strategy-proof',
      ]);
      expect(found.get('obviously-strategy-proof')).toMatchObject({ verdict: 'refuted', method: 'search' });
    }
  });

  test('needs the agent to be unable to tell the two worlds apart', async () => {
    const claim: Claim = {
      law: 'obviously-strategy-proof',
      holds: false,
      because: 'it is not so',
      witness: {
        reports: { ann: { value: 1 }, bob: { value: 5 } },
        deviation: { ann: { value: 0 }, bob: { value: 0 } },
        agent: 'bob',
      },
    };
    const found = await verdicts({ mechanism: claiming(driven.firstToSpeak, claim), domain: valued }, [
      'obviously-strategy-proof',
    ]);
    expect(found.get('obviously-strategy-proof')).toMatchObject({ verdict: 'refuted', claim: false });
  });
});

test('more agents than have names of their own take part', { tags: ['long'] }, async () => {
  const crowd = {
    mechanism: claiming(item.secondPrice, holds('core'), holds('anonymous')),
    domain: singleItem(),
    participants: { min: 10, max: 10 },
    runs: 20,
  };
  const found = await verdicts(crowd);
  expect(found.get('anonymous')).toMatchObject({ verdict: 'holds', method: 'search' });
  expect(found.get('core')).toMatchObject({ verdict: 'undecided' });
  expect(found.get('structural/answers')).toMatchObject({ verdict: 'holds' });
});

test('who is named in the settings is renamed with them', { tags: ['long'] }, async () => {
  const handicap: Mechanism = directMechanism({
    id: 'test/handicap',
    settings: z.strictObject({ handicaps: z.record(z.string(), amount).default({}) }),
    report: z.strictObject({ bid: amount }),
    decide(reports, { settings, participants, tieOrder }) {
      const weight = (agent: string): number => (reports.get(agent)?.bid ?? 0) - (settings.handicaps[agent] ?? 0);
      const [winner = null] = [...participants].sort((a, b) => weight(b) - weight(a) || tieOrder(a, b));
      return { winner, payments: perAgent(participants, () => 0) };
    },
    value: (agent, type, { winner }) => (winner === agent ? type.bid : 0),
  }) as object as Mechanism;
  const settings = [{ handicaps: { bob: 2 } }];
  const found = await verdicts({ mechanism: claimingThat(handicap, 'anonymous'), domain: singleItem(), settings });
  expect(found.get('structural/order-independent')).toMatchObject({ verdict: 'holds' });
  expect(found.get('anonymous')).toMatchObject({ verdict: 'refuted' });
});

test('subject() lets the compiler check that domain and settings are the mechanism’s', () => {
  const units = directMechanism({
    id: 'test/units',
    settings: z.strictObject({ units: count }),
    report: z.strictObject({ bids: z.array(amount) }),
    decide: () => ({}),
  });
  expect(subject({ mechanism: units, domain: multiUnit(), settings: [{ units: 2 }] }).domain.name).toBe('multi-unit');
  // @ts-expect-error the mechanism has no such setting
  subject({ mechanism: units, domain: multiUnit(), settings: [{ unit: 2 }] });
  // @ts-expect-error the domain's reports are not the mechanism's
  subject({ mechanism: units, domain: singleItem(), settings: [{ units: 2 }] });
});

test('outcomes that give to strangers are infeasible in any domain', async () => {
  const { grid, types } = singleItem();
  const generous: Mechanism = directMechanism({
    id: 'test/generous',
    settings: z.strictObject({}),
    report: z.strictObject({ bid: amount }),
    decide: () => ({ allocation: { zoe: 1 } }),
  }) as object as Mechanism;
  const found = await verdicts({ mechanism: generous, domain: { name: 'bare', grid, types } }, ['structural/feasible']);
  expect(found.get('structural/feasible')?.reason).toContain('zoe, who does not take part');
});

test('lots are drawn in bad company, too, and the seed is told', async () => {
  const spoilt: Mechanism = directMechanism({
    id: 'test/spoilt',
    settings: z.strictObject({}),
    report: z.strictObject({ bid: amount }),
    decide: (reports, { random, participants }) => ({
      payments: perAgent(participants, () => (reports.size < participants.length ? Number.NaN : random.below(2))),
    }),
  }) as object as Mechanism;
  const found = await verdicts({ mechanism: claimingThat(spoilt, 'budget-balanced'), domain: singleItem() });
  expect(found.get('structural/bad-agents')).toMatchObject({
    verdict: 'refuted',
    counterexample: { seed: expect.any(Number) },
  });
  expect(found.get('budget-balanced')?.counterexample).toHaveProperty('seed');
});

test('multi-unit Vickrey keeps everything that is proved of it', { tags: ['long'] }, async () => {
  const laws: readonly LawName[] = [
    'ex-post-incentive-compatible',
    'individually-rational',
    'no-deficit',
    'pareto-efficient',
  ];
  const mechanism = claiming(multiUnitVickrey, ...laws.map((law) => holds(law)));
  const found = await verdicts({ mechanism, domain: multiUnit() as Domain, settings: [{ units: 2 }] }, laws);
  expect([...found.values()].map(({ verdict }) => verdict)).toEqual(['holds', 'holds', 'holds', 'holds']);
});
