import { type CommonValue, commonValueBid, meanOfPlaces, payAsBid } from '../equilibria.ts';
import { type Experiment, type Game, most } from '../game.ts';
import { fallingClock, firstPrice, itemGot, paidBy, risingClock, secondPrice } from '../single-item.ts';

const ownValue = 'What it is worth to you';

export const firstAgainstSecond: Experiment = {
  id: 'first-second',
  title: 'First price against second price',
  about:
    'The same values sold by two rules: people shade their bids in one and not in the other, and the seller gets about the same.',
  size: 4,
  told: ownValue,
  games: [firstPrice, secondPrice],
};

export const englishAgainstSealed: Experiment = {
  id: 'english-sealed',
  title: 'English clock against sealed second price',
  about:
    'Two rules with the same best play. People find it at once where a price rises, and bid too much where they bid unseen.',
  size: 4,
  told: ownValue,
  games: [risingClock, secondPrice],
};

export const dutchAgainstFirst: Experiment = {
  id: 'dutch-first',
  title: 'Dutch clock against first price',
  about: 'Two rules that are the same game on paper. Is a price that falls the same to people?',
  size: 4,
  told: ownValue,
  games: [fallingClock, firstPrice],
};

/** A common value, and how far one's own signal may be from it. */
const chest: CommonValue = { low: 50, high: 250, noise: 20 };

const commonValue: Game = {
  ...firstPrice,
  title: 'A chest of coins',
  rule: `A chest is sold in your group. It is worth the same to all of you, from ${chest.low} to ${chest.high}, and nobody knows how much: each has a guess of its own, off by ${chest.noise} at most. The highest bid gets it, and pays what it bid.`,
  deal(agents, random) {
    const truth = chest.low + random.below(chest.high - chest.low + 1);
    const guess = (): number => truth - chest.noise + random.below(2 * chest.noise + 1);
    return { settings: { breakTie: 'lot' }, truth, hands: agents.map(() => ({ value: guess() })) };
  },
  got: itemGot,
  range: [chest.low - chest.noise, chest.high + chest.noise],
  theory: {
    words: `bid your guess less about ${chest.noise}: who wins had the highest guess of all (Wilson 1977; Kagel and Levin 1986)`,
    report({ value = 0, n }) {
      const bid = commonValueBid(value, n, chest);
      return bid === undefined ? undefined : { bid: Math.max(0, bid) };
    },
  },
};

export const winnersCurse: Experiment = {
  id: 'winners-curse',
  title: 'The winner’s curse',
  about:
    'A thing of the same unknown worth to all: who guesses highest wins, and most often pays too much. Played twice, it is learnt.',
  size: 5,
  told: 'Your guess of its worth',
  games: [commonValue, { ...commonValue, title: 'Another chest of coins' }],
};

/** So many of a group find a place on the bridge. */
function placesFor(n: number): number {
  return Math.max(1, Math.floor(n / 2));
}

const bridge: Pick<Game, 'grouping' | 'answering' | 'deal' | 'said' | 'got' | 'measure' | 'axis'> = {
  grouping: 'groups',
  answering: { kind: 'amount', label: 'Your bid for a place', message: (bid) => ({ bids: [bid] }) },
  deal: (agents, random) => ({
    settings: { units: placesFor(agents.length), breakTie: 'lot' },
    hands: agents.map(() => ({ value: random.below(most + 1) })),
  }),
  said: ({ bids }) => (Array.isArray(bids) && typeof bids[0] === 'number' ? bids[0] : undefined),
  got({ agent, hand: { value = 0 }, outcome }) {
    const isOver = Number((outcome.allocation as Readonly<Record<string, unknown>>)[agent] ?? 0) > 0;
    const paid = paidBy(agent, outcome);
    return { won: isOver ? 'a place' : '', paid, gain: (isOver ? value : 0) - paid };
  },
  measure: 'revenue',
  axis: 'bid for a place',
};

export const congestion: Experiment = {
  id: 'congestion',
  title: 'Congestion: a toll for the bridge',
  about:
    'Half of those who want to cross find a place. Everybody pays what it bids, or all pay one toll: who is in a hurry says so only under one of them.',
  size: 6,
  told: 'What crossing now is worth to you',
  games: [
    {
      ...bridge,
      title: 'Pay as you bid',
      mechanism: 'auction-sealed/pay-as-bid',
      rule: 'The bridge takes half of your group. The highest bids get a place, and each pays what it bid.',
      theory: {
        words:
          'bid what the last place is worth to the others, on average, if it is less than yours (Vickrey 1962; Weber 1983)',
        report: ({ value = 0, n }) => ({ bids: [payAsBid(value, n, placesFor(n), most)] }),
        mean: (n) => meanOfPlaces(n, placesFor(n), most),
      },
    },
    {
      ...bridge,
      title: 'One toll for all',
      mechanism: 'auction-sealed/uniform-price',
      rule: 'The bridge takes half of your group. The highest bids get a place, and all pay the same toll: the highest bid that got none.',
      theory: {
        words: 'bid your value (Vickrey 1962)',
        report: ({ value = 0 }) => ({ bids: [value] }),
        mean: (n) => meanOfPlaces(n, placesFor(n), most),
      },
    },
  ],
};
