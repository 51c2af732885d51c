import { type AnyRecord, isRecord } from '../../live/records.ts';
import { bargainingOffer, meanBargain } from '../equilibria.ts';
import { type Ending, type Experiment, type Game, type Got, type Hand, most } from '../game.ts';
import { numberIn, paidBy } from '../single-item.ts';

/** What somebody traded, and what it gained by that. */
function traded({ agent, hand: { side = 'buy', value = 0 }, outcome }: Ending): Got {
  const trades = isRecord(outcome.trades) ? outcome.trades[agent] : undefined;
  const units = typeof trades === 'number' ? trades : 0;
  const paid = paidBy(agent, outcome);
  const won = units === 0 ? '' : side === 'buy' ? 'bought' : 'sold';
  return { won, paid, gain: units * value - paid };
}

const market: Pick<Game, 'mechanism' | 'answering' | 'said' | 'got' | 'measure' | 'axis'> = {
  mechanism: 'market/call',
  answering: {
    kind: 'amount',
    label: 'Your price',
    message: (price, { side = 'buy' }) => ({ side, price }),
  },
  said: numberIn('price'),
  got: traded,
  measure: 'gains',
  axis: 'price named',
};

/** One buys and the next sells, with values and costs that are uniform. */
const dealSides: Game['deal'] = (agents, random) => ({
  settings: { k: 0.5 },
  hands: random
    .shuffled(agents.map((_, place) => (place % 2 === 0 ? ('buy' as const) : ('sell' as const))))
    .map((side) => ({
      side,
      value: random.below(most + 1),
    })),
});

const truly = ({ side = 'buy', value = 0 }: Hand): AnyRecord => ({ side, price: value });

const marketRule =
  'Half of you buy one unit and half sell one. Buyers name the most they pay, sellers the least they take, unseen. Then all trade that can, at one price that clears the market.';

const call: Game = {
  ...market,
  title: 'The market',
  rule: marketRule,
  grouping: 'all',
  deal: dealSides,
  theory: {
    words: 'in a market of many, about your value or your cost (Rustichini, Satterthwaite and Williams 1994)',
    is: 'truth',
    report: truly,
  },
};

export const doubleAuction: Experiment = {
  id: 'double-auction',
  title: 'The double auction',
  about:
    'The whole class is one market. The price comes out where supply meets demand, though nobody knows the curves (Smith 1962).',
  size: 0,
  told: 'What a unit is worth to you, or costs you',
  games: [call, { ...call, title: 'The market, once more' }],
};

export const bargaining: Experiment = {
  id: 'bargaining',
  title: 'Bargaining in pairs',
  about:
    'One buys, one sells, and neither knows what the other can pay or take. Some trades that would be good for both are lost.',
  size: 2,
  told: 'What it is worth to you, or costs you',
  games: [
    {
      ...market,
      title: 'Split the difference',
      rule: 'You are two: one buys, one sells. Each names a price, unseen. Where the buyer names at least as much as the seller, you trade at the middle of both.',
      grouping: 'pairs',
      deal: dealSides,
      theory: {
        words: 'buyers name ⅔ of their value + 8⅓, sellers ⅔ of their cost + 25 (Chatterjee and Samuelson 1983)',
        report: ({ side = 'buy', value = 0 }) => ({ side, price: bargainingOffer(side, value, most) }),
        mean: () => meanBargain(most),
      },
    },
  ],
};
