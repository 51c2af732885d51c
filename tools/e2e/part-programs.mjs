/** @typedef {import('./page-programs.mjs').PageProgram} PageProgram */

/**
 * What is played in a browser with a part of a package: nothing of the rest is to come with it, least of all a solver.
 *
 * @typedef {PageProgram & { part: string, says: string }} PartProgram of which export, and what its README says before its size
 */

const chicken = `const settings = { strategies: { ann: ['dare', 'swerve'], bob: ['dare', 'swerve'] } };
const reports = { ann: { payoffs: [[0, 7], [2, 6]] }, bob: { payoffs: [[0, 2], [7, 6]] } };
const { outcome } = mechane.run('game-theory/mediator', { settings, reports, seed: 1 });
return JSON.stringify(outcome.distribution.map(({ probability }) => probability));`;

/** @type {readonly PartProgram[]} */
export const partPrograms = [
  {
    name: '@mechane/auction-sealed',
    ...mechanism('secondPrice', '@mechane/auction-sealed'),
    body: `${inUse('secondPrice')}
const { winner, payment } = mechane.run('auction-sealed/second-price', { reports: { ann: { bid: 3 }, bob: { bid: 7 } } }).outcome;
return winner + ' wins and pays ' + payment;`,
    known: 'bob wins and pays 3',
    source: 'Vickrey 1961',
  },
  {
    name: '@mechane/auction-combinatorial',
    ...mechanism('coreSelecting', '@mechane/auction-combinatorial'),
    body: `${inUse('coreSelecting')}
const reports = {
  ann: { xor: [{ bundle: ['A'], value: 28 }] },
  bob: { xor: [{ bundle: ['B'], value: 20 }] },
  cat: { xor: [{ bundle: ['A', 'B'], value: 32 }] },
};
const { payments } = mechane.run('auction-combinatorial/core-selecting', { settings: { goods: ['A', 'B'] }, reports }).outcome;
return JSON.stringify(payments);`,
    known: '{"ann":20,"bob":12,"cat":0}',
    source: 'Day and Cramton 2012',
  },
  {
    name: '@mechane/market',
    part: 'createOrderBook',
    says: '`createOrderBook` of `@mechane/market/order-book`',
    imports: "import { createOrderBook } from '@mechane/market/order-book';",
    body: `const book = createOrderBook();
book.submit({ type: 'limit', side: 'sell', price: 101, quantity: 4, owner: 'ann' });
book.submit({ type: 'limit', side: 'sell', price: 100, quantity: 3, owner: 'bob' });
const { trades } = book.submit({ type: 'limit', side: 'buy', price: 101, quantity: 5, owner: 'eve' });
return trades.map(({ seller, price, quantity }) => seller + ' ' + quantity + ' at ' + price).join(', ');`,
    known: 'bob 3 at 100, ann 2 at 101',
    source: 'price before time, at the price of the order that rests',
  },
  {
    name: '@mechane/market',
    ...mechanism('call', '@mechane/market/call-markets'),
    body: `${inUse('call')}
const reports = { ann: { side: 'buy', price: 9 }, bob: { side: 'sell', price: 4 } };
return 'cleared at ' + mechane.run('market/call', { reports }).outcome.clearingPrice;`,
    known: 'cleared at 6.5',
    source: 'half way between 4 and 9',
  },
  {
    name: '@mechane/market',
    ...mechanism('fisher', '@mechane/market/economies'),
    body: `${inUse('fisher')}
const utility = { kind: 'cobb-douglas', weights: { x: 1, y: 3 } };
const settings = { goods: { x: 1, y: 1 } };
const { prices } = mechane.run('market/fisher', { settings, reports: { ann: { budget: 4, utility } } }).outcome;
// Browsers differ in the last place of logarithms.
return Object.values(prices).map((price) => price.toFixed(9)).join(' ');`,
    known: '1.000000000 3.000000000',
    source: 'Cobb and Douglas 1928: shares of the budget are the weights',
  },
  {
    name: '@mechane/matching',
    ...mechanism('deferredAcceptance', '@mechane/matching'),
    body: `${inUse('deferredAcceptance')}
const reports = {
  ann: { side: 'proposing', ranking: ['x', 'y'] },
  bob: { side: 'proposing', ranking: ['x'] },
  x: { side: 'receiving', ranking: ['bob', 'ann'] },
  y: { side: 'receiving', ranking: ['ann'] },
};
return JSON.stringify(mechane.run('matching/deferred-acceptance', { reports }).outcome.matches);`,
    known: '{"ann":["y"],"bob":["x"],"x":["bob"],"y":["ann"]}',
    source: 'the only stable matching',
  },
  {
    name: '@mechane/public-choice',
    ...mechanism('median', '@mechane/public-choice'),
    body: `${inUse('median')}
const reports = { ann: { peak: 1 }, bob: { peak: 10 }, cat: { peak: 4 } };
return 'at ' + mechane.run('public-choice/median', { reports }).outcome.location;`,
    known: 'at 4',
    source: 'Moulin 1980',
  },
  {
    name: '@mechane/game-theory',
    ...mechanism('mediator', '@mechane/game-theory/mediator'),
    body: `${inUse('mediator')}\n${chicken}`,
    known: '[0.25,0.25,0.5]',
    source: 'Chicken, Aumann 1974',
  },
  {
    name: '@mechane/game-theory',
    part: 'extremePoints',
    says: '`extremePoints` of `@mechane/game-theory/tables`',
    imports: "import { extremePoints, readJsonGame } from '@mechane/game-theory/tables';",
    body: `const game = readJsonGame({ players: ['even', 'odd'], payoffs: [[[1, -1], [-1, 1]], [[-1, 1], [1, -1]]] });
return extremePoints(game).now().results.map(({ profile }) => String(profile)).join(' ');`,
    known: '1/2,1/2,1/2,1/2',
    source: 'Matching Pennies',
  },
  {
    name: '@mechane/game-theory',
    part: 'backwardInduction',
    says: '`backwardInduction` of `@mechane/game-theory/trees`',
    imports: "import { backwardInduction, ends, extensiveGame, move } from '@mechane/game-theory/trees';",
    body: `const answer = move('owner', 'entered', [['fight', ends(-1, -1)], ['share', ends(1, 1)]]);
const root = move('entrant', '', [['out', ends(0, 2)], ['in', answer]]);
const game = extensiveGame({ players: ['entrant', 'owner'], root });
return backwardInduction(game).now().results.map(({ payoffs }) => payoffs.join()).join(' ');`,
    known: '1,1',
    source: 'the chain store in one town, Selten 1978',
  },
  {
    name: '@mechane/game-theory',
    part: 'shapleyValue',
    says: '`shapleyValue` of `@mechane/game-theory/coalitions`',
    imports: "import { CoalitionalGame, shapleyValue } from '@mechane/game-theory/coalitions';",
    body: `const worth = (members) => (members.includes('left') && members.length > 1 ? 1 : 0);
return shapleyValue(new CoalitionalGame(['left', 'right', 'also right'], worth)).join(' ');`,
    known: '2/3 1/6 1/6',
    source: 'the glove game, Shapley 1959',
  },
];

/**
 * A mechanism alone, with core to play it.
 *
 * @param {string} part
 * @param {string} entry
 */
function mechanism(part, entry) {
  return {
    part,
    says: entry.split('/').length === 2 ? `\`${part}\` with core` : `\`${part}\` of \`${entry}\` with core`,
    imports: `import { createMechane, definePlugin } from '@mechane/core';\nimport { ${part} } from '${entry}';`,
  };
}

/** @param {string} part */
function inUse(part) {
  return `const mechane = createMechane().use(definePlugin({ name: 'page', version: '1.0.0', mechanisms: [${part}] }));`;
}
