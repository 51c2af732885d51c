import { type AnyRecord, isRecord } from '../../live/records.ts';
import type { Experiment, Game } from '../game.ts';
import { paidBy } from '../single-item.ts';

const build = 'build';
const wait = 'wait';

/** What the park is worth to each, less its share of the cost: to two thirds a little less than nothing, to the rest much. */
const dealWorth: Game['deal'] = (agents, random) => ({
  settings: {},
  hands: agents.map(() => ({ value: random.below(3) === 0 ? 20 + random.below(81) : -1 - random.below(30) })),
});

const park: Pick<Game, 'grouping' | 'measure' | 'range'> = { grouping: 'groups', measure: 'gains', range: [-30, 100] };

/** Who wants it, in a vote of 0 and 1. */
const vote = (isFor: boolean): AnyRecord => ({ peak: isFor ? 1 : 0 });

export const publicGood: Experiment = {
  id: 'public-good',
  title: 'A public good, with and without a pivot',
  about:
    'A few want a park much, most mildly not. A vote counts heads and loses what the few would gain; the pivot has whoever turns the choice pay for it.',
  size: 5,
  told: 'What the park is worth to you, less your share of its cost',
  games: [
    {
      ...park,
      title: 'A vote',
      mechanism: 'public-choice/median',
      rule: 'Your group builds a park if more than half of you vote for it. Below 0, you would rather it were not built.',
      answering: {
        kind: 'words',
        words: [
          { label: 'Build it', message: vote(true) },
          { label: 'Do not', message: vote(false) },
        ],
      },
      deal: dealWorth,
      said: ({ peak }) => (typeof peak === 'number' ? peak : undefined),
      got({ hand: { value = 0 }, outcome }) {
        const isBuilt = outcome.location === 1;
        return { won: isBuilt ? 'the park' : '', paid: 0, gain: isBuilt ? value : 0 };
      },
      axis: 'vote: 1 is for it',
      theory: {
        words: 'vote for it where it is worth more than 0 to you (Moulin 1980)',
        report: ({ value = 0 }) => vote(value > 0),
      },
    },
    {
      ...park,
      title: 'The pivot',
      mechanism: 'public-choice/groves',
      rule: 'Say what the park is worth to you; below 0 is allowed. It is built if the sum is above 0. Who turns the choice pays what the others lose by that.',
      answering: {
        kind: 'amount',
        label: 'What it is worth to you',
        isSigned: true,
        message: (worth) => ({ values: { [build]: worth } }),
      },
      deal: (agents, random) => ({ ...dealWorth(agents, random), settings: { alternatives: [wait, build] } }),
      said: ({ values }) => (isRecord(values) && typeof values[build] === 'number' ? values[build] : undefined),
      got({ agent, hand: { value = 0 }, outcome }) {
        const isBuilt = outcome.chosen === build;
        const paid = paidBy(agent, outcome);
        return { won: isBuilt ? 'the park' : '', paid, gain: (isBuilt ? value : 0) - paid };
      },
      axis: 'worth said',
      theory: {
        words: 'say what it is worth to you (Clarke 1971; Groves 1973)',
        report: ({ value = 0 }) => ({ values: { [build]: value } }),
      },
    },
  ],
};
