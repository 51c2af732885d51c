import { type Mechanism, seededRandom } from '@mechane/core';
import { amountsIn, moneyOf, unitOfReports } from '@mechane/core/host';
import { describe, expect, test } from 'vitest';
import { type Profile, playAtTheEdge, profilesOf, saidTo, servicesOf, subjects } from './play-subjects.ts';

/** Each drawing is of about a thousand scenarios, which are played in whole numbers and in decimals. */
const drawings = Number(process.env.MECHANE_DECIMAL_DRAWINGS ?? 10);

/** A profile with all its money changed. */
function withMoneyChanged(mechanism: Mechanism, profile: Profile, change: (amount: number) => number): Profile {
  const { settings, reports } = profile;
  const inSaid = amountsIn(saidTo(mechanism), 'money');
  return {
    ...profile,
    settings: amountsIn(mechanism.settings, 'money')?.changed(settings, change) ?? settings,
    reports: new Map([...reports].map(([agent, said]) => [agent, inSaid?.changed(said, change) ?? said])),
  };
}

/** Amounts beyond this, of which there are a few among a thousand drawn, are refused or not told apart; sums of those below are exact. */
const mostCounted = 2 ** 46;

function largestIn(mechanism: Mechanism, profile: Profile): number {
  let largest = 0;
  withMoneyChanged(mechanism, profile, (amount) => {
    largest = Math.max(largest, Math.abs(amount));
    return amount;
  });
  return largest;
}

/** Found by solvers in floating point, whose results are as near as their tolerance. */
const computed = new Set(['market/fisher', 'market/multi-commodity']);

/** What differs between an outcome in decimals, counted in a unit, and one in whole numbers of which `power` make an amount of 1. */
function difference(mechanism: Mechanism, unit: number, decimal: object, whole: object, power: number): string[] {
  const inOutcome = amountsIn(mechanism.outcome, 'money');
  const expected: number[] = [];
  inOutcome?.each(whole, [], (amount) => expected.push(amount));
  const found: string[] = [];
  // Money is compared amount by amount: to the last digit where it is a whole number of units, up to four units in the last place elsewhere.
  inOutcome?.each(decimal, [], (amount, path) => {
    const counted = expected.shift() ?? Number.NaN;
    const wanted = counted / power;
    const units = Math.round((wanted / unit) * 1e6) / 1e6;
    const isWhole = Number.isInteger(counted) && Number.isInteger(units) && !computed.has(mechanism.id);
    const allowed = isWhole ? 0 : (computed.has(mechanism.id) ? 2 ** 25 : 4) * 2 ** -52 * Math.abs(wanted);
    if (!(Math.abs(amount - wanted) <= allowed)) found.push(`${path.join('.')}: ${amount} instead of ${wanted}`);
  });
  if (expected.length > 0) found.push(`${expected.length} amounts are missing`);
  // Everything else is compared as it is.
  const rest = (outcome: object): string => JSON.stringify(inOutcome?.changed(outcome, () => 0) ?? outcome);
  if (!computed.has(mechanism.id) && rest(decimal) !== rest(whole)) found.push(`${rest(decimal)}, not ${rest(whole)}`);
  return found;
}

const withMoney = subjects.filter(({ mechanism }) => moneyOf(mechanism) !== undefined);

test('most mechanisms have money', () => {
  expect(new Set(withMoney.map(({ mechanism }) => mechanism.id)).size).toBeGreaterThanOrEqual(34);
});

describe.each(withMoney.map((subject) => [subject.mechanism.id, subject.domain.name, subject] as const))(
  '%s on %s',
  (_id, _domain, subject) => {
    test('decides in tenths, cents and thousandths as in whole numbers', async () => {
      const { mechanism } = subject;
      const services = await servicesOf(subject);
      const random = seededRandom(1);
      for (let drawing = 1; drawing <= drawings; drawing++) {
        for (const drawn of profilesOf(subject, drawing)) {
          const power = 10 ** (1 + random.below(3));
          const profile = withMoneyChanged(mechanism, drawn, (amount) => Math.round(amount * 100));
          const divided = withMoneyChanged(mechanism, profile, (amount) => amount / power);
          if (largestIn(mechanism, profile) > mostCounted) continue;
          const whole = playAtTheEdge(mechanism, services, profile);
          const decimal = playAtTheEdge(mechanism, services, divided);
          const unit = unitOfReports(mechanism, undefined, divided.settings, divided.reports)?.amount ?? 1;
          const flaws = difference(mechanism, unit, decimal.outcome, whole.outcome, power);
          expect(flaws, JSON.stringify([power, divided.settings, [...divided.reports]])).toEqual([]);
        }
      }
    });
  },
);
