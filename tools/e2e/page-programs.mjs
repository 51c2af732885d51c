/** The whole package is taken, so that the size of its bundle is that of everything in it. */
const registered = `const mechane = createMechane();
for (const plugin of new Set(Object.values(played).filter(isPlugin))) mechane.use(plugin);`;

/**
 * What is played in a browser with a package: the body of a function that gives what came of it, and what that has to be.
 *
 * @typedef {{ name: string, imports: string, body: string, known: string, source: string, solver?: boolean }} PageProgram
 */

/** @type {readonly PageProgram[]} */
export const pagePrograms = [
  {
    name: '@mechane/core',
    imports: "import * as played from '@mechane/core';\nimport * as z from 'zod';",
    body: `globalThis.played = Object.values(played);
const { createMechane, definePlugin, directMechanism } = played;
const majority = directMechanism({
  id: 'page/majority',
  settings: z.strictObject({}),
  report: z.strictObject({ yes: z.boolean() }),
  decide: (reports) => ({ adopted: [...reports.values()].filter(({ yes }) => yes).length * 2 > reports.size }),
});
const mechane = createMechane().use(definePlugin({ name: 'page', version: '1.0.0', mechanisms: [majority] }));
const reports = { ann: { yes: true }, bob: { yes: true }, cat: { yes: false } };
return 'adopted: ' + mechane.run('page/majority', { reports }).outcome.adopted;`,
    known: 'adopted: true',
    source: 'two of three say yes',
  },
  {
    name: '@mechane/conformance',
    imports: `import { directMechanism, perAgent } from '@mechane/core';
import * as played from '@mechane/conformance';
import * as z from 'zod';`,
    body: `globalThis.played = Object.values(played);
const first = directMechanism({
  id: 'page/first-price',
  settings: z.strictObject({}),
  report: z.strictObject({ bid: z.number() }),
  decide(bids, { participants, tieOrder }) {
    const [winner = null] = [...bids.keys()].sort((a, b) => bids.get(b).bid - bids.get(a).bid || tieOrder(a, b));
    const payments = perAgent(participants, (agent) => (agent === winner ? bids.get(agent).bid : 0));
    return { winner, payment: winner === null ? 0 : bids.get(winner).bid, payments };
  },
  value: (agent, { bid }, { winner }) => (agent === winner ? bid : 0),
  claims: [{ law: 'strategy-proof', holds: true, because: 'a boast' }],
});
const { laws } = await played.verify(played.subject({ mechanism: first, domain: played.singleItem() }), { laws: ['strategy-proof'] });
return laws[0].law + ' ' + laws[0].verdict;`,
    known: 'strategy-proof refuted',
    source: 'whoever bids its value in a first-price auction gains nothing',
  },
  {
    name: '@mechane/auction-dutch',
    ...singleItem('@mechane/auction-dutch', 'auction-dutch/clock', { startingPrice: 9 }, 'threshold'),
    known: 'bob wins and pays 7',
    source: 'the first to stop the clock pays where it stands',
  },
  {
    name: '@mechane/auction-english',
    ...singleItem('@mechane/auction-english', 'auction-english/clock', { startingPrice: 0, increment: 1 }, 'value'),
    known: 'bob wins and pays 4',
    source: 'ann leaves when the price has passed 3',
  },
  {
    name: '@mechane/auction-sealed',
    ...singleItem('@mechane/auction-sealed', 'auction-sealed/second-price', {}, 'bid'),
    known: 'bob wins and pays 3',
    source: 'Vickrey 1961',
  },
  {
    name: '@mechane/auction-combinatorial',
    imports: plugged('@mechane/auction-combinatorial'),
    body: `${registered}
const settings = { goods: ['A', 'B'] };
const reports = {
  ann: { xor: [{ bundle: ['A'], value: 28 }] },
  bob: { xor: [{ bundle: ['B'], value: 20 }] },
  cat: { xor: [{ bundle: ['A', 'B'], value: 32 }] },
};
const paid = (id) => JSON.stringify(mechane.run(id, { settings, reports }).outcome.payments);
return paid('auction-combinatorial/vcg') + ' ' + paid('auction-combinatorial/core-selecting');`,
    known: '{"ann":12,"bob":4,"cat":0} {"ann":20,"bob":12,"cat":0}',
    source: 'Day and Cramton 2012',
  },
  {
    name: '@mechane/adaptive',
    imports: plugged('@mechane/adaptive'),
    body: `${registered}
const settings = { rounds: 2, initialPrice: 1 };
return JSON.stringify(mechane.run('adaptive/posted-price', { settings, reports: { ann: { value: 10 } } }).outcome.offers);`,
    known: '{"ann":[1,10]}',
    source: 'the best price for a single bid of 10 is 10',
  },
  {
    name: '@mechane/market',
    solver: true,
    imports: plugged('@mechane/market'),
    body: `${registered}
const reports = {
  ann: { side: 'buy', price: 9, quantity: 2 },
  bob: { side: 'sell', price: 4 },
  cat: { side: 'sell', price: 5, quantity: 3 },
};
const { trades, clearingInterval } = mechane.run('market/call', { reports }).outcome;
return JSON.stringify(trades) + ' at ' + clearingInterval;`,
    known: '{"ann":2,"bob":-1,"cat":-1} at 5,5',
    source: 'demand of 2 meets a supply of 1 at 4 and 3 at 5',
  },
  {
    name: '@mechane/matching',
    imports: plugged('@mechane/matching'),
    body: `${registered}
const proposing = { alpha: ['A', 'B', 'C'], beta: ['B', 'C', 'A'], gamma: ['C', 'A', 'B'] };
const receiving = { A: ['beta', 'gamma', 'alpha'], B: ['gamma', 'alpha', 'beta'], C: ['alpha', 'beta', 'gamma'] };
const side = (name, rankings) =>
  Object.entries(rankings).map(([agent, ranking]) => [agent, { side: name, ranking }]);
const reports = Object.fromEntries([...side('proposing', proposing), ...side('receiving', receiving)]);
const { matches } = mechane.run('matching/deferred-acceptance', { reports }).outcome;
return ['alpha', 'beta', 'gamma'].map((agent) => agent + ' ' + matches[agent]).join(', ');`,
    known: 'alpha A, beta B, gamma C',
    source: 'Gale and Shapley 1962, example 1',
  },
  {
    name: '@mechane/public-choice',
    imports: plugged('@mechane/public-choice'),
    body: `${registered}
const settings = { alternatives: ['build', 'wait'] };
const reports = {
  ann: { values: { build: 30 } },
  bob: { values: { wait: 20 } },
  cat: { values: { build: 5 } },
};
const { chosen, payments } = mechane.run('public-choice/groves', { settings, reports }).outcome;
return chosen + ' ' + JSON.stringify(payments);`,
    known: 'build {"ann":15,"bob":0,"cat":0}',
    source: 'Clarke 1971: the others lose 15 by what ann says',
  },
  {
    name: '@mechane/game-theory',
    solver: true,
    imports: plugged('@mechane/game-theory'),
    body: `${registered}
const settings = { strategies: { ann: ['dare', 'swerve'], bob: ['dare', 'swerve'] } };
const reports = { ann: { payoffs: [[0, 7], [2, 6]] }, bob: { payoffs: [[0, 2], [7, 6]] } };
const { outcome } = mechane.run('game-theory/mediator', { settings, reports, seed: 1 });
return JSON.stringify(outcome.distribution.map(({ probability }) => probability));`,
    known: '[0.25,0.25,0.5]',
    source: 'Chicken, Aumann 1974',
  },
  {
    name: '@mechane/numerics',
    imports: "import * as played from '@mechane/numerics';",
    body: `globalThis.played = Object.values(played);
const { Rational, solveExactly } = played;
const row = (relation, bound, ...coefficients) => ({ coefficients: coefficients.map(Rational.of), relation, bound: Rational.of(bound) });
const rows = [row('<=', 4, 2, -1, 2), row('<=', -5, 2, -3, 1), row('<=', -1, -1, 1, -2)];
const { value, primal } = solveExactly({ objective: [1, -1, 1].map((cost) => Rational.of(cost)), rows });
return value + ' at ' + primal.join(', ');`,
    known: '3/5 at 0, 14/5, 17/5',
    source: 'Chvátal 1983, page 39',
  },
  {
    name: '@mechane/packing',
    imports: "import * as played from '@mechane/packing';",
    body: `globalThis.played = Object.values(played);
const { solvePacking, packingOf, recheckBound } = played;
const packing = packingOf([28, 20, 32], [[0], [1], [0, 1]], [1, 1]);
const { selection, bound, proof } = solvePacking(packing);
return selection.sets.join(' and ') + ' are worth ' + bound + ', checked: ' + recheckBound(packing, bound, proof);`,
    known: '0 and 1 are worth 48, checked: bound',
    source: 'Day and Cramton 2012',
  },
  {
    name: '@mechane/plots',
    imports: "import * as played from '@mechane/plots';",
    body: `globalThis.played = Object.values(played);
const auction = { bids: { ann: 10, bob: 15, eve: 12 }, payments: { ann: 0, bob: 12, eve: 0 }, winner: 'bob', price: 12 };
return /<title[^>]*>([^<]*)/.exec(played.toSvg(played.sealedAuction(auction)))[1];`,
    known: 'bob wins and pays 12',
    source: 'Vickrey 1961',
  },
  {
    name: '@mechane/client',
    imports: "import * as played from '@mechane/client';",
    body: `globalThis.played = Object.values(played);
const pair = await crypto.subtle.generateKey({ name: 'Ed25519' }, true, ['sign', 'verify']);
const receipt = { at: 7, hash: 'ab'.repeat(32), seq: 2, session: 's' };
const signed = await crypto.subtle.sign('Ed25519', pair.privateKey, new TextEncoder().encode(JSON.stringify(receipt)));
receipt.signature = Array.from(new Uint8Array(signed), (byte) => byte.toString(16).padStart(2, '0')).join('');
let lost = 1;
const fetch = async (url) => {
  if (lost-- > 0) throw new TypeError('the connection is lost');
  const said = url.endsWith('/key') ? await crypto.subtle.exportKey('jwk', pair.publicKey) : { receipt };
  return { ok: true, status: 200, text: async () => JSON.stringify(said) };
};
const seat = played.connect('https://auctions.example', { fetch, pause: 1 }).seat('token', { session: 's', agent: 'ann' });
const { seq } = await seat.submit({ bid: 9 });
receipt.at = 8;
const { code } = await seat.submit({ bid: 9 }).catch((error) => error);
return 'entry ' + seq + ', then ' + code;`,
    known: 'entry 2, then false-receipt',
    source: 'RFC 8032: what was not signed is not',
  },
  {
    name: '@mechane/optimization',
    solver: true,
    imports: "import * as played from '@mechane/optimization';",
    body: `globalThis.played = Object.values(played);
const { createOptimizer, linearProgram } = played;
const optimizer = await createOptimizer();
const program = linearProgram('maximize');
const desks = program.variable({ cost: 60, integer: true });
const chairs = program.variable({ cost: 25, integer: true });
program.constraint([[desks, 8], [chairs, 3]], { atMost: 50 });
program.constraint([[desks, 2], [chairs, 1]], { atMost: 15 });
const { status, objective } = optimizer.solve(program.build());
return status + ' ' + objective + ' by ' + optimizer.solver.split(' ')[0];`,
    known: 'optimal 395 by HiGHS',
    source: '2 desks and 11 chairs use up both stocks',
  },
];

/** @param {string} name */
function plugged(name) {
  return `import { createMechane } from '@mechane/core';\nimport { isPlugin } from '@mechane/core/host';\nimport * as played from '${name}';`;
}

/**
 * Two agents with 3 and 7.
 *
 * @param {string} name
 * @param {string} id
 * @param {object} settings
 * @param {string} field
 */
function singleItem(name, id, settings, field) {
  const reports = { ann: { [field]: 3 }, bob: { [field]: 7 } };
  const body = `${registered}
const { winner, payment } = mechane.run('${id}', ${JSON.stringify({ settings, reports })}).outcome;
return winner + ' wins and pays ' + payment;`;
  return { imports: plugged(name), body };
}
