import type { Random } from '@mechane/core';
import { type AnyRecord, isRecord } from '../../live/records.ts';
import type { Ending, Experiment, Game, Got, Hand } from '../game.ts';

/** The points of the first choice, of the second, and so on. */
function pointsOf(choices: readonly string[]): Readonly<Record<string, number>> {
  const { length } = choices;
  return Object.fromEntries(choices.map((choice, place) => [choice, Math.round((100 * (length - place)) / length)]));
}

/** What somebody truly likes, the best first. */
export function trueRanking({ worth = {} }: Hand): readonly string[] {
  return Object.keys(worth).sort((one, other) => (worth[other] ?? 0) - (worth[one] ?? 0));
}

function rankedIn({ ranking }: AnyRecord): string | undefined {
  return Array.isArray(ranking) ? ranking.join(' > ') : undefined;
}

function gotOf(hand: Hand, got: string | undefined): Got {
  return { won: got ?? '', paid: 0, gain: got === undefined ? 0 : (hand.worth?.[got] ?? 0) };
}

const ranked: Pick<Game, 'said' | 'measure' | 'axis'> = { said: rankedIn, measure: 'gains', axis: 'ranking' };

// Schools

const schools = ['School A', 'School B', 'School C'];

/** What a student likes, the best first: half of them are after the school that is in fashion. */
function schoolsLiked(inFashion: string, random: Random): readonly string[] {
  const own = random.shuffled(schools);
  return random.below(2) === 0 ? own : [inFashion, ...own.filter((school) => school !== inFashion)];
}

/** Students like schools by chance, and schools have lists of students. */
function dealSchools(agents: readonly string[], random: Random): ReturnType<Game['deal']> {
  const lists = schools.map((school) => [school, random.shuffled(agents)] as const);
  const [inFashion = ''] = random.shuffled(schools);
  const capacity = Math.max(1, Math.floor(agents.length / schools.length));
  return {
    settings: {},
    hands: agents.map((agent) => ({
      worth: pointsOf(schoolsLiked(inFashion, random)),
      standing: Object.fromEntries(lists.map(([school, list]) => [school, list.indexOf(agent) + 1])),
    })),
    others: lists.map(([school, ranking]) => [school, { side: 'receiving', ranking, capacity }]),
  };
}

function schoolOf({ agent, hand, outcome }: Ending): Got {
  const matches = isRecord(outcome.matches) ? outcome.matches[agent] : undefined;
  return gotOf(hand, Array.isArray(matches) ? (matches[0] as string | undefined) : undefined);
}

const school: Pick<Game, 'grouping' | 'answering' | 'deal' | 'got'> = {
  grouping: 'groups',
  answering: {
    kind: 'ranking',
    label: 'Schools that you would go to, the best first; you may leave some out',
    message: (ranking) => ({ side: 'proposing', ranking }),
  },
  deal: dealSchools,
  got: schoolOf,
};

const sayTrulyWhatOneLikes = (hand: Hand): AnyRecord => ({ side: 'proposing', ranking: trueRanking(hand) });

export const schoolChoice: Experiment = {
  id: 'school-choice',
  title: 'School choice that can be gamed',
  about:
    'Where places are given for good in the first round, who asks for a popular school in vain finds the next one full. Where they are held until all have asked, truth is best. Boston went from the first rule to the second in 2005.',
  size: 6,
  told: 'What each school is worth to you',
  games: [
    {
      ...ranked,
      ...school,
      title: 'First choices first',
      mechanism: 'matching/boston',
      rule: 'All ask for the first school on their list. Each school gives its places, for good, to those who are best on its own list. Who has none asks for the second on the list, if it has places left; and so on.',
      theory: {
        words:
          'truth may cost the second choice, too: it pays to ask first for a school that will have you (Abdulkadiroğlu and Sönmez 2003; Ergin and Sönmez 2006)',
        is: 'truth',
        report: sayTrulyWhatOneLikes,
      },
    },
    {
      ...ranked,
      ...school,
      title: 'Students propose',
      mechanism: 'matching/deferred-acceptance',
      rule: 'You ask for a place down the list that you hand in. Schools hold those who are best on their lists, and turn down the others, who ask the next on theirs.',
      theory: {
        words: 'list all schools truly (Dubins and Freedman 1981; Roth 1982)',
        report: sayTrulyWhatOneLikes,
      },
    },
  ],
};

// Rooms

function roomsFor(n: number): readonly string[] {
  return Array.from({ length: n }, (_, place) => `Room ${place + 1}`);
}

/** Everybody has a room, and likes rooms by chance. */
const dealRooms: Game['deal'] = (agents, random) => {
  const rooms = roomsFor(agents.length);
  return {
    settings: {},
    hands: agents.map((_, place) => ({ owns: rooms[place] as string, worth: pointsOf(random.shuffled(rooms)) })),
  };
};

function roomOf({ agent, hand, outcome }: Ending): Got {
  const room = isRecord(outcome.allocation) ? outcome.allocation[agent] : undefined;
  return gotOf(hand, typeof room === 'string' ? room : undefined);
}

const room: Pick<Game, 'grouping' | 'got'> = { grouping: 'groups', got: roomOf };

export const roomSwap: Experiment = {
  id: 'rooms',
  title: 'Rooms: by lot, or by trading cycles',
  about:
    'Everybody has a room. Who gives it up for a lottery may end with a worse one; along trading cycles, nobody does, and truth is best under both.',
  size: 5,
  told: 'What each room is worth to you',
  games: [
    {
      ...ranked,
      ...room,
      title: 'By lot',
      mechanism: 'matching/serial-dictatorship',
      rule: 'All rooms of your group go into a pool, yours too. One after the other, in an order drawn by lot, you take the best room on your list that is left.',
      answering: {
        kind: 'ranking',
        label: 'Rooms that you would take, the best first',
        message: (ranking) => ({ ranking }),
      },
      deal: (agents, random) => ({
        ...dealRooms(agents, random),
        settings: { items: roomsFor(agents.length), order: random.shuffled(agents) },
      }),
      theory: {
        words: 'list all rooms truly (Svensson 1999)',
        report: (hand) => ({ ranking: trueRanking(hand) }),
      },
    },
    {
      ...ranked,
      ...room,
      title: 'By trading cycles',
      mechanism: 'matching/top-trading-cycles',
      rule: 'You keep your room unless you trade it. All point at the owner of the best room on their list that is left; who points in a circle, trades.',
      answering: {
        kind: 'ranking',
        label: 'Rooms that you would rather have, the best first',
        message: (ranking, { owns = '' }) => ({ owns, ranking }),
      },
      deal: dealRooms,
      theory: {
        words: 'list all rooms that you like better truly (Roth 1982)',
        report: (hand) => ({ owns: hand.owns ?? '', ranking: trueRanking(hand) }),
      },
    },
  ],
};
