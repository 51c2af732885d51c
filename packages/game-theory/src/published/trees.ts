import { extensiveGame } from '../extensive-form/describe-tree.ts';
import { kuhnPoker } from '../extensive-form/kuhn-poker.ts';
import { seltensHorse } from '../extensive-form/seltens-horse.ts';
import { strippedDownPoker } from '../extensive-form/stripped-down-poker.ts';
import { ends, move } from '../extensive-form/tree-description.ts';
import { type PublishedGame, tree } from './published-game.ts';

/** Games that are trees. */
export const trees: readonly PublishedGame[] = [
  tree('Kuhn’s poker', 'Kuhn 1950, A simplified two-person poker', () => kuhnPoker()),
  tree('Selten’s horse', 'Selten 1975, International Journal of Game Theory 4, figure 1', seltensHorse),
  tree('Stripped-down poker', 'Reiley, Urbancic and Walker 2008, Journal of Economic Education 39', strippedDownPoker),
  tree('Centipede of four legs', 'Rosenthal 1981; McKelvey and Palfrey 1992, Econometrica 60', () =>
    extensiveGame({
      title: 'Centipede',
      players: ['1', '2'],
      root: move('1', 'a', [
        ['take', ends(0.4, 0.1)],
        [
          'pass',
          move('2', 'b', [
            ['take', ends(0.2, 0.8)],
            [
              'pass',
              move('1', 'c', [
                ['take', ends(1.6, 0.4)],
                [
                  'pass',
                  move('2', 'd', [
                    ['take', ends(0.8, 3.2)],
                    ['pass', ends(6.4, 1.6)],
                  ]),
                ],
              ]),
            ],
          ]),
        ],
      ]),
    }),
  ),
  tree('Chain store, one market', 'Selten 1978, Theory and Decision 9', () =>
    extensiveGame({
      title: 'Chain store',
      players: ['entrant', 'store'],
      root: move('entrant', 'enter?', [
        ['out', ends(1, 5)],
        [
          'in',
          move('store', 'fight?', [
            ['share', ends(2, 2)],
            ['fight', ends(0, 0)],
          ]),
        ],
      ]),
    }),
  ),
  tree('Ultimatum, in steps of a half', 'Güth, Schmittberger and Schwarze 1982', () =>
    extensiveGame({
      title: 'Ultimatum',
      players: ['proposer', 'responder'],
      root: move(
        'proposer',
        'offer',
        [0, 1, 2].map((offer) => [
          `offer ${offer}`,
          move('responder', `offered ${offer}`, [
            ['accept', ends(2 - offer, offer)],
            ['refuse', ends(0, 0)],
          ]),
        ]),
      ),
    }),
  ),
  tree('Trust', 'Kreps 1990, Corporate culture and economic theory', () =>
    extensiveGame({
      title: 'Trust',
      players: ['truster', 'trustee'],
      root: move('truster', 'trust?', [
        ['keep', ends(0, 0)],
        [
          'trust',
          move('trustee', 'honour?', [
            ['honour', ends(10, 10)],
            ['abuse', ends(-5, 15)],
          ]),
        ],
      ]),
    }),
  ),
  tree('Forward induction', 'Kohlberg and Mertens 1986, Econometrica 54, figure 9', () =>
    extensiveGame({
      title: 'An outside option before a battle of the sexes',
      players: ['1', '2'],
      root: move('1', 'in?', [
        ['out', ends(2, 2)],
        [
          'in',
          move('1', 'what', [
            [
              'T',
              move('2', 'where', [
                ['L', ends(3, 1)],
                ['R', ends(0, 0)],
              ]),
            ],
            [
              'B',
              move('2', 'where', [
                ['L', ends(0, 0)],
                ['R', ends(1, 3)],
              ]),
            ],
          ]),
        ],
      ]),
    }),
  ),
  tree('Burning money', 'Ben-Porath and Dekel 1992, Journal of Economic Theory 57', () =>
    extensiveGame({
      title: 'Burning money',
      players: ['1', '2'],
      root: move(
        '1',
        'burn?',
        [0, 1].map((burnt) => [
          burnt ? 'burn' : 'keep',
          move('1', `what after ${burnt}`, [
            [
              'U',
              move('2', `where after ${burnt}`, [
                ['L', ends(4 - burnt, 1)],
                ['R', ends(-burnt, 0)],
              ]),
            ],
            [
              'D',
              move('2', `where after ${burnt}`, [
                ['L', ends(-burnt, 0)],
                ['R', ends(1 - burnt, 4)],
              ]),
            ],
          ]),
        ]),
      ),
    }),
  ),
];
