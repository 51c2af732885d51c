import { execFileSync } from 'node:child_process';
import {
  type Domain,
  housing,
  type LawVerdict,
  type Subject,
  singleItem,
  singlePeaked,
  verify,
} from '@mechane/conformance';
import { createMechane, definePlugin, type LawName, type Mechanism } from '@mechane/core';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { shellQuoted } from '../src/words/replay.ts';
import * as choices from './mechanisms/choices.ts';
import { claimingThat } from './mechanisms/claiming.ts';
import * as odd from './mechanisms/ill-formed.ts';
import * as item from './mechanisms/single-item-auctions.ts';

// Whole examinations, perhaps on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const one = singleItem() as Domain;

async function refutation(law: LawName, mechanism: Mechanism, subject: Partial<Subject> = {}): Promise<LawVerdict> {
  const { laws } = await verify({ mechanism: claimingThat(mechanism, law), domain: one, ...subject }, { laws: [law] });
  expect(laws[0]).toMatchObject({ law, verdict: 'refuted' });
  return laws[0] as LawVerdict;
}

describe('a counterexample is as small as can be', () => {
  test('one agent and the smallest numbers, for first price', async () => {
    const { counterexample, reason } = await refutation('strategy-proof', item.firstPrice);
    expect(counterexample).toMatchObject({
      settings: {},
      types: { ann: { bid: 1 } },
      agent: 'ann',
      report: { bid: 0 },
    });
    expect(reason).toBe(
      'ann, worth 1, gains 1 by bidding 0 instead of 1 with nobody else there: its utility is 1 rather than 0',
    );
  });

  test('also when the search found it, far from the grid', { tags: ['long'] }, async () => {
    const { counterexample, method } = await refutation('strategy-proof', item.oneInAThousand);
    expect(method).toBe('search');
    expect(counterexample).toMatchObject({
      types: { ann: { bid: 1 }, bob: { bid: 1 } },
      agent: expect.stringMatching(/^(ann|bob)$/),
      report: { bid: 137 },
    });
  });

  test('with types that fast-check knows to shrink, where the grid has none', async () => {
    const odds = fc.integer({ min: 0, max: 500_000 }).map((half) => ({ bid: 2 * half + 1 }));
    const domain: Domain = { name: 'odd', grid: () => [], types: () => odds };
    const generous = item.auction('generous', { price: () => 0, losersPay: (bid) => (bid > 1_000 ? -1 : 0) });
    const { counterexample } = await refutation('no-deficit', generous, { domain });
    expect(counterexample?.types).toEqual({ ann: { bid: 1001 }, bob: { bid: 1001 } });
  });

  test('three agents where two do not show it', async () => {
    const { counterexample } = await refutation('strategy-proof', item.crowdedFirstPrice);
    const bids = Object.values(counterexample?.types ?? {}).map((type) => (type as { bid: number }).bid);
    expect(bids.sort()).toEqual([0, 0, 1]);
  });

  test('four agents where three do not show it', async () => {
    const { counterexample } = await refutation('structural/answers', odd.failsForFour);
    expect(counterexample?.types).toEqual({ ann: { bid: 0 }, bob: { bid: 0 }, cat: { bid: 0 }, dan: { bid: 0 } });
  });

  test('the first settings that show it', async () => {
    const settings = [{}, { reserve: 3 }, { reserve: 5 }];
    const { counterexample } = await refutation('strategy-proof', item.reserveIgnoredInPayment, { settings });
    expect(counterexample).toMatchObject({ settings: { reserve: 3 }, types: { ann: { bid: 1 } }, report: { bid: 3 } });
  });

  test('no fewer agents than the subject allows', async () => {
    const { counterexample } = await refutation('strategy-proof', item.firstPrice, {
      participants: { min: 3, max: 4 },
    });
    expect(Object.keys(counterexample?.types ?? {})).toEqual(['ann', 'bob', 'cat']);
  });

  test('what the shill bids, and what the others pay for it', async () => {
    const { reason, counterexample } = await refutation('shill-proof', item.secondPrice);
    expect(counterexample).toMatchObject({ types: { ann: { bid: 1 } }, deviation: { shill: { bid: 1 } } });
    expect(reason).toBe(
      'the seller gains 1 when shill bids 1 for it: the others pay 1 rather than 0, while ann bids 1',
    );
  });

  test('what the operator tells whom', async () => {
    const { reason } = await refutation('credible', item.secondPrice);
    expect(reason).toMatch(
      /^when ann bids \d and bob bids \d, the operator earns (\d) rather than \d by telling (\w+) that \w+ bids \1: \2 then pays \1 rather than \d, and cannot know better$/,
    );
  });

  test('who meddles and with whom, for a bossy report', async () => {
    const { reason } = await refutation('non-bossy', item.secondPrice);
    expect(reason).toMatch(
      /^\w+, worth 0, changes what \w+ pays to 1 from 0 by bidding 1 instead of 0 while \w+ bids 1, and keeps/,
    );
  });

  test('types that still fit together', async () => {
    const { counterexample } = await refutation('strategy-proof', choices.boston, { domain: housing() as Domain });
    const types = Object.values(counterexample?.types ?? {}) as { owns: string; ranking: string[] }[];
    expect(new Set(types.map(({ owns }) => owns)).size).toBe(types.length);
    expect(types.length).toBe(3);
  });
});

describe('what is public cannot be lied about', () => {
  const atLeastTheTruth: Domain = {
    ...one,
    mayReport: (type, report) => (report as { bid: number }).bid >= (type as { bid: number }).bid,
  };
  test('by nobody in the search either: bidding more gains nothing in the first-price auction', {
    tags: ['long'],
  }, async () => {
    const mechanism = claimingThat(item.firstPrice, 'strategy-proof');
    const { laws } = await verify({ mechanism, domain: atLeastTheTruth }, { laws: ['strategy-proof'] });
    expect(laws[0]).toMatchObject({ verdict: 'holds' });
  });
  test('and by no witness', async () => {
    const claim = {
      law: 'strategy-proof',
      holds: false,
      because: 'by example',
      witness: { reports: { ann: { bid: 3 } }, deviation: { ann: { bid: 1 } } },
    } as const;
    const mechanism: Mechanism = { ...item.firstPrice, claims: () => [claim] };
    const [told] = (await verify({ mechanism, domain: one }, { laws: ['strategy-proof'] })).laws;
    expect(told).toMatchObject({ verdict: 'witnessed' });
    const [silenced] = (await verify({ mechanism, domain: atLeastTheTruth }, { laws: ['strategy-proof'] })).laws;
    expect(silenced).toMatchObject({ verdict: 'refuted' });
  });
});

describe('replaying', () => {
  /** What the command would hand to the program, as a shell reads it. */
  const scenariosIn = (replay: string): Record<string, unknown>[] => {
    const printed = execFileSync('sh', ['-c', `mechane() { cat; }; ${replay}`], { encoding: 'utf8' });
    return printed
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  };

  test.each<[LawName, Mechanism, Partial<Subject>]>([
    ['strategy-proof', item.firstPrice, {}],
    ['strategy-proof', item.reserveIgnoredInPayment, { settings: [{ reserve: 4 }] }],
    ['false-name-proof', item.consolation, {}],
    ['non-bossy', item.secondPrice, {}],
    ['shill-proof', item.secondPrice, {}],
    ['credible', item.secondPrice, {}],
    ['not-obviously-manipulable', item.firstPrice, {}],
    ['participation', choices.busyMeeting, { domain: singlePeaked() as Domain }],
    ['revenue-monotone', item.threeIsACrowd, {}],
    ['obviously-strategy-proof', item.secondPrice, {}],
    ['group-strategy-proof', item.secondPrice, {}],
  ])(
    '%s of $id: the two scenarios of the command give the two outcomes of the report',
    async (law, mechanism, subject) => {
      const { replay = '', counterexample } = await refutation(law, mechanism, subject);
      const mechane = createMechane().use(definePlugin({ name: 'test', version: '1.0.0', mechanisms: [mechanism] }));
      const outcomes = scenariosIn(replay).map((scenario) => mechane.runScenario(scenario).outcome);
      expect(outcomes).toEqual([counterexample?.truthful?.outcome, counterexample?.deviating?.outcome]);
      expect(outcomes[0]).not.toEqual(outcomes[1]);
    },
  );

  test('a law about one outcome takes one scenario, with the seed where lots are drawn', async () => {
    const { replay = '', counterexample } = await refutation('budget-balanced', odd.byLot);
    const mechane = createMechane().use(definePlugin({ name: 'test', version: '1.0.0', mechanisms: [odd.byLot] }));
    const [scenario, ...more] = scenariosIn(replay);
    expect(more).toEqual([]);
    expect(scenario).toHaveProperty('seed');
    expect(mechane.runScenario(scenario).outcome).toEqual(counterexample?.truthful?.outcome);
  });

  test('what no scenario shows is examined again, with the same seed and as many runs', async () => {
    const { laws } = await verify(
      { mechanism: odd.whimsical, domain: one },
      { laws: ['structural/deterministic'], seed: 9, runs: 80 },
    );
    expect(laws[0]?.replay).toBe('mechane verify test/whimsical --seed 9 --runs 80');
    expect((await refutation('structural/deterministic', odd.whimsical)).replay).toBe(
      'mechane verify test/whimsical --seed 1',
    );
  });

  test('any text survives the shell', () => {
    const text = fc.string({ unit: 'grapheme' }).filter((drawn) => !drawn.includes('\0'));
    fc.assert(
      fc.property(text, (word) => {
        expect(execFileSync('sh', ['-c', `printf %s ${shellQuoted(word)}`], { encoding: 'utf8' })).toBe(word);
      }),
      { numRuns: 40, examples: [["it's"], ['$(rm -rf /)'], ['`'], ['\n'], ['']], seed: 1 },
    );
  });
});
