// A false auction, and one that never ends where three bid, to be examined in a thread.
import { singleItem } from '@mechane/conformance';
import { amount, directMechanism, paymentsByAgent, perAgent } from '@mechane/core';
import * as z from 'zod';

const claim = { law: 'strategy-proof', holds: true, because: 'it is said to' };

const auction = (id, most) =>
  directMechanism({
    id,
    settings: z.strictObject({}),
    report: z.strictObject({ bid: amount }),
    outcome: z.strictObject({ winner: z.string().nullable(), payments: paymentsByAgent }),
    decide(reports, { participants, tieOrder }) {
      while (reports.size > most);
      const [best] = [...reports].sort(([a, x], [b, y]) => y.bid - x.bid || tieOrder(a, b));
      const winner = best?.[0] ?? null;
      return { winner, payments: perAgent(participants, (agent) => (agent === winner ? best[1].bid : 0)) };
    },
    value: (agent, type, { winner }) => (winner === agent ? type.bid : 0),
    claims: [claim],
  });

export const pays = { mechanism: auction('test/pays-its-bid', Number.POSITIVE_INFINITY), domain: singleItem() };
export const hangs = { mechanism: auction('test/hangs', 2), domain: singleItem() };
