/* What an equilibrium is, from its definition and by formulas of its own: nothing here is shared with the solvers or with their certificate. */
import type { Bundle, ExchangeReport, Utility } from '../src/index.ts';

export type Reports = Readonly<Record<string, ExchangeReport>>;

interface Claimed {
  readonly prices: Bundle;
  readonly allocation: Readonly<Record<string, Bundle>>;
}

const worth = (bundle: Bundle, prices: Bundle): number =>
  Object.entries(bundle).reduce((sum, [good, has]) => sum + (has === 0 ? 0 : has * (prices[good] ?? Number.NaN)), 0);

export function suppliesOf(reports: Reports): Record<string, number> {
  const supplies: Record<string, number> = {};
  for (const { endowment } of Object.values(reports))
    for (const [good, has] of Object.entries(endowment)) supplies[good] = (supplies[good] ?? 0) + has;
  return supplies;
}

export function weightsOf(utility: Utility): [string, number][] {
  const weights = Object.entries(utility.weights).filter(([, weight]) => weight > 0);
  if (utility.kind !== 'quasi-linear' || utility.numeraire === undefined) return weights;
  return [...weights.filter(([good]) => good !== utility.numeraire), [utility.numeraire, 1]];
}

/** Utility as the formula has it. */
function formulaValue(utility: Utility, bundle: Bundle): number {
  const weights = weightsOf(utility);
  const held = (good: string) => bundle[good] ?? 0;
  if (utility.kind === 'leontief') return Math.min(...weights.map(([good, weight]) => held(good) / weight));
  const rho = utility.kind === 'ces' ? utility.rho : utility.kind === 'cobb-douglas' ? 0 : 1;
  if (rho !== 0) return weights.reduce((sum, [good, weight]) => sum + weight * held(good) ** rho, 0) ** (1 / rho);
  const total = weights.reduce((sum, [, weight]) => sum + weight, 0);
  return weights.reduce((product, [good, weight]) => product * held(good) ** (weight / total), 1);
}

/** The most utility that an income buys: the indirect utility function. */
export function bestValue(utility: Utility, prices: Bundle, income: number): number {
  const weights = weightsOf(utility).map(([good, weight]) => [weight, prices[good] ?? Number.NaN] as const);
  if (utility.kind === 'leontief') return income / weights.reduce((sum, [weight, price]) => sum + weight * price, 0);
  const rho = utility.kind === 'ces' ? utility.rho : utility.kind === 'cobb-douglas' ? 0 : 1;
  if (rho === 1) return income * Math.max(...weights.map(([weight, price]) => weight / price));
  if (rho === 0) {
    const total = weights.reduce((sum, [weight]) => sum + weight, 0);
    return weights.reduce(
      (best, [weight, price]) => best * ((weight / total) * (income / price)) ** (weight / total),
      1,
    );
  }
  const elasticity = 1 / (1 - rho);
  const sum = weights.reduce((all, [weight, price]) => all + weight ** elasticity * price ** (1 - elasticity), 0);
  return income * sum ** (1 / (elasticity - 1));
}

/** Whether an agent without money would take without limit what is free. */
function insatiable(utility: Utility, prices: Bundle): boolean {
  const weights = weightsOf(utility);
  const free = weights.filter(([good]) => prices[good] === 0);
  const allNeeded =
    utility.kind === 'leontief' || utility.kind === 'cobb-douglas' || (utility.kind === 'ces' && utility.rho <= 0);
  return allNeeded ? free.length === weights.length : free.length > 0;
}

/** Somebody with money to spend, from what it has or given. */
interface Spender {
  readonly agent: string;
  readonly income: number;
  readonly utility: Utility;
  /** Whether it takes part although it can buy nothing: whoever came with nothing asks for nothing. */
  readonly asks: boolean;
}

/** Everything that is wrong with a claimed equilibrium of an exchange economy, in words; nothing where there is none up to `tolerance`. */
export function faultsOf(reports: Reports, claimed: Claimed, tolerance: number): string[] {
  const { prices } = claimed;
  const spenders = Object.entries(reports).map(([agent, { endowment, utility }]) => {
    const has = Object.entries(endowment).filter(([, quantity]) => quantity > 0);
    const income = has.reduce((sum, [good, quantity]) => sum + quantity * (prices[good] ?? 0), 0);
    return { agent, income, utility, asks: has.length > 0 };
  });
  return faults(suppliesOf(reports), spenders, claimed, tolerance);
}

/** Everything that is wrong with a claimed equilibrium of a Fisher market. */
export function fisherFaultsOf(
  supplies: Bundle,
  reports: Readonly<Record<string, { readonly budget: number; readonly utility: Utility }>>,
  claimed: Claimed,
  tolerance: number,
): string[] {
  const spenders = Object.entries(reports).map(([agent, { budget, utility }]) => {
    return { agent, income: budget, utility, asks: budget > 0 };
  });
  return faults(supplies, spenders, claimed, tolerance);
}

function faults(
  supplies: Bundle,
  spenders: readonly Spender[],
  { prices, allocation }: Claimed,
  tolerance: number,
): string[] {
  const found: string[] = [];
  for (const [good, price] of Object.entries(prices))
    if (!(price >= 0 && price < Infinity)) found.push(`the price of ${good} is ${price}`);
  const taken: Record<string, number> = {};
  for (const bundle of Object.values(allocation)) {
    for (const [good, has] of Object.entries(bundle)) {
      if (!(has >= 0 && has < Infinity)) found.push(`somebody gets ${has} of ${good}`);
      taken[good] = (taken[good] ?? 0) + has;
    }
  }
  const value = Object.entries(supplies).reduce((sum, [good, supply]) => sum + supply * (prices[good] ?? 0), 0);
  for (const good of new Set([...Object.keys(supplies), ...Object.keys(taken)])) {
    const [supply, demand] = [supplies[good] ?? 0, taken[good] ?? 0];
    if (demand > supply * (1 + tolerance)) found.push(`${demand} of ${good} is given away, and there is ${supply}`);
    const unsold = (supply - demand) * (prices[good] ?? 0);
    if (unsold > tolerance * value)
      found.push(`${supply - demand} of ${good} is left over at a price of ${prices[good]}`);
    const wanted = spenders.some(({ utility }) => weightsOf(utility).some(([name]) => name === good));
    if (!wanted && (prices[good] ?? 0) !== 0) found.push(`nobody wants ${good}, and its price is ${prices[good]}`);
  }
  for (const { agent, income, utility, asks } of spenders) {
    const bundle = allocation[agent] ?? {};
    const spent = worth(bundle, prices);
    const keeps = utility.kind === 'quasi-linear' && utility.numeraire === undefined;
    const kept = keeps ? Math.max(0, income - spent) : 0;
    if (!(Math.abs(spent + kept - income) <= tolerance * income))
      found.push(`${agent} has ${income} and spends ${spent}`);
    if (income > 0) {
      const bought = bestValue(utility, prices, income);
      const [has, could] = [formulaValue(utility, bundle) + kept, keeps ? Math.max(income, bought) : bought];
      if (!(has >= could * (1 - tolerance))) found.push(`${agent} has a bundle worth ${has}, and ${could} can be had`);
    } else if (asks && insatiable(utility, prices)) {
      found.push(`${agent} would take without limit what is free`);
    }
  }
  return found;
}

/**
 * Whether an economy without Leontief agents has an equilibrium, by trying every set of goods that may have a price (for a handful of
 * goods). Money must go round within: no set of goods may be one that its owners buy from only, and others, too.
 */
export function hasEquilibrium(reports: Reports): boolean {
  const supplies = suppliesOf(reports);
  const traders = Object.values(reports).filter(({ endowment }) => Object.values(endowment).some((has) => has > 0));
  const goods = Object.keys(supplies).filter((good) => (supplies[good] as number) > 0);
  return subsets(goods).some((priced) => clears(traders, new Set(goods), new Set(priced)));
}

function clears(traders: readonly ExchangeReport[], there: ReadonlySet<string>, priced: ReadonlySet<string>): boolean {
  const supported: { owns: Set<string>; supports: string[][] }[] = [];
  const bought = new Set<string>();
  for (const { endowment, utility } of traders) {
    const prices = Object.fromEntries(
      weightsOf(utility).map(([good]) => [good, there.has(good) && !priced.has(good) ? 0 : 1]),
    );
    const owns = new Set(Object.keys(endowment).filter((good) => (endowment[good] as number) > 0 && priced.has(good)));
    if (owns.size === 0) {
      if (insatiable(utility, prices)) return false;
      continue;
    }
    const wants = weightsOf(utility).map(([good]) => good);
    if (wants.some((good) => prices[good] === 0)) return false;
    const linear =
      utility.kind === 'linear' || utility.kind === 'quasi-linear' || (utility.kind === 'ces' && utility.rho === 1);
    if (!linear && wants.some((good) => !there.has(good))) return false;
    const supports = linear
      ? subsets(wants.filter((good) => there.has(good))).filter((set) => set.length > 0)
      : [wants];
    if (supports.length === 0) return false;
    for (const good of supports.flat()) bought.add(good);
    supported.push({ owns, supports });
  }
  if ([...priced].some((good) => !bought.has(good))) return false;
  return chooses(supported, 0, [], [...priced]);
}

function chooses(
  agents: readonly { owns: ReadonlySet<string>; supports: string[][] }[],
  index: number,
  chosen: { owns: ReadonlySet<string>; buys: ReadonlySet<string> }[],
  priced: readonly string[],
): boolean {
  const agent = agents[index];
  if (agent === undefined) return goesRound(chosen, priced);
  return agent.supports.some((support) =>
    chooses(agents, index + 1, [...chosen, { owns: agent.owns, buys: new Set(support) }], priced),
  );
}

/** Of no set of goods do owners bring in money from elsewhere, or others spend on it, if its owners spend on nothing else. */
function goesRound(
  agents: readonly { owns: ReadonlySet<string>; buys: ReadonlySet<string> }[],
  priced: readonly string[],
): boolean {
  if (priced.some((good) => !agents.some(({ buys }) => buys.has(good)))) return false;
  return subsets(priced).every((list) => {
    const set = new Set(list);
    if (set.size === 0) return true;
    const owners = agents.filter(({ owns }) => [...owns].some((good) => set.has(good)));
    if (owners.some(({ buys }) => [...buys].some((good) => !set.has(good)))) return true;
    const richElsewhere = owners.some(({ owns }) => [...owns].some((good) => !set.has(good)));
    const others = agents.filter((agent) => !owners.includes(agent));
    return !richElsewhere && !others.some(({ buys }) => [...buys].some((good) => set.has(good)));
  });
}

function subsets(list: readonly string[]): string[][] {
  return Array.from({ length: 2 ** list.length }, (_, bits) =>
    list.filter((_good, index) => (bits >> index) % 2 === 1),
  );
}
