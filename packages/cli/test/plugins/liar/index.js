import { amount, definePlugin, directMechanism, sold, unsold } from '@mechane/core';
import * as z from 'zod';

const auction = (id, priceOf) =>
  directMechanism({
    id,
    settings: z.strictObject({}),
    report: z.strictObject({ bid: amount }),
    decide(reports, { participants, breakTie }) {
      const bids = [...reports.values()].map(({ bid }) => bid).sort((a, b) => b - a);
      if (bids.length === 0) return unsold(participants);
      const winner = breakTie(participants.filter((agent) => reports.get(agent)?.bid === bids[0]));
      return sold(participants, winner, priceOf(bids));
    },
    value: (agent, { bid }, { winner }) => (winner === agent ? bid : 0),
    bestWelfare: (types) => Math.max(0, ...[...types.values()].map(({ bid }) => bid)),
    claims: [{ law: 'strategy-proof', holds: true, because: 'it says so' }],
  });

/** First price, claiming to be strategy-proof. */
export const liar = auction('liar/first-price', ([highest]) => highest);

/** Second price, which is. */
export const honest = auction('liar/second-price', ([, second = 0]) => second);

/** What nobody made a subject for. */
const unexamined = auction('liar/unexamined', () => 0);

/** Claims that depend on a setting without a default, of which its subject gives one. */
export const tenfold = directMechanism({
  id: 'liar/tenfold',
  settings: z.strictObject({ factor: z.number() }),
  report: z.strictObject({ bid: amount }),
  decide: (reports, { settings: { factor } }) => ({ total: reports.size * factor }),
  claims: ({ factor }) => [
    { law: 'anonymous', holds: factor > 1, because: 'it only counts', witness: { reports: {} } },
  ],
});

export const liars = definePlugin({ name: 'liar', version: '1.0.0', mechanisms: [liar, honest, unexamined, tenfold] });
