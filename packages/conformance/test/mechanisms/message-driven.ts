import { type AgentId, amount, defineMechanism, MechaneError, type Mechanism, perAgent } from '@mechane/core';
import * as z from 'zod';

/** Sells one thing after the other, each for 1 more than the last, to whoever sends a message with enough money. */
function kiosk(name: string, price: (sold: number) => number): Mechanism {
  return defineMechanism({
    id: `test/${name}`,
    settings: z.strictObject({ start: amount.default(1) }),
    message: z.strictObject({ maxPrice: amount }),
    *conduct({ settings: { start }, participants, listen }) {
      const sales: { agent: AgentId; price: number }[] = [];
      for (;;) {
        const asked = start + price(sales.length);
        const replies = yield* listen(participants, { price: asked });
        const [first] = replies;
        if (first === undefined) break;
        const [agent, { maxPrice }] = first;
        if (maxPrice >= asked) sales.push({ agent, price: asked });
      }
      const spent = (agent: AgentId): number =>
        sales.reduce((sum, sale) => sum + (sale.agent === agent ? sale.price : 0), 0);
      return { sales, payments: perAgent(participants, spent) };
    },
  }) as object as Mechanism;
}

export const honestKiosk: Mechanism = kiosk('kiosk', (sold) => sold);
let customers = 0;
/** Its price depends on how many came yesterday. */
export const forgetfulKiosk: Mechanism = kiosk('forgetful-kiosk', () => {
  customers += 1;
  return customers;
});

/** Whoever speaks first at the price has it; nobody is asked twice. */
export const firstToSpeak: Mechanism = defineMechanism({
  id: 'test/first-to-speak',
  settings: z.strictObject({ price: amount.default(2) }),
  report: z.strictObject({ value: amount }),
  message: z.literal('mine'),
  *conduct({ settings: { price }, participants, tieOrder, listen }) {
    const replies = yield* listen([...participants].sort(tieOrder), { price });
    const [winner = null] = replies.keys();
    return { winner, payments: perAgent(participants, (agent) => (agent === winner ? price : 0)) };
  },
  proxy:
    ({ value }) =>
    ({ price }) =>
      value >= price ? 'mine' : undefined,
  value: (agent, type, { winner }) => (winner === agent ? type.value : 0),
}) as object as Mechanism;

/** Refuses what its schema lets pass, and points nowhere. */
export const pointsNowhere: Mechanism = defineMechanism({
  id: 'test/points-nowhere',
  settings: z.strictObject({}),
  report: z.strictObject({ value: z.number() }),
  message: z.number(),
  *conduct({ participants, ask }) {
    const replies = yield* ask(participants, 'a number, please');
    if ([...replies.values()].some((number) => number < 0))
      throw new MechaneError('invalid-report', { problem: 'it is too low' });
    return { total: 0 };
  },
  proxy:
    ({ value }) =>
    () =>
      value,
}) as object as Mechanism;

/** Takes the root of what it hears. */
export const takesRoots: Mechanism = defineMechanism({
  id: 'test/takes-roots',
  settings: z.strictObject({}),
  report: z.strictObject({ value: z.number() }),
  message: z.number(),
  *conduct({ participants, ask }) {
    const replies = yield* ask(participants, 'a number, please');
    return { roots: [...replies.values()].map(Math.sqrt).sort((a, b) => a - b) };
  },
  proxy:
    ({ value }) =>
    () =>
      value,
}) as object as Mechanism;
