/* Second-price auctions whose price is a part, to be solved by itself. */
import {
  amount,
  type DecisionInParts,
  directMechanism,
  type Mechanism,
  singleItemOutcome,
  sold,
  unsold,
} from '@mechane/core';
import * as z from 'zod';

const report = z.strictObject({ bid: amount });
type Report = z.output<typeof report>;
type Sale = z.output<typeof singleItemOutcome>;
type InParts = DecisionInParts<Report, Record<string, never>, Sale, undefined>;
interface Rival {
  readonly highest: number;
}

/** The winner is decided, and one part is the bids of the others. */
const right: InParts = {
  divide(reports, { tieOrder }) {
    const [winner, ...others] = [...reports].sort(([a, one], [b, two]) => two.bid - one.bid || tieOrder(a, b));
    return winner ? { decided: winner[0], parts: [others.map(([, { bid }]) => bid)] } : { decided: null, parts: [] };
  },
  solve: (parts) => parts.map((bids) => ({ highest: Math.max(0, ...(bids as readonly number[])) })),
  combine(winner, solutions, _reports, { participants }) {
    const [rival] = solutions as readonly Rival[];
    return rival ? sold(participants, winner as string, rival.highest) : unsold(participants);
  },
};

function secondPrice(name: string, inParts: InParts): Mechanism {
  return directMechanism({
    id: `test/${name}`,
    settings: z.strictObject({}),
    report,
    outcome: singleItemOutcome,
    value: (agent, { bid }, { winner }: Sale) => (winner === agent ? bid : 0),
    decide(reports, setup): Sale {
      const { decided, parts } = right.divide(reports, setup);
      return right.combine(decided, right.solve(parts, reports, setup), reports, setup) as Sale;
    },
    inParts,
  }) as object as Mechanism;
}

export const secondPriceInParts: Mechanism = secondPrice('second-price-in-parts', right);

/** What a map holds does not outlive JSON. */
export const keepsAMap: Mechanism = secondPrice('keeps-a-map', {
  ...right,
  solve: (parts) => parts.map((bids) => new Map([['highest', Math.max(0, ...(bids as readonly number[]))]])),
  combine(winner, solutions, _reports, { participants }) {
    const [rival] = solutions as readonly (Rival | Map<string, number>)[];
    if (rival === undefined) return unsold(participants);
    return sold(participants, winner as string, rival instanceof Map ? (rival.get('highest') ?? 0) : 0);
  },
});

/** The highest bid is among its own rivals. */
export const payItsOwnBid: Mechanism = secondPrice('pays-its-own-bid', {
  ...right,
  solve: (parts, reports) => parts.map(() => ({ highest: Math.max(...[...reports.values()].map(({ bid }) => bid)) })),
});

/** Only of three or more. */
export const forgetsTheThird: Mechanism = secondPrice('forgets-the-third', {
  ...right,
  solve: (parts) =>
    parts.map((bids) => ({
      highest: (bids as readonly number[]).length > 1 ? 0 : ((bids as readonly number[])[0] ?? 0),
    })),
});
