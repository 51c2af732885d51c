// A mechanism of your own: heirs bid for an heirloom, and most of its price goes back to them (Cavallo 2006).
import { formatReport, singleItem, subject, verify } from '@mechane/conformance';
import { amount, createMechane, definePlugin, directMechanism, paymentsByAgent, perAgent } from '@mechane/core';
import * as z from 'zod';

const reports = { ann: { bid: 90 }, bob: { bid: 60 }, cat: { bid: 30 } };

const heirloom = directMechanism({
  id: 'example/heirloom',
  settings: z.strictObject({}),
  report: z.strictObject({ bid: amount }),
  outcome: z.strictObject({ winner: z.string().nullable(), payments: paymentsByAgent }),
  decide(bids, { participants, tieOrder }) {
    const bidOf = (agent = ''): number => bids.get(agent)?.bid ?? 0;
    const ranked = [...bids.keys()].sort((a, b) => bidOf(b) - bidOf(a) || tieOrder(a, b));
    const [winner = null, second] = ranked;
    // An equal share of the price there would be without you: no bid of yours moves it, so it changes no incentive.
    const priceWithout = (agent: string): number => bidOf(ranked.filter((other) => other !== agent)[1]);
    const share = (agent: string): number => (bids.has(agent) ? priceWithout(agent) / bids.size : 0);
    const price = (agent: string): number => (agent === winner ? bidOf(second) : 0);
    return { winner, payments: perAgent(participants, (agent) => price(agent) - share(agent)) };
  },
  value: (agent, { bid }, { winner }) => (agent === winner ? bid : 0),
  bestWelfare: (types) => Math.max(0, ...[...types.values()].map(({ bid }) => bid)),
  claims: [
    { law: 'strategy-proof', holds: true, because: 'Cavallo 2006: no bid of one’s own moves price or share' },
    { law: 'efficient', holds: true, because: 'Vickrey 1961: it goes to the highest value' },
    { law: 'individually-rational', holds: true, because: 'Cavallo 2006: a second price, less a share' },
    { law: 'no-deficit', holds: true, because: 'Cavallo 2006: no share exceeds an equal part of the price' },
    { law: 'budget-balanced', holds: false, because: 'Green and Laffont 1979', witness: { reports } },
  ],
});

const heirlooms = definePlugin({ name: 'heirlooms', version: '1.0.0', mechanisms: [heirloom] });
const { outcome } = createMechane().use(heirlooms).run('example/heirloom', { reports });
console.log(`The heirloom goes to ${outcome.winner}.`, { ...outcome.payments }, '\n');
console.log(formatReport(await verify(subject({ mechanism: heirloom, domain: singleItem() }))));
