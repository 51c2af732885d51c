import { createHash } from 'node:crypto';
import {
  amount,
  byCommitment,
  type Certificate,
  type Claim,
  ClockService,
  certified,
  commitmentTo,
  createMechane,
  definePlugin,
  directMechanism,
  journalRecorder,
  type Mechanism,
  paymentsByAgent,
  provide,
  testClock,
} from '@mechane/core';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { clock as clockAuction, examples, secondPrice } from './example-mechanisms.ts';

const settled = () => new Promise((resolve) => setImmediate(resolve));
const coded = (code: string) => expect.objectContaining({ code });
const agents = { ann: 'external', bob: 'external', eve: 'external' } as const;
const settings = { sealing: { commit: true, deposit: 5 } } as const;
const nonce = (agent: string) => `${agent}: sixteen letters and more`;

function stage() {
  const clock = testClock();
  return { clock, mechane: createMechane({ services: [provide(ClockService, () => clock)] }).use(examples).untyped };
}

describe('commit and reveal', () => {
  test('binds agents to their reports before anybody shows one; who does not show its own is silent and pays', async () => {
    const { clock, mechane } = stage();
    const journal = journalRecorder();
    const session = mechane.open('example/second-price', { settings, agents, within: 100, journal, id: 'auction 7' });
    const bids = { ann: { bid: 9 }, bob: { bid: 7 }, eve: { bid: 30 } };
    await settled();
    for (const [agent, report] of Object.entries(bids)) {
      expect(session.asked(agent)?.content).toEqual({ commitment: 'requested', session: 'auction 7' });
      const commitment = commitmentTo({ session: session.id, agent, report, nonce: nonce(agent) });
      await session.submit(agent, { commitment });
    }
    expect(JSON.stringify(journal.journal())).not.toContain('"bid"');
    await expect(session.submit('ann', { report: bids.ann, nonce: nonce('ann') })).rejects.toThrow();
    clock.advance(100);
    await settled();
    await expect(session.submit('ann', { report: { bid: 8 }, nonce: nonce('ann') })).rejects.toThrow(
      coded('broken-commitment'),
    );
    await expect(session.submit('ann', { report: bids.ann, nonce: nonce('bob') })).rejects.toThrow(
      coded('broken-commitment'),
    );
    await session.submit('bob', { report: bids.bob, nonce: nonce('bob') });
    await session.submit('ann', { report: bids.ann, nonce: nonce('ann') });
    clock.advance(100);
    const { outcome, metrics } = await session.result;
    expect(outcome).toMatchObject({ winner: 'ann', payment: 7, payments: { ann: 7, bob: 0, eve: 5 } });
    expect(metrics).toMatchObject({ rounds: 2, welfare: 9, revenue: 12 });
    expect(mechane.replay(journal.journal()).outcome).toEqual(outcome);
  });
  test('hashes session, agent, report and nonce as canonical JSON', () => {
    const text = '{"agent":"ann","nonce":"n","report":{"a":1,"b":2},"session":"s"}';
    const hash = createHash('sha256').update(text).digest('hex');
    expect(commitmentTo({ session: 's', agent: 'ann', report: { b: 2, a: 1 }, nonce: 'n' })).toBe(hash);
  });
  test('of a scenario comes to what the mechanism decides without it', () => {
    const { mechane } = stage();
    const reports = { ann: { bid: 9 }, bob: { bid: 7 } };
    const journal = journalRecorder();
    const sealed = mechane.run('example/second-price', { settings, reports, journal });
    expect(sealed.outcome).toEqual(mechane.run('example/second-price', { reports }).outcome);
    expect(mechane.replay(journal.journal()).outcome).toEqual(sealed.outcome);
    expect(sealed.metrics).toMatchObject({ rounds: 2, welfare: 9, efficiency: 1 });
  });
  test('a commitment to what is no report, or under a nonce that could be tried out, cannot be revealed', async () => {
    const { clock, mechane } = stage();
    const session = mechane.open('example/second-price', { settings, agents, within: 100 });
    await settled();
    const report = { bid: -3 };
    const commitment = commitmentTo({ session: session.id, agent: 'ann', report, nonce: nonce('ann') });
    await session.submit('ann', { commitment });
    await expect(session.submit('bob', { commitment: 'abc' })).rejects.toThrow(coded('invalid-message'));
    clock.advance(100);
    await settled();
    await expect(session.submit('ann', { report, nonce: 'short' })).rejects.toThrow(coded('invalid-message'));
    await expect(session.submit('ann', { report, nonce: nonce('ann') })).rejects.toThrow(/no report/);
    await expect(session.submit('bob', { report, nonce: nonce('bob') })).rejects.toThrow(coded('out-of-turn'));
    clock.advance(100);
    expect(await session.outcome).toMatchObject({ winner: null, payments: { ann: 5, bob: 0, eve: 0 } });
  });
  test('is for mechanisms of one round, with a deadline for each of the two that it makes of it', () => {
    const { mechane } = stage();
    const rounds = { settings: { start: 1, step: 1, ...settings }, agents };
    expect(() => mechane.open('example/clock', rounds)).toThrow(coded('invalid-settings'));
    expect(() => byCommitment(clockAuction, settings.sealing)).toThrow(coded('invalid-settings'));
    const ending = { settings, agents, closesAt: 500 };
    expect(() => mechane.open('example/second-price', ending)).toThrow(coded('invalid-deadline'));
    const noDeposit = { settings: { sealing: { commit: true } }, agents };
    expect(() => mechane.open('example/second-price', noDeposit)).toThrow(
      expect.objectContaining({ code: 'invalid-settings', path: ['settings', 'sealing', 'deposit'] }),
    );
  });
  test('claims truth only where the deposit exceeds what withholding can gain, and says so', () => {
    const truthful = {
      ...secondPrice,
      claims: () => [{ law: 'strategy-proof', holds: true, because: 'Vickrey 1961' }] as const,
    };
    const [claim] = byCommitment(truthful, settings.sealing).claims({});
    expect(claim?.domain).toMatch(/withholding a report gains less than the deposit of 5/);
    expect(claim?.because).toMatch(/may still withhold/);
  });
  test('claims nothing of what an operator can get away with, which commitments change', () => {
    const trusting = {
      ...secondPrice,
      claims: () =>
        [
          { law: 'credible', holds: true, because: 'an example' },
          { law: 'no-deficit', holds: true, because: 'an example' },
        ] as const,
    };
    expect(
      byCommitment(trusting, settings.sealing)
        .claims({})
        .map(({ law }) => law),
    ).toEqual(['no-deficit']);
  });
});

describe('what is claimed of sealed reports', () => {
  const claimed = (claim: Claim) =>
    byCommitment({ ...secondPrice, claims: () => [claim] } as unknown as Mechanism, settings.sealing).claims({});
  const deposit = 'where withholding a report gains less than the deposit of 5';
  test.each<Claim['law']>([
    'strategy-proof',
    'ex-post-incentive-compatible',
    'bayesian-incentive-compatible',
    'not-obviously-manipulable',
    'group-strategy-proof',
    'false-name-proof',
  ])('%s holds where the deposit exceeds what withholding can gain', (law) => {
    expect(claimed({ law, holds: true, because: 'a theorem' })).toEqual([
      {
        law,
        holds: true,
        because: 'a theorem. An agent that has committed may still withhold its report, for the deposit',
        domain: deposit,
      },
    ]);
  });
  test('only within the domain for which it was claimed', () => {
    const [claim] = claimed({ law: 'strategy-proof', holds: { approximately: 1 }, because: 'x', domain: 'small bids' });
    expect(claim?.domain).toBe(`small bids, ${deposit}`);
  });
  test('says nothing of deposits where truth was not best before, or is not what is claimed', () => {
    const witness = { reports: {}, deviation: {} };
    for (const claim of [
      { law: 'strategy-proof', holds: false, because: 'a case', witness },
      { law: 'no-deficit', holds: true, because: 'a theorem' },
    ] satisfies Claim[])
      expect(claimed(claim)).toEqual([claim]);
  });
});

const halvesOutcome: z.ZodType<HalvesOutcome> = z.strictObject({
  order: z.array(z.string()),
  payments: paymentsByAgent.exactOptional(),
});
interface HalvesOutcome {
  readonly order: string[];
  readonly payments?: Record<string, number>;
}

/** Everybody pays half of what it says, nobody too much; who came first is said first. */
const halves = directMechanism({
  id: 'sealed/halves',
  settings: z.strictObject({ paid: z.boolean().default(true) }),
  report: z.strictObject({ pays: amount }),
  outcome: halvesOutcome,
  refuseReport: ({ pays }) => (pays > 100 ? { code: 'too-much', problem: 'nobody pays so much' } : undefined),
  mostPaid: ({ pays }, { ask, before }) => (ask.report === 'requested' ? pays / 2 + before : Number.NaN),
  decide: (reports, { settings: { paid } }) => {
    const payments = Object.fromEntries([...reports].map(([agent, { pays }]) => [agent, pays / 2]));
    const outcome: HalvesOutcome = { order: [...reports.keys()], ...(paid ? { payments } : {}) };
    return certified(outcome, { status: paid ? 'feasible' : 'optimal' } satisfies Certificate as Certificate);
  },
});
const proofless = directMechanism({
  id: 'sealed/proofless',
  settings: z.strictObject({}),
  report: z.strictObject({ pays: amount }),
  outcome: z.strictObject({ payments: paymentsByAgent }),
  decide: (reports) => ({ payments: Object.fromEntries([...reports].map(([agent, { pays }]) => [agent, pays])) }),
});

describe('a sealed mechanism', () => {
  const sealed = definePlugin({
    name: 'sealed',
    version: '1.0.0',
    mechanisms: [halves, proofless] as readonly object[] as Mechanism[],
  });
  /** All commit to what they pay, in this order, and are asked to show it. */
  async function committed(id: string, pays: Readonly<Record<string, number>>, more: object = {}) {
    const clock = testClock();
    const { untyped } = createMechane({ services: [provide(ClockService, () => clock)] }).use(sealed);
    const session = untyped.open(id, { settings: { ...settings, ...more }, agents, within: 100 });
    await settled();
    for (const [agent, amount] of Object.entries(pays)) {
      const commitment = commitmentTo({ session: session.id, agent, report: { pays: amount }, nonce: nonce(agent) });
      await session.submit(agent, { commitment });
    }
    clock.advance(100);
    await settled();
    const reveal = (agent: string) => session.submit(agent, { report: { pays: pays[agent] }, nonce: nonce(agent) });
    return { session, clock, reveal };
  }

  test('hears reports in the order of the commitments, and adds the deposit to what else is paid', async () => {
    const { session, clock, reveal } = await committed('sealed/halves', { eve: 4, ann: 6, bob: 8 });
    await reveal('ann');
    await reveal('eve');
    clock.advance(100);
    const { outcome, certificate } = await session.result;
    expect(outcome).toEqual({ order: ['eve', 'ann'], payments: { eve: 2, ann: 3, bob: 5 } });
    expect(certificate).toEqual({ status: 'feasible' });
  });
  test('that pays nothing of its own still takes the deposit, and keeps what it proves', async () => {
    const { session, clock, reveal } = await committed('sealed/halves', { eve: 4, ann: 6 }, { paid: false });
    await reveal('ann');
    clock.advance(100);
    const { outcome, certificate } = await session.result;
    expect(outcome).toEqual({ order: ['ann'], payments: { eve: 5 } });
    expect(certificate).toEqual({ status: 'optimal' });
  });
  test('that proves nothing proves nothing when it is sealed', async () => {
    const { session, clock, reveal } = await committed('sealed/proofless', { eve: 4, ann: 6 });
    await reveal('ann');
    clock.advance(100);
    expect(await session.result).not.toHaveProperty('certificate');
    expect(await session.outcome).toEqual({ payments: { ann: 6, eve: 5 } });
  });
  test('leaves an outcome as it is where all have shown what they were bound to', async () => {
    const { session, clock, reveal } = await committed('sealed/halves', { ann: 6, bob: 8, eve: 2 }, { paid: false });
    for (const agent of ['ann', 'bob', 'eve']) await reveal(agent);
    clock.advance(100);
    expect(await session.outcome).toEqual({ order: ['ann', 'bob', 'eve'] });
  });
  test('refuses, by the rule’s own code, a report that the rule refuses, in the amounts that were written', async () => {
    const { session, reveal } = await committed('sealed/halves', { ann: 100.5, bob: 100 });
    await expect(reveal('ann')).rejects.toThrow(coded('too-much'));
    await expect(reveal('bob')).resolves.toMatchObject({ hash: null });
    session.cancel();
  });
  test('says what is asked for now: first the commitment, then the report, then nothing that could be mended', async () => {
    const { clock, mechane } = stage();
    const session = mechane.open('example/second-price', { settings, agents, within: 100 });
    await settled();
    const reveal = { report: { bid: -3 }, nonce: nonce('ann') };
    const commitment = commitmentTo({ session: session.id, agent: 'ann', ...reveal });
    const refusal = async (message: unknown) => {
      const {
        code,
        message: text,
        path,
      } = await session.submit('ann', message).then(
        () => expect.fail('it was taken'),
        (error) => error,
      );
      return { code, text: text.replace(/^.*?: /, ''), path };
    };
    const early = { code: 'invalid-message', path: ['messages', 'ann'] };
    expect(await refusal(reveal)).toEqual({
      ...early,
      text: 'this is not what is asked for in this round. Fix: commit first: { commitment }.',
    });
    await session.submit('ann', { commitment });
    clock.advance(100);
    await settled();
    expect(await refusal({ commitment })).toEqual({
      ...early,
      text: 'this is not what is asked for in this round. Fix: reveal now: { report, nonce }.',
    });
    expect(await refusal({ ...reveal, nonce: nonce('bob') })).toEqual({
      code: 'broken-commitment',
      text: 'this is not what the agent is bound to. Fix: send the report and the nonce of the commitment, exactly.',
      path: ['messages', 'ann'],
    });
    expect(await refusal(reveal)).toEqual({
      code: 'invalid-message',
      text: 'what was committed to is no report. Fix: nothing can be mended now: be silent.',
      path: ['messages', 'ann', 'report', 'bid'],
    });
    session.cancel();
  });
  test('takes commitments of 64 hexadecimal digits, and nonces of 16 to 200 letters', () => {
    const { message } = byCommitment(secondPrice as unknown as Mechanism, settings.sealing);
    const isTaken = (said: unknown) => message.safeParse(said).success;
    const commitment = 'ab'.repeat(32);
    expect(isTaken({ commitment })).toBe(true);
    for (const other of [`${commitment}0`, `0${commitment}`, commitment.slice(1), 'AB'.repeat(32)])
      expect(isTaken({ commitment: other })).toBe(false);
    expect([15, 16, 200, 201].map((length) => isTaken({ report: 1, nonce: 'n'.repeat(length) }))).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(isTaken({ commitment, report: 1 })).toBe(false);
  });
  test('describes what it asks for, and is neither direct nor lets anybody think again', () => {
    const sealedRule = byCommitment({ ...secondPrice, revisable: true } as unknown as Mechanism, settings.sealing);
    expect([sealedRule.direct, sealedRule.revisable, sealedRule.decide]).toEqual([false, false, undefined]);
    const isAsked = (asked: unknown) => sealedRule.ask?.safeParse(asked).success;
    expect(isAsked({ commitment: 'requested', session: 'auction 7' })).toBe(true);
    expect(isAsked({ report: 'requested', session: 'auction 7' })).toBe(true);
    expect(isAsked({ report: 'requested' })).toBe(false);
    expect(isAsked({ session: 'auction 7' })).toBe(false);
    expect(sealedRule).not.toHaveProperty('mostPaid');
  });
  test('may cost the deposit, or what the report that is shown may cost by itself', () => {
    const rule = byCommitment(halves as unknown as Mechanism, settings.sealing);
    const said = { settings: {}, ask: { report: 'requested', session: 'x' }, before: 5 };
    expect(rule.mostPaid?.({ commitment: 'ab'.repeat(32) }, said)).toBe(5);
    expect(rule.mostPaid?.({ report: { pays: 6 }, nonce: nonce('ann') }, said)).toBe(3);
  });
});
