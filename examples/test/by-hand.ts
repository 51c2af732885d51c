/*
 * What the examples must print, worked out from the rules without any package of this repository: equilibrium conditions, brute force and
 * the published formulas.
 */

/** A line with these words, whatever the space between them. */
export function line(...words: readonly (string | number)[]): RegExp {
  const escaped = words.map((word) => String(word).replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^\\s*${escaped.join('\\s+')}\\s*$`);
}

function demand(truth: boolean, what: string): void {
  if (!truth) throw new Error(`the solution by hand is none: ${what}`);
}

const near = (a: number, b: number): boolean => Math.abs(a - b) < 1e-9;
const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, x, index) => sum + x * (b[index] ?? 0), 0);

/** Hours of h100, a100 and l4: everybody spends 100 on what gives most jobs for a credit, and everything is sold. */
export function fisherByHand(): readonly RegExp[] {
  const supply = [20, 50, 100];
  const prices = [5, 3, 1.5];
  const jobs = { trainer: [10, 5, 1], tuner: [6, 5, 2], server: [3, 2, 2], student: [4, 4, 2] };
  const bundles = {
    trainer: [20, 0, 0],
    tuner: [0, 100 / 3, 0],
    server: [0, 0, 200 / 3],
    student: [0, 50 / 3, 100 / 3],
  };
  supply.forEach((hours, kind) => {
    const sold = Object.values(bundles).reduce((sum, bundle) => sum + (bundle[kind] ?? 0), 0);
    demand(near(sold, hours), 'an hour is not sold');
  });
  const teams = Object.keys(jobs) as (keyof typeof jobs)[];
  for (const team of teams) {
    const perCredit = jobs[team].map((job, kind) => job / (prices[kind] ?? 1));
    demand(near(dot(prices, bundles[team]), 100), `${team} does not spend its budget`);
    bundles[team].forEach((hours, kind) => {
      demand(hours === 0 || near(perCredit[kind] ?? 0, Math.max(...perCredit)), `${team} would buy something else`);
    });
  }
  return [
    line('price', ...prices.map((price) => price.toFixed(2))),
    ...teams.map((team) => line(team, ...bundles[team].map((hours) => hours.toFixed(2)))),
    line('certificate: converged; the largest residual is below 1e-8'),
    ...teams.map((team) => line(team, ...teams.map((other) => dot(jobs[team], bundles[other]).toFixed(1)))),
    line('Nobody could do more with the hours of another.'),
  ];
}

/** Jobs that need hours and gigabytes: a plan and prices that break no limit and come to the same are both optimal. */
export function linearProgramByHand(): readonly RegExp[] {
  const limits = [40, 120];
  const needs = { render: [1, 4], train: [2, 4], mine: [1, 0] };
  const worth = { render: 30, train: 50, mine: 15 };
  const levels = { render: 20, train: 10, mine: 0 };
  const prices = [20, 2.5];
  const jobs = Object.keys(needs) as (keyof typeof needs)[];
  limits.forEach((limit, resource) => {
    const used = jobs.reduce((sum, job) => sum + levels[job] * (needs[job][resource] ?? 0), 0);
    demand(used <= limit, 'more is used than there is');
  });
  for (const job of jobs) demand(dot(prices, needs[job]) >= worth[job], `${job} would pay at these prices`);
  const total = jobs.reduce((sum, job) => sum + levels[job] * worth[job], 0);
  demand(near(total, dot(prices, limits)), 'plan and prices differ');
  return [
    ...jobs.map((job) =>
      line(`${job} runs ${levels[job].toFixed(1)} jobs and pays ${(levels[job] * dot(prices, needs[job])).toFixed(1)}`),
    ),
    line('one more hour would be worth 20.00, one more gigabyte 2.50'),
    line(`certificate: optimal; all is worth ${total}, and no plan is worth more`),
  ];
}

/** Two slots: a click costs the next bid; under VCG everybody pays what the best assignment of the others loses by it. */
export function slotsByHand(): readonly RegExp[] {
  const clicks = [200, 100];
  const worth = { ann: 10, bob: 4, cat: 2 };
  const ranked = Object.entries(worth).sort(([, a], [, b]) => b - a);
  const best = (bids: readonly number[]): number =>
    dot(
      clicks,
      [...bids].sort((a, b) => b - a),
    );
  const next = ranked.map((_, place) => (clicks[place] ?? 0) * (ranked[place + 1]?.[1] ?? 0));
  const bids = Object.values(worth);
  const externality = bids.map((bid, own) => best(bids.toSpliced(own, 1)) - (best(bids) - (clicks[own] ?? 0) * bid));
  const sum = (payments: readonly number[]): number => payments.reduce((a, b) => a + b, 0);
  return [
    line('second price, all truthful', ...next, sum(next), 1),
    line('VCG, all truthful', ...externality, sum(externality), 1),
    line('second price, in equilibrium', ...externality, sum(externality), 1),
  ];
}

interface PackageBid {
  readonly bundle: readonly string[];
  readonly value: number;
}
/** Bids, of which each operator wins one at most. */
export type Operators = Readonly<Record<string, { readonly xor: readonly PackageBid[] }>>;

/** What the licences are worth to these operators together, by trying everything; whoever is left out is not among them. */
export function bestTogether(operators: Operators, names: readonly string[]): number {
  const most = ([name, ...others]: readonly string[], taken: ReadonlySet<string>): number => {
    if (name === undefined) return 0;
    const fitting = (operators[name]?.xor ?? []).filter(({ bundle }) => !bundle.some((licence) => taken.has(licence)));
    const won = fitting.map(({ bundle, value }) => value + most(others, new Set([...taken, ...bundle])));
    return Math.max(most(others, taken), ...won);
  };
  return most(names, new Set());
}

/** The bid that wins in an allocation of the most value; none for an operator that loses. */
export function winningBid(operators: Operators, name: string): PackageBid | undefined {
  const all = Object.keys(operators);
  const others = all.filter((other) => other !== name);
  const welfare = bestTogether(operators, all);
  return operators[name]?.xor.find(({ value, bundle }) => {
    const without = others.map((other) => {
      const left = operators[other]?.xor.filter((bid) => !bid.bundle.some((good) => bundle.includes(good))) ?? [];
      return [other, { xor: left }] as const;
    });
    return near(value + bestTogether(Object.fromEntries(without), others), welfare);
  });
}

/** Every set of operators. */
export function coalitions([first, ...others]: readonly string[]): readonly (readonly string[])[] {
  if (first === undefined) return [[]];
  return coalitions(others).flatMap((coalition) => [coalition, [first, ...coalition]]);
}

/** What a coalition could offer for the licences if its members keep what their licences are worth to them now, less what they pay. */
export function offerOf(operators: Operators, coalition: readonly string[], surplus: (name: string) => number): number {
  return bestTogether(operators, coalition) - coalition.reduce((sum, name) => sum + surplus(name), 0);
}

/** VCG by its definition. Payments in the core come to at least what any coalition would offer if its members paid nothing now. */
export function spectrumByHand(operators: Operators): readonly RegExp[] {
  const all = Object.keys(operators);
  const welfare = bestTogether(operators, all);
  const won = new Map(all.map((name) => [name, winningBid(operators, name)?.value ?? 0]));
  const vickrey = all.map((name) => {
    const others = all.filter((other) => other !== name);
    return bestTogether(operators, others) - (welfare - (won.get(name) ?? 0));
  });
  const revenue = vickrey.reduce((a, b) => a + b, 0);
  const least = Math.max(...coalitions(all).map((some) => offerOf(operators, some, (name) => won.get(name) ?? 0)));
  demand(least > revenue, 'VCG payments are in the core');
  return [
    line('revenue', revenue.toFixed(4), least.toFixed(4), least.toFixed(4)),
    new RegExp(`^\\s*optimal: the licences are worth ${welfare.toFixed(3)}, and no allocation is worth more`),
    line('looked at again: the allocation and the bound'),
  ];
}

/** McAfee 1992: the price of the first pair that goes without, if it suits all who trade; otherwise one ride less. */
export function ridesByHand(): readonly RegExp[] {
  const riders = [30, 25, 20, 12];
  const drivers = [6, 10, 17, 19];
  const efficient = riders.filter((bid, index) => bid >= (drivers[index] ?? 0)).length;
  const gains = (rides: number): number =>
    riders.slice(0, rides).reduce((sum, bid, index) => sum + bid - (drivers[index] ?? 0), 0);
  const [bid = 0, ask = 0] = [riders[efficient - 1], drivers[efficient - 1]];
  const price = ((riders[efficient] ?? 0) + (drivers[efficient] ?? 0)) / 2;
  demand(price < ask || price > bid, 'no ride is lost');
  const rides = efficient - 1;
  return [
    line(`one price: ${efficient} rides, worth ${gains(efficient)} in all`),
    line('0 is left over'),
    line(`McAfee: ${rides} rides, worth ${gains(rides)} in all`),
    line(`ann rides for ${bid}`),
    line(`bob rides for ${bid}`),
    line(`eve drives for ${ask}`),
    line(`fay drives for ${ask}`),
    line(`${rides * (bid - ask)} is left over`),
    line(
      `McAfee's auction loses a ride worth ${gains(efficient) - gains(rides)}: ${(gains(rides) / gains(efficient)).toFixed(3)} of the best.`,
    ),
  ];
}
