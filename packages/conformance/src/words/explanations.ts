/** What is to be said of a law besides what it says. */
export interface Explanation {
  /** For somebody who knows no mechanism design. */
  readonly means: string;
  /** A rule that breaks it, and how. */
  readonly broken: string;
  /** How the kit looks at it. */
  readonly examined: string;
  /** Who published it. */
  readonly source: string;
}

const menus =
  'what an agent can get by any report, against what truth gets it: every profile of a grid, then random ones and places where outcomes change';
const outcomes = 'the outcomes of every profile of a grid, and of random ones with numbers that computers get wrong';

/** The laws that a mechanism may claim, by name. */
export const claimableExplanations: Readonly<Record<string, Explanation>> = {
  'strategy-proof': {
    means:
      'Telling the truth is best, and nobody needs to guess what others do: dominant-strategy incentive compatible.',
    broken: 'In a first-price auction, who is worth 10 and bids 7 against 6 wins for 7 instead of 10.',
    examined: menus,
    source: 'Gibbard 1973, Manipulation of voting schemes; Vickrey 1961 for auctions',
  },
  'ex-post-incentive-compatible': {
    means:
      'Telling the truth is best as long as the others do, whatever their types turn out to be: nobody regrets it afterwards.',
    broken: 'Where a price depends on one’s own bid, whoever had known the others’ would have bid less.',
    examined: `${menus}, while the others are truthful`,
    source: 'Bergemann and Morris 2005, Robust mechanism design',
  },
  'bayesian-incentive-compatible': {
    means: 'Telling the truth is best on average, when the others do and their types are drawn from a known prior.',
    broken: 'In a first-price auction, half of one’s value is the better bid against one rival of uniform value.',
    examined: 'the average gain of misreports over draws of the prior, with a confidence interval: statistical',
    source: 'd’Aspremont and Gérard-Varet 1979, Incentives and incomplete information',
  },
  'obviously-strategy-proof': {
    means:
      'Even who cannot reason about others sees that truth is best: its worst case beats the best case of any departure.',
    broken:
      'A sealed second-price auction: overbidding may win at no price, truth may lose. An ascending clock does not break it.',
    examined: 'at each point of departure, the worst that truth and the best that deviating can come to, over a grid',
    source: 'Li 2017, Obviously strategy-proof mechanisms',
  },
  'not-obviously-manipulable': {
    means: 'A lie may pay now and then, but none has a better best case than the truth, or a better worst case.',
    broken: 'Under pay-as-bid, bidding less has a better best case than the truth, which always leaves nothing.',
    examined:
      'the best and the worst case of truth and of each misreport over a grid; where there is no finite grid it is undecided',
    source: 'Troyan and Morrill 2020, Obvious manipulations',
  },
  'group-strategy-proof': {
    means: 'No group gains by agreeing on lies: none of them better off without one of them worse off.',
    broken: 'Under Vickrey’s rule, the second highest bidder can lower its bid at no cost, and the winner pays less.',
    examined: 'coalitions of two and three with joint misreports, on a grid and at random',
    source: 'Green and Laffont 1979; Moulin and Shenker 2001, Strategyproof sharing of submodular costs',
  },
  'false-name-proof': {
    means: 'Nobody gains by taking part under several names, as on the internet anybody can.',
    broken: 'Under VCG with complements, one bidder split into two may win both goods for nothing.',
    examined: 'agents with one and two further names, whose shares and payments are added up',
    source: 'Yokoo, Sakurai and Matsubara 2004, The effect of false-name bids in combinatorial auctions',
  },
  'shill-proof': {
    means: 'The seller gains nothing by bidders of its own, even where it knows all bids: the strong form, ex post.',
    broken: 'Under Vickrey’s rule, a shill just below the highest bid raises what the winner pays.',
    examined: 'profiles with and without shills, and what the true bidders pay in all',
    source: 'Komo, Kominers and Roughgarden 2024, Shill-proof auctions',
  },
  credible: {
    means: 'The operator has no reason to break its own rule in a way that no agent could notice.',
    broken: 'A sealed second-price auctioneer can invent a second bid just below the highest.',
    examined: 'deviations of the operator that agree with what each agent saw, by expected revenue under the prior',
    source: 'Akbarpour and Li 2020, Credible auctions: a trilemma',
  },
  'non-bossy': {
    means: 'Nobody can change what another gets or pays without changing its own share or payment.',
    broken: 'Under Vickrey’s rule, a loser moves the price of the winner and nothing of its own.',
    examined: 'misreports that leave one’s own share and payment as they were, and what becomes of the others',
    source: 'Satterthwaite and Sonnenschein 1981, Strategy-proof allocation mechanisms at differentiable points',
  },
  'non-bossy-in-allocation': {
    means: 'Nobody can change what another gets without changing its own share, whatever becomes of payments.',
    broken: 'A rule that gives the item to one loser or another by what a third one bids.',
    examined: 'misreports that leave one’s own share as it was, and what the others get then',
    source: 'Mishra and Quadir 2014, Non-bossy single object auctions',
  },
  'individually-rational': {
    means: 'Nobody regrets having come: who tells the truth gets at least what staying away is worth.',
    broken: 'In an all-pay auction, whoever loses pays its bid and gets nothing.',
    examined: outcomes,
    source: 'Myerson 1981, Optimal auction design',
  },
  participation: {
    means: 'Coming never hurts, also where whoever stays away has to live with what the others decide.',
    broken: 'Some voting rules choose what a voter likes less because it came: the no-show paradox.',
    examined: 'each profile with and without one of its agents, by what that agent thinks of both outcomes',
    source: 'Moulin 1988, Condorcet’s principle implies the no show paradox; Brams and Fishburn 1983',
  },
  'budget-balanced': {
    means: 'What some pay is what others receive: no money comes in from outside, and none is left over.',
    broken: 'The Clarke tax, whose surplus may go to nobody who takes part.',
    examined: outcomes,
    source: 'Green and Laffont 1979; Myerson and Satterthwaite 1983 on what it costs',
  },
  'no-deficit': {
    means: 'The mechanism never has to add money of its own.',
    broken: 'VCG between a buyer and a seller pays the seller more than the buyer pays.',
    examined: outcomes,
    source: 'Myerson and Satterthwaite 1983, Efficient mechanisms for bilateral trading',
  },
  efficient: {
    means: 'Things go to whom they are worth most; with a number, to at least that share of it.',
    broken: 'A reserve price that keeps an item from a bidder to whom it is worth something.',
    examined: 'the welfare of outcomes against an optimum found by brute force',
    source: 'Vickrey 1961; Clarke 1971; Groves 1973',
  },
  'pareto-efficient': {
    means: 'Nobody can be made better off without somebody being made worse off.',
    broken: 'Giving each of two residents the house that the other prefers.',
    examined: 'every outcome that the agents could reach, against the one that they got',
    source: 'Pareto 1906; Shapley and Scarf 1974 for houses',
  },
  core: {
    means: 'No group would do better by leaving with what its members bring.',
    broken: 'VCG may charge two small bidders less together than a big one had offered for both goods.',
    examined: 'all coalitions of the agents of each profile, and what they can reach among themselves',
    source: 'Gillies 1959; Day and Milgrom 2008, Core-selecting package auctions',
  },
  'envy-free': {
    means: 'Nobody would rather have what another gets at the price that the other pays.',
    broken: 'Paying what one bids: who pays 9 envies who gets the like for 7.',
    examined: 'each agent’s value of every other’s share and payment',
    source: 'Foley 1967; Varian 1974, Equity, envy, and efficiency',
  },
  anonymous: {
    means: 'Who says something does not matter, only what is said; ties aside.',
    broken: 'A rule that gives a discount to whoever is called ann.',
    examined: 'profiles in which two agents exchange their reports, or three in a circle',
    source: 'May 1952, A set of independent necessary and sufficient conditions for simple majority decision',
  },
  'allocation-monotone': {
    means: 'Who bids more gets no less: what truthful payments have to stand on.',
    broken: 'A rule under which the second highest bidder wins.',
    examined: 'pairs of reports of which one bids more in every respect',
    source: 'Myerson 1981, Optimal auction design',
  },
  'revenue-monotone': {
    means: 'Another bidder never lowers what the seller earns.',
    broken: 'VCG with complements: a third bidder can turn a revenue of 2 into nothing.',
    examined: 'each profile with and without one of its agents',
    source: 'Ausubel and Milgrom 2002; Rastegari, Condon and Leyton-Brown 2011, Revenue monotonicity',
  },
};

const ours = 'no paper: what the public data format of Mechane asks of every mechanism';

/** What must be true of any mechanism, by the name without `structural/`. */
export const structuralExplanations: Readonly<Record<string, Explanation>> = {
  answers: {
    means: 'Whatever agents may say, something comes of it.',
    broken: 'A rule that divides by the sum of all bids, when all bid 0.',
    examined: outcomes,
    source: ours,
  },
  deterministic: {
    means: 'What is played again comes out the same: only the seed decides over chance.',
    broken: 'A rule that draws lots by the dice of its language instead of the seed, or looks at the clock.',
    examined: 'plays that are played again, at another time, with other dice, in another environment',
    source: ours,
  },
  'inputs-untouched': {
    means: 'A rule reads what it is given and changes nothing of it.',
    broken: 'A rule that sorts the list of bids in place.',
    examined: 'reports, settings and participants before and after a play',
    source: ours,
  },
  'order-independent': {
    means: 'Who comes first, and what anybody is called, decides over ties at the most.',
    broken: 'A rule under which the first bid wins unless another is twice as high.',
    examined: 'profiles in other orders and under other names',
    source: `${ours}; compare May 1952`,
  },
  feasible: {
    means: 'Nothing is given away twice, or to somebody who is not there.',
    broken: 'An auction of one item that two tied bidders win.',
    examined: outcomes,
    source: ours,
  },
  'finite-payments': {
    means: 'Payments are numbers, one for each participant, and no money moves beside them.',
    broken: 'A fee that stands in a field of its own, or a payment that is no number.',
    examined: outcomes,
    source: ours,
  },
  'few-participants': {
    means: 'An empty room is no reason to fail.',
    broken: 'A rule that takes the second highest of one bid.',
    examined: 'every profile of nobody and of one agent over a grid, and random ones',
    source: ours,
  },
  'bad-input-refused': {
    means: 'Nonsense is refused with an error that says where it stands, and never played.',
    broken: 'A rule that takes the text "7" for a bid.',
    examined: 'kinds of nonsense in settings and reports: other types, numbers that are none, keys that nobody knows',
    source: ours,
  },
  ends: {
    means: 'It comes to an end, also when agents never answer.',
    broken: 'A clock that waits until all but one have left, when two never leave.',
    examined: 'conversations with agents that are silent, or say anything that the schema allows',
    source: ours,
  },
  'bad-agents': {
    means: 'One agent that breaks cannot take the outcome from the others.',
    broken: 'A rule that has no payment for who kept silent.',
    examined: 'live runs in which agents keep silent, throw, reject, are slow or send nonsense',
    source: ours,
  },
  replay: {
    means: 'A journal that is played again leads to the outcome that it says, so that anybody can audit it.',
    broken: 'A rule that looks at something which no journal has.',
    examined: 'the journals of live runs',
    source: ours,
  },
  shortcut: {
    means:
      'Where a mechanism decides at once instead of round by round, or in parts that are solved apart from each other, it comes to the same.',
    broken: 'A clock whose formula forgets that two leave at the same price.',
    examined: 'profiles played at once and round by round, or part by part',
    source: ours,
  },
  'best-welfare': {
    means: 'The optimum that a mechanism compares itself with is an optimum.',
    broken: 'One that counts only who bid at least the reserve.',
    examined: 'the mechanism’s own optimum against one found by brute force',
    source: ours,
  },
  values: {
    means: 'What a mechanism says that outcomes are worth is what the domain says.',
    broken: 'One that counts an item as worth the bid to whoever lost it.',
    examined: 'the mechanism’s own values and utilities against those of the domain',
    source: ours,
  },
  'most-paid': {
    means: 'What a message may cost, as the mechanism says it, is the most that its sender ever pays.',
    broken: 'A clock that says “in” costs the price called, and charges the next one.',
    examined: 'profiles played round by round, beside what each message may cost',
    source: ours,
  },
  'unit-free': {
    means: 'Euros or cents: the same win, and payments differ by the factor.',
    broken: 'A rule with an increment of 1 in its code.',
    examined: 'profiles with all money ten times, or a hundredth',
    source: ours,
  },
};
