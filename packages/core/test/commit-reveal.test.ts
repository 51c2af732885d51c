import { createHash } from 'node:crypto';
import {
  byCommitment,
  ClockService,
  commitmentTo,
  createMechane,
  journalRecorder,
  provide,
  testClock,
} from '@mechane/core';
import { describe, expect, test } from 'vitest';
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
