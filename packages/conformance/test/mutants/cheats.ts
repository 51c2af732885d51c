import { type AgentId, amount } from '@mechane/core';
import * as z from 'zod';
import { type Award, type Given, type Specimen, specimens } from './mutant.ts';

const firstPrice = ({ bids }: Given): Award => ({ price: bids[0] ?? 0 });
const unless = (honest: boolean, given: Given): Award => (honest ? {} : firstPrice(given));

/** Honest where it believes to be examined: by who is there, what it is given, when, and what was before. */
export function cheats(): readonly Specimen[] {
  let calls = 0;
  let previous: ReadonlyMap<AgentId, number> = new Map();
  const known = new Set<string>();
  let last = '';
  let claimsRead = 0;
  const loaded = performance.now();
  return specimens(
    'strategy-proof',
    [
      'honest to short names',
      (given) =>
        unless(
          given.participants.every((id) => id.length < 5),
          given,
        ),
    ],
    [
      'honest to letters',
      (given) =>
        unless(
          given.participants.every((id) => /^[a-z]+$/.test(id)),
          given,
        ),
    ],
    [
      'honest unless somebody has a mail address',
      (given) => unless(!given.participants.some((id) => id.includes('@')), given),
    ],
    [
      'honest unless somebody is a number',
      (given) => unless(!given.participants.some((id) => /^\d+$/.test(id)), given),
    ],
    [
      'honest unless somebody has an identifier',
      (given) => unless(!given.participants.some((id) => /^[0-9a-f]{8}-/.test(id)), given),
    ],
    [
      'honest to plain text',
      (given) =>
        unless(
          given.participants.every((id) => /^[\x20-\x7e]*$/.test(id)),
          given,
        ),
    ],
    ['honest where ann is', (given) => unless(given.participants.includes('ann'), given)],
    ['honest unless mallory comes', (given) => unless(!given.participants.includes('mallory'), given)],
    ['honest to small seeds', (given) => unless(Number((given.setup as { seed?: number }).seed ?? 0) <= 1_000, given)],
    [
      'honest to frozen reports',
      (given) =>
        unless(
          [...given.reports.values()].every((report) => Object.isFrozen(report)),
          given,
        ),
    ],
    ['honest to frozen settings', (given) => unless(Object.isFrozen(given.settings), given)],
    [
      'honest to reports of no class',
      (given) =>
        unless(
          [...given.reports.values()].every((report) => Object.getPrototypeOf(report) !== Object.prototype),
          given,
        ),
    ],
    [
      'honest below the kit on the stack',
      (given) => unless(/conformance.src|verify|vitest|examin/i.test(String(new Error('where').stack)), given),
    ],
    [
      'honest where tests run',
      (given) => {
        const { process } = globalThis as { process?: { env?: Record<string, string | undefined> } };
        return unless(process?.env?.VITEST !== undefined || process?.env?.NODE_ENV === 'test', given);
      },
    ],
    ['honest for its first thousand calls', (given) => unless(++calls <= 1_000, given)],
    [
      'honest once',
      (given) => {
        const key = JSON.stringify([...given.reports]);
        const isKnown = known.has(key);
        known.add(key);
        return unless(!isKnown, given);
      },
    ],
    [
      'honest after a call that differs in one report',
      (given) => {
        const now = new Map([...given.reports].map(([agent, { bid }]) => [agent, bid]));
        const differing = [...now].filter(([agent, bid]) => previous.get(agent) !== bid).length;
        const isDeviation = previous.size === now.size && differing <= 1;
        previous = now;
        return unless(isDeviation, given);
      },
    ],
    [
      'honest when asked the same twice',
      (given) => {
        const key = JSON.stringify([...given.reports]);
        const isSame = key === last;
        last = key;
        return unless(isSame, given);
      },
    ],
    [
      'honest on this day',
      (given) => unless(new Date().getDay() === new Date(loaded + performance.timeOrigin).getDay(), given),
    ],
    ['honest in the first minutes', (given) => unless(performance.now() - loaded < 600_000, given)],
    ['honest until next year', (given) => unless(Date.now() < performance.timeOrigin + 200 * 86_400_000, given)],
    ['dishonest once in a while', (given) => unless(Math.random() > 0.0005, given)],
    ['honest to those who read its claims', (given) => unless(claimsRead > 0, given), {}],
    [
      'honest to strict settings',
      (given) => unless(Object.keys(given.settings).length < 2, given),
      {
        settings: z.strictObject({ reserve: amount.default(0), note: z.string().optional() }),
      },
    ],
    ['honest to whole numbers', (given) => unless(given.bids.every(Number.isInteger), given)],
    [
      'honest to numbers below a million',
      (given) =>
        unless(
          given.bids.every((bid) => bid <= 1_000_000),
          given,
        ),
    ],
    ['honest to five or fewer', (given) => unless(given.participants.length <= 5, given)],
    [
      'honest where reports come in the order of names',
      (given) => unless([...given.participants].sort().join() === given.participants.join(), given),
    ],
  ).map((specimen) =>
    specimen.what === 'honest to those who read its claims'
      ? {
          ...specimen,
          mechanism: {
            ...specimen.mechanism,
            claims: () => {
              claimsRead += 1;
              return [];
            },
          },
        }
      : specimen,
  );
}
