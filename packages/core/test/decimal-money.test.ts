import {
  amount,
  ClockService,
  createMechane,
  defineMechanism,
  definePlugin,
  directMechanism,
  type JournalEntry,
  type JournalHeader,
  journalRecorder,
  paymentsByAgent,
  perAgent,
  positiveAmount,
  provide,
  signedAmount,
  singleItemOutcome,
  sold,
  testClock,
  unsold,
} from '@mechane/core';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';

/** What a rule and its neighbours have seen. */
const seen: Record<'rule' | 'value' | 'claims' | 'asked' | 'proxy', unknown[]> = {
  rule: [],
  value: [],
  claims: [],
  asked: [],
  proxy: [],
};

/** A third party's rising clock, which knows nothing of decimals. */
const risingClock = defineMechanism({
  id: 'acme/clock',
  settings: z.strictObject({ start: amount, step: positiveAmount }),
  report: z.strictObject({ value: amount }),
  message: z.union([z.enum(['in', 'out']), z.strictObject({ jump: amount })]),
  ask: z.strictObject({ price: amount }),
  outcome: singleItemOutcome,
  *conduct({ settings: { start, step }, participants, ask, tieOrder, written }) {
    seen.rule.push({ start, step });
    let active = [...participants].sort(tieOrder);
    for (let price = start; active.length > 1; price += step) {
      const replies = yield* ask(
        active,
        { price },
        {
          refuse: (_, message) =>
            typeof message === 'object' && message.jump < price + step
              ? { code: 'outbid', problem: `a jump goes to ${written(price + step)} at least`, path: ['jump'] }
              : undefined,
        },
      );
      const stayed = active.filter((agent) => (replies.get(agent) ?? 'out') !== 'out');
      for (const reply of replies.values()) if (typeof reply === 'object') price = Math.max(price, reply.jump - step);
      if (stayed.length === 0) return sold(participants, active[0] as string, price - step);
      if (stayed.length === 1) return sold(participants, stayed[0] as string, price);
      active = stayed;
    }
    return unsold(participants);
  },
  proxy: ({ value }) => {
    seen.proxy.push(value);
    return ({ price }) => (price <= value ? 'in' : 'out');
  },
  value: (agent, type, outcome) => {
    seen.value.push(type.value, outcome.payment);
    return agent === outcome.winner ? type.value : 0;
  },
  claims: (settings) => {
    seen.claims.push(settings.step);
    return [];
  },
});

/** Divides a cost evenly. */
const evenShares = directMechanism({
  id: 'acme/shares',
  settings: z.strictObject({ cost: amount }),
  report: z.strictObject({ credit: amount.default(0) }),
  outcome: z.strictObject({ payments: paymentsByAgent, rest: signedAmount, agents: z.int() }),
  decide(reports, { settings: { cost }, participants }) {
    const payments = perAgent(
      participants,
      (agent) => cost / participants.length - (reports.get(agent)?.credit as number),
    );
    const paid = Object.values(payments).reduce((sum, payment) => sum + payment, 0);
    return { payments, rest: cost - paid, agents: participants.length };
  },
});

/** Says nothing of its outcome. */
const unsaid = directMechanism({
  id: 'acme/unsaid',
  settings: z.strictObject({}),
  report: z.strictObject({ bid: amount }),
  decide: (reports) => ({ bids: [...reports.values()].map(({ bid }) => bid) }),
});
const moneyless = directMechanism({
  id: 'acme/votes',
  settings: z.strictObject({}),
  report: z.strictObject({ yes: z.boolean() }),
  outcome: z.strictObject({ yes: z.int() }),
  decide: (reports) => ({ yes: [...reports.values()].filter(({ yes }) => yes).length }),
});

const plugin = definePlugin({
  name: 'acme',
  version: '1.0.0',
  mechanisms: [risingClock, evenShares, unsaid, moneyless],
});
const clock = testClock();
const mechane = createMechane({ services: [provide(ClockService, () => clock)] }).use(plugin);
const settings = { start: 0.2, step: 0.1 };
const reports = { a: { value: 1 }, b: { value: 0.3 } };
const coded = (code: string, path?: readonly unknown[]) => expect.objectContaining(path ? { code, path } : { code });

describe('a rule that knows whole numbers only', () => {
  test('is exact on decimals', () => {
    const { outcome, metrics } = mechane.run('acme/clock', { settings, reports });
    expect(outcome).toEqual({ winner: 'a', payment: 0.4, allocation: { a: 1 }, payments: { a: 0.4, b: 0 } });
    expect(metrics).toMatchObject({ rounds: 3, welfare: 1, revenue: 0.4 });
  });
  test('counts in the finest decimal of settings and reports, never of true types', () => {
    seen.rule.length = 0;
    mechane.run('acme/clock', { settings, reports });
    mechane.run('acme/clock', { settings, reports, types: { a: { value: 0.123456 } } });
    mechane.run('acme/clock', { settings, reports: { ...reports, c: { value: 0.25 } } });
    mechane.run('acme/clock', { settings: { start: 2, step: 1 }, reports: { a: { value: 3 }, b: { value: 2 } } });
    expect(seen.rule).toEqual([
      { start: 2, step: 1 },
      { start: 2, step: 1 },
      { start: 20, step: 10 },
      { start: 2, step: 1 },
    ]);
  });
  test('counts in the unit that is named, and refuses what is finer', () => {
    seen.rule.length = 0;
    mechane.run('acme/clock', { settings: { ...settings, unit: 0.05 }, reports });
    expect(seen.rule).toEqual([{ start: 4, step: 2 }]);
    const finer = { settings: { ...settings, unit: 0.1 }, reports: { ...reports, b: { value: 0.35 } } };
    expect(() => mechane.run('acme/clock', finer)).toThrow(coded('imprecise-amount', ['reports', 'b', 'value']));
    expect(() => mechane.run('acme/clock', { settings: { ...settings, unit: 0.5 }, reports })).toThrow(
      coded('imprecise-amount', ['settings', 'start']),
    );
    expect(() => mechane.run('acme/clock', { settings: { ...settings, unit: 0 }, reports })).toThrow(
      coded('invalid-settings', ['settings', 'unit']),
    );
    expect(() => mechane.run('acme/clock', { settings: { ...settings, unit: 1e-30 }, reports })).toThrow(
      coded('invalid-settings', ['settings', 'unit']),
    );
  });
  test('whose amounts are beyond whole numbers is told the unit to count in', () => {
    const huge = { settings: { start: 0, step: 1e16 }, reports: { a: { value: 3e17 }, b: { value: 1e17 } } };
    expect(() => mechane.run('acme/clock', huge)).toThrow(coded('imprecise-amount', ['settings', 'step']));
    expect(() => mechane.run('acme/clock', huge)).toThrow(/"unit": 10\b/);
    const counted = { ...huge, settings: { ...huge.settings, unit: 1e9 } };
    expect(mechane.run('acme/clock', counted).outcome.payment).toBe(1.1e17);
  });
  test('plays amounts that fit no unit as they are', () => {
    seen.rule.length = 0;
    const random = {
      settings: { start: 0, step: 0.1234567890123456 },
      reports: { a: { value: 10 }, b: { value: 0.2 } },
    };
    mechane.run('acme/clock', random);
    mechane.run('acme/clock', {
      ...random,
      settings: { start: 0, step: 1e-5 },
      reports: { a: { value: 1e12 }, b: { value: 1e-5 } },
    });
    expect(seen.rule).toEqual([random.settings, { start: 0, step: 1e-5 }]);
  });
  test('divides as one would, up to rounding', () => {
    const { outcome, metrics } = mechane.run('acme/shares', {
      settings: { cost: 0.1 },
      reports: { a: {}, b: {}, c: { credit: 0.01 } },
    });
    expect(outcome.payments).toEqual({ a: 0.1 / 3, b: 0.1 / 3, c: expect.closeTo(0.1 / 3 - 0.01, 15) });
    expect(metrics.revenue).toBe(0.09);
  });
});

describe('everybody else sees decimals', () => {
  test('value, claims, and those who look at an outcome', () => {
    seen.value.length = 0;
    seen.claims.length = 0;
    mechane.run('acme/clock', { settings, reports });
    expect(seen.value).toEqual([1, 0.4, 0.3, 0.4]);
    mechane.mechanism('acme/clock').claims(settings);
    expect(seen.claims).toEqual([0.1]);
  });
  test('live agents are asked in decimals, and answer in them', async () => {
    const asked: number[] = [];
    const upTo =
      (limit: number) =>
      ({ price }: { price: number }) => {
        asked.push(price);
        return price <= limit ? ('in' as const) : ('out' as const);
      };
    const agents = { a: upTo(1), b: upTo(0.3) };
    const { outcome } = await mechane.open('acme/clock', { settings, agents }).result;
    expect(asked).toEqual([0.2, 0.2, 0.3, 0.3, 0.4, 0.4]);
    expect(outcome.payment).toBe(0.4);
  });
  test('journals have decimals and the unit, and a replay counts as the run did', async () => {
    const journal = journalRecorder();
    const agents = { a: () => ({ jump: 0.55 }), b: () => 'out' as const };
    const { outcome } = await mechane.open('acme/clock', { settings, agents, journal }).result;
    const { entries } = journal.journal();
    expect((entries[0] as JournalHeader).unit).toBe(0.01);
    expect(entries.filter(({ kind }) => kind === 'message')).toMatchObject([
      { message: { jump: 0.55 } },
      { message: 'out' },
    ]);
    expect(mechane.replay(JSON.parse(JSON.stringify({ entries }))).outcome).toEqual(outcome);
    const cut = { entries: entries.filter(({ kind }: JournalEntry) => kind !== 'closed').slice(0, 3) };
    const resumed = mechane.resume(cut, { mechanism: 'acme/clock', agents });
    expect(await resumed.outcome).toEqual(outcome);
  });
  test('a recorded scenario has its unit in its journal, a whole one has none', () => {
    const units = [settings, { start: 2, step: 1 }].map((given) => {
      const journal = journalRecorder();
      const said = given === settings ? reports : { a: { value: 9 }, b: { value: 3 } };
      const { outcome } = mechane.run('acme/clock', { settings: given, reports: said, journal });
      expect(mechane.replay(journal.journal()).outcome).toEqual(outcome);
      return (journal.journal().entries[0] as JournalHeader).unit;
    });
    expect(units).toEqual([0.1, undefined]);
  });
});

describe('a live message', () => {
  const open = (unit?: number) =>
    mechane.open('acme/clock', {
      settings: { ...settings, ...(unit === undefined ? {} : { unit }) },
      agents: { a: 'external', b: 'external' },
    });
  const opened = () => new Promise((resolve) => setImmediate(resolve));
  test('that is finer than the unit is refused, and its sender may try again', async () => {
    const session = open();
    await opened();
    await expect(session.submit('a', { jump: 0.555 })).rejects.toThrow(
      coded('imprecise-amount', ['messages', 'a', 'jump']),
    );
    await session.submit('a', { jump: 0.55 });
    await session.submit('b', 'out');
    expect((await session.outcome).payment).toBe(0.45);
  });
  test('is refused in the amounts that were written, by the code of the rule', async () => {
    const session = open();
    await opened();
    await expect(session.submit('a', { jump: 0.25 })).rejects.toThrow(/outbid|a jump goes to 0\.3 at least/);
    await expect(session.submit('a', { jump: 0.25 })).rejects.toThrow(coded('outbid', ['messages', 'a', 'jump']));
    session.close();
    await session.outcome;
  });
  test('is counted in the finest decimal of the settings, or the unit that is named', async () => {
    const session = open(0.001);
    await opened();
    await session.submit('a', { jump: 0.555 });
    await session.submit('b', 'out');
    expect((await session.outcome).payment).toBe(0.455);
  });
  test('is counted in hundredths where the settings have two decimals, however large they are', async () => {
    const journal = journalRecorder();
    const large = { start: 36810950465931.27, step: 0.01 };
    const agents = { a: () => 'in' as const, b: () => 'out' as const };
    const { outcome } = await mechane.open('acme/clock', { settings: large, agents, journal }).result;
    expect(outcome).toMatchObject({ winner: 'a', payment: 36810950465931.27 });
    expect((journal.journal().entries[0] as JournalHeader).unit).toBe(0.01);
  });
  test('never is plain arithmetic: settings that cannot be counted are refused', () => {
    const agents = { a: () => 'out' as const };
    const fine = { start: 0, step: 0.12345678901234568 };
    expect(() => mechane.open('acme/clock', { settings: fine, agents })).toThrow(
      coded('imprecise-amount', ['settings', 'step']),
    );
    expect(() => mechane.open('acme/clock', { settings: { start: 1e9, step: 1e-9 }, agents })).toThrow(
      coded('imprecise-amount', ['settings', 'start']),
    );
    expect(() => mechane.open('acme/clock', { settings: { start: 0, step: 1e-30 }, agents })).toThrow(
      coded('imprecise-amount', ['settings', 'step']),
    );
  });
});

describe('what has no money', () => {
  test('in its outcome, as far as it says, is not counted', () => {
    expect(mechane.run('acme/unsaid', { reports: { a: { bid: 0.1 }, b: { bid: 1e300 } } }).outcome).toEqual({
      bids: [0.1, 1e300],
    });
  });
  test('has no unit', () => {
    const votes = { a: { yes: true } };
    expect(mechane.run('acme/votes', { reports: votes }).outcome).toEqual({ yes: 1 });
    expect(() => mechane.run('acme/votes', { settings: { unit: 1 }, reports: votes })).toThrow(
      coded('invalid-settings', ['settings', 'unit']),
    );
    expect(mechane.describe('acme/votes').settings.properties).not.toHaveProperty('unit');
    expect(mechane.describe('acme/clock').settings.properties).toHaveProperty('unit');
  });
});
