import {
  type AgentId,
  amount,
  certified,
  createMechane,
  defineMechanism,
  definePlugin,
  directMechanism,
  jsonValue,
  type MechaneOptions,
  sold,
  unsold,
} from '@mechane/core';
import * as z from 'zod';

const bid = z.strictObject({ bid: amount, value: jsonValue.optional() });

/** Vickrey 1961, in as few words as possible. */
export const secondPrice = directMechanism({
  id: 'example/second-price',
  settings: z.strictObject({ reserve: amount.default(0) }),
  report: bid,
  decide(bids, { settings: { reserve }, participants, tieOrder }) {
    const ranked = [...bids]
      .filter(([, { bid }]) => bid >= reserve)
      .sort(([a, { bid: first }], [b, { bid: second }]) => second - first || tieOrder(a, b));
    const [best, next] = ranked;
    return best ? sold(participants, best[0], next ? next[1].bid : reserve) : unsold(participants);
  },
  value: (agent, { bid }, { winner }) => (agent === winner ? bid : 0),
  bestWelfare: (types) => Math.max(0, ...[...types.values()].map(({ bid }) => bid)),
  claims: ({ reserve }) => [{ law: 'efficient', holds: true, because: `nothing is kept at a reserve of ${reserve}` }],
});

/** Calls rising prices until at most one agent stays. */
export const clock = defineMechanism({
  id: 'example/clock',
  settings: z.strictObject({ start: amount, step: z.number().positive() }),
  report: z.strictObject({ value: amount }),
  message: z.enum(['in', 'out']),
  *conduct({ settings: { start, step }, participants, ask, breakTie }) {
    let active = participants;
    for (let price = start; ; price += step) {
      const replies = yield* ask(active, { price });
      const stayed = active.filter((agent) => replies.get(agent) === 'in');
      const [last] = stayed;
      if (stayed.length === 1 && last !== undefined) return { ...sold(participants, last, price) };
      if (stayed.length === 0) {
        return active.length === 0 ? unsold(participants) : sold(participants, breakTie(active), price - step);
      }
      active = stayed;
    }
  },
  proxy:
    ({ value }) =>
    ({ price }) =>
      price <= value ? 'in' : 'out',
  utility: (agent, { value }, { winner, payment }) => (agent === winner ? value - payment : 0),
});

/** Sells to whoever speaks first, one unit a message. */
export const counter = defineMechanism({
  id: 'example/counter',
  settings: z.strictObject({ units: z.int().nonnegative(), open: z.array(z.string()).optional() }),
  message: z.strictObject({ wants: z.int().positive() }),
  *conduct({ settings: { units, open }, participants, listen }) {
    const sales: [AgentId, number][] = [];
    for (let left = units; left > 0; ) {
      const tooMuch = (_: AgentId, { wants }: { wants: number }) =>
        wants > 100 ? { problem: `${wants} are more than anybody needs`, path: ['wants'] } : undefined;
      const [order] = yield* listen(open ?? participants, { left }, { refuse: tooMuch });
      if (order === undefined) break;
      const [agent, { wants }] = order;
      const bought = Math.min(wants, left);
      sales.push([agent, bought]);
      left -= bought;
    }
    return { sales };
  },
});

/** Gives everybody a random number and proves nothing. */
export const lottery = directMechanism({
  id: 'example/lottery',
  settings: z.strictObject({}),
  report: z.strictObject({}),
  decide: (reports, { random }) =>
    certified({ draws: [...reports.keys()].map(() => random.next()) }, { status: 'feasible' }),
});

export const faulty = directMechanism({
  id: 'example/faulty',
  settings: z.strictObject({ thrown: z.enum(['error', 'word']).default('error') }),
  report: z.strictObject({}),
  decide(_, { settings: { thrown } }): { done: boolean } {
    throw thrown === 'error' ? new Error('division by zero') : 'a word';
  },
});

export const examples = definePlugin({
  name: 'examples',
  version: '1.2.3',
  mechanisms: [secondPrice, clock, counter, lottery, faulty],
});

export const exampleMechane = (options: MechaneOptions = {}) => createMechane(options).use(examples);
