/*
 * The numbers in schemas that are neither money nor quantities. A number that is new in a schema has a kind, or is thought about and put here:
 * whatever is money is computed exactly, and in other units of money nothing but the money may change.
 */

const search = ['settings.timeLimit', 'settings.nodeLimit'];
const roundsKept = ['outcome.rounds', 'outcome.history[].round', 'outcome.historyOmitted'];
const packageRounds = [...search, 'settings.maxRounds', 'ask.round', ...roundsKept];
const clicks = ['settings.clickThroughRates[]', 'outcome.allocation{}'];
/** Utility has no unit: only how weights compare matters. */
const utility = ['report.utility.weights{}', 'report.utility.rho'];
const solver = ['settings.maxRounds', 'settings.tolerance'];

/** Times, rates, rounds, weights, payoffs, places, names, and prices where there is no money: by mechanism. */
export const plainNumbers: Readonly<Record<string, readonly string[]>> = {
  'adaptive/posted-price': ['settings.rounds', 'ask.round', 'outcome.historyOmitted'],
  'auction-combinatorial/first-price': search,
  'auction-combinatorial/vcg': search,
  'auction-combinatorial/core-selecting': search,
  'auction-combinatorial/greedy': search,
  'auction-combinatorial/ascending-proxy': packageRounds,
  'auction-combinatorial/ibundle': packageRounds,
  'auction-combinatorial/clock-proxy': packageRounds,
  'auction-combinatorial/simultaneous-ascending': [
    ...packageRounds,
    'settings.points{}',
    'settings.eligibility{}',
    'settings.activity',
    'ask.points{}',
    'ask.eligibility',
  ],
  'auction-dutch/clock': ['outcome.rounds'],
  'auction-dutch/multi-unit': ['outcome.rounds'],
  'auction-dutch/gradual': [
    'settings.decay',
    'settings.schedule.perTimeUnit',
    'settings.schedule.limit',
    'settings.schedule.timeScale',
    'settings.timeUnit',
    'message.at',
    'ask.since',
    'outcome.sales[].at',
  ],
  'auction-english/clock': ['settings.maxRounds', ...roundsKept],
  'auction-english/open-outcry': ['settings.maxRounds', ...roundsKept],
  'auction-english/clinching': roundsKept,
  'auction-english/proxy': ['outcome.historyOmitted'],
  'auction-english/timed': [
    'settings.duration',
    'settings.extension.within',
    'settings.extension.by',
    'settings.extension.max',
    'report.at',
    'ask.closesAt',
    'outcome.closedAt',
    'outcome.extensions',
    'outcome.history[][0]',
    'outcome.historyOmitted',
  ],
  'auction-sealed/gsp': clicks,
  'auction-sealed/position-vcg': clicks,
  'game-theory/mediator': ['report.payoffs', 'report.payoffs[]', 'outcome.distribution[].probability'],
  'market/call': ['settings.k'],
  'market/exchange': [...solver, ...utility, 'outcome.prices{}'],
  // But of quasi-linear utility, the weights are money: see the schema.
  'market/fisher': [...solver, ...utility],
  'market/multi-commodity': ['report.uses[].limit', 'outcome.levels{}[]'],
  'market/order-book': ['message.id', 'outcome.rejected[].message'],
  'market/tatonnement': [
    ...solver,
    'settings.step.size',
    'settings.initialPrices{}',
    ...utility,
    'ask.prices{}',
    'outcome.prices{}',
    'outcome.history[].prices{}',
    'outcome.history[].excess{}',
    'outcome.historyOmitted',
  ],
  'public-choice/median': ['report.peak', 'outcome.location'],
};

const proposal = ['report.value', 'outcome.winningValue'];

/** What may be any JSON, numbers too: the mechanism passes it on as it is. */
export const anything: Readonly<Record<string, readonly string[]>> = {
  'auction-sealed/first-price': proposal,
  'auction-sealed/second-price': proposal,
  'auction-sealed/all-pay': proposal,
  'auction-sealed/optimal': proposal,
};
