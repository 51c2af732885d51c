import { cells, ofThree, type Pair, type PublishedGame, ruled } from './published-game.ts';

const two = (one: string, other: string): readonly [readonly string[], readonly string[]] => [
  [one, other],
  [one, other],
];

/** Games that are tables of payoffs. */
export const tables: readonly PublishedGame[] = [
  cells('Prisoners’ dilemma', 'Luce and Raiffa 1957, Games and Decisions, section 5.4', two('silent', 'confess'), [
    [
      [-1, -1],
      [-10, 0],
    ],
    [
      [0, -10],
      [-8, -8],
    ],
  ]),
  cells('Battle of the sexes', 'Luce and Raiffa 1957, section 5.3', two('fight', 'ballet'), [
    [
      [2, 1],
      [-1, -1],
    ],
    [
      [-1, -1],
      [1, 2],
    ],
  ]),
  cells('Chicken', 'Aumann 1974, Journal of Mathematical Economics 1', two('dare', 'swerve'), [
    [
      [0, 0],
      [7, 2],
    ],
    [
      [2, 7],
      [6, 6],
    ],
  ]),
  cells('Stag hunt', 'Rousseau 1755; Skyrms 2004', two('stag', 'hare'), [
    [
      [4, 4],
      [0, 3],
    ],
    [
      [3, 0],
      [3, 3],
    ],
  ]),
  cells('Hawk and dove', 'Maynard Smith and Price 1973, Nature 246, with V = 2 and C = 4', two('hawk', 'dove'), [
    [
      [-1, -1],
      [2, 0],
    ],
    [
      [0, 2],
      [1, 1],
    ],
  ]),
  cells('Matching pennies', 'von Neumann 1928, Mathematische Annalen 100', two('heads', 'tails'), [
    [
      [1, -1],
      [-1, 1],
    ],
    [
      [-1, 1],
      [1, -1],
    ],
  ]),
  ruled(
    'Rock, paper, scissors',
    'von Neumann 1928',
    ['rock', 'paper', 'scissors'],
    (mine, theirs) => [0, 1, -1][(mine - theirs + 3) % 3] ?? 0,
  ),
  cells(
    'Three equilibria, two of them mixed',
    'von Stengel 2002, Handbook of Game Theory 3, example 2.1',
    [
      ['T', 'M', 'B'],
      ['l', 'r'],
    ],
    [
      [
        [3, 3],
        [3, 2],
      ],
      [
        [2, 2],
        [5, 6],
      ],
      [
        [0, 3],
        [6, 1],
      ],
    ],
  ),
  cells(
    'A cycle of learning',
    'Shapley 1964, Some topics in two-person games',
    [
      ['T', 'M', 'B'],
      ['l', 'c', 'r'],
    ],
    [
      [
        [1, 0],
        [0, 0],
        [0, 1],
      ],
      [
        [0, 1],
        [1, 0],
        [0, 0],
      ],
      [
        [0, 0],
        [0, 1],
        [1, 0],
      ],
    ],
  ),
  cells(
    'Correlation beyond the hull',
    'Moulin and Vial 1978, International Journal of Game Theory 7',
    [
      ['T', 'M', 'B'],
      ['l', 'c', 'r'],
    ],
    [
      [
        [2, 1],
        [1, 2],
        [0, 0],
      ],
      [
        [0, 0],
        [2, 1],
        [1, 2],
      ],
      [
        [1, 2],
        [0, 0],
        [2, 1],
      ],
    ],
  ),
  cells(
    'Inspection',
    'Dresher 1962; Avenhaus, von Stengel and Zamir 2002',
    [
      ['comply', 'cheat'],
      ['trust', 'inspect'],
    ],
    [
      [
        [0, 0],
        [0, -1],
      ],
      [
        [1, -2],
        [-3, -0.5],
      ],
    ],
    ['inspectee', 'inspector'],
  ),
  cells('Pure coordination', 'Schelling 1960, The Strategy of Conflict', two('left', 'right'), [
    [
      [1, 1],
      [0, 0],
    ],
    [
      [0, 0],
      [1, 1],
    ],
  ]),
  cells('Deadlock', 'Rapoport, Guyer and Gordon 1976, The 2 × 2 Game, number 9', two('cooperate', 'defect'), [
    [
      [1, 1],
      [0, 3],
    ],
    [
      [3, 0],
      [2, 2],
    ],
  ]),
  cells(
    'Penalty kick',
    'Palacios-Huerta 2003, Review of Economic Studies 70, scoring rates in percent',
    two('left', 'right'),
    [
      [
        [58.3, 41.7],
        [94.97, 5.03],
      ],
      [
        [92.91, 7.09],
        [69.92, 30.08],
      ],
    ],
    ['kicker', 'goalkeeper'],
  ),
  cells(
    'A dominated road',
    'Fudenberg and Tirole 1991, figure 1.1',
    [
      ['U', 'M', 'D'],
      ['L', 'M', 'R'],
    ],
    [
      [
        [4, 3],
        [5, 1],
        [6, 2],
      ],
      [
        [2, 1],
        [8, 4],
        [3, 6],
      ],
      [
        [3, 0],
        [9, 6],
        [2, 8],
      ],
    ],
  ),
  cells('Trembling hand', 'Myerson 1978, International Journal of Game Theory 7, figure 1', two('α', 'β'), [
    [
      [1, 1],
      [0, 0],
    ],
    [
      [0, 0],
      [0, 0],
    ],
  ]),
  cells(
    'Proper, not only perfect',
    'Myerson 1978, figure 2',
    [
      ['α', 'β', 'γ'],
      ['α', 'β', 'γ'],
    ],
    [
      [
        [1, 1],
        [0, 0],
        [-9, -9],
      ],
      [
        [0, 0],
        [0, 0],
        [-7, -7],
      ],
      [
        [-9, -9],
        [-7, -7],
        [-7, -7],
      ],
    ],
  ),
  cells(
    'Commitment pays',
    'von Stengel and Zamir 2010, Games and Economic Behavior 69',
    [
      ['T', 'B'],
      ['l', 'r'],
    ],
    [
      [
        [2, 1],
        [4, 0],
      ],
      [
        [1, 0],
        [3, 1],
      ],
    ],
  ),
  ruled(
    'Traveller’s dilemma, 2 to 7',
    'Basu 1994, American Economic Review 84',
    [2, 3, 4, 5, 6, 7],
    (mine, theirs) => Math.min(mine, theirs) + 2 + Math.sign(theirs - mine) * 2,
  ),
  ruled(
    'Money request, 11 to 20',
    'Arad and Rubinstein 2012, American Economic Review 102',
    [11, 12, 13, 14, 15, 16, 17, 18, 19, 20],
    (mine, theirs) => mine + 11 + (mine === theirs - 1 ? 20 : 0),
  ),
  ruled(
    'Nash’s demand game for ten',
    'Nash 1953, Econometrica 21',
    [0, 2, 4, 5, 6, 8, 10],
    (mine, theirs) =>
      ([0, 2, 4, 5, 6, 8, 10][mine] as number) *
      Number(([0, 2, 4, 5, 6, 8, 10][mine] as number) + ([0, 2, 4, 5, 6, 8, 10][theirs] as number) <= 10),
  ),
  ruled(
    'Cournot with ten units of demand',
    'Cournot 1838, in whole units at a cost of 1',
    [0, 1, 2, 3, 4, 5],
    (mine, theirs) => mine * (10 - mine - theirs - 1),
  ),
  ruled(
    'Bertrand in whole prices',
    'Bertrand 1883; four buyers, a cost of 1',
    [1, 2, 3, 4, 5],
    (mine, theirs) => mine * (mine < theirs ? 4 : mine === theirs ? 2 : 0),
  ),
  cells(
    'Colonel Blotto, four against three',
    'Karlin 1959, Mathematical Methods and Theory in Games 1; two posts, the value is 14/9',
    [
      ['4-0', '0-4', '3-1', '1-3', '2-2'],
      ['3-0', '0-3', '2-1', '1-2'],
    ],
    [
      [4, 0, 2, 1],
      [0, 4, 1, 2],
      [1, -1, 3, 0],
      [-1, 1, 0, 3],
      [-2, -2, 2, 2],
    ].map((row) => row.map((won): Pair => [won, -won])),
  ),
  ruled('War of attrition, to 3', 'Maynard Smith 1974; a prize of 3', [0, 1, 2, 3], (mine, theirs) =>
    mine > theirs ? 3 - theirs : mine === theirs ? 1.5 - mine : -mine,
  ),
  ruled(
    'Minimum effort',
    'Van Huyck, Battalio and Beil 1990, American Economic Review 80',
    [1, 2, 3, 4, 5, 6, 7],
    (mine, theirs) => 0.6 + 0.2 * Math.min(mine + 1, theirs + 1) - 0.1 * (mine + 1),
  ),
  ofThree('Three pennies', 'Jordan 1993, Games and Economic Behavior 5', ['heads', 'tails'], (player, profile) => {
    const same = profile[player] === profile[(player + 1) % 3];
    return (player === 2 ? !same : same) ? 1 : -1;
  }),
  ofThree('El Farol for three', 'Arthur 1994, American Economic Review 84', ['go', 'stay'], (player, profile) =>
    profile[player] === 1 ? 0 : profile.filter((choice) => choice === 0).length <= 2 ? 1 : -1,
  ),
  ofThree(
    'Volunteer’s dilemma',
    'Diekmann 1985, Journal of Conflict Resolution 29; a benefit of 2 at a cost of 1',
    ['volunteer', 'wait'],
    (player, profile) => (profile.includes(0) ? 2 : 0) - (profile[player] === 0 ? 1 : 0),
  ),
  ofThree(
    'Public good',
    'Isaac and Walker 1988, Quarterly Journal of Economics 103; a return of a half',
    ['give', 'keep'],
    (player, profile) => profile.filter((choice) => choice === 0).length * 0.5 + (profile[player] === 1 ? 1 : 0),
  ),
  ofThree(
    'Majority vote with a veto',
    'Shapley and Shubik 1954; the first must be among two',
    ['yes', 'no'],
    (_, [one, other, third]) => Number(one === 0 && (other === 0 || third === 0)),
  ),
];
