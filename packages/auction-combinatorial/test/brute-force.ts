/** Everything by trying all allocations: slow, short, and sharing nothing with what it checks. */
import type { PackageBids } from '../src/index.ts';

export interface SmallAuction {
  readonly goods: Readonly<Record<string, number>>;
  readonly reports: Readonly<Record<string, PackageBids>>;
}

interface Option {
  readonly goods: readonly string[];
  readonly value: number;
}

/** What an agent may win: nothing, a bid of an XOR list, or bids of an OR list that share no good beyond its copies and no dummy. */
function optionsOf(report: PackageBids, copies: Readonly<Record<string, number>>): readonly Option[] {
  const nothing: Option = { goods: [], value: 0 };
  if ('xor' in report) return [nothing, ...report.xor.map(({ bundle, value }) => ({ goods: bundle, value }))];
  const dummies = new Set(report.dummies ?? []);
  let options: Option[] = [nothing];
  for (const { bundle, value } of report.or) {
    options = options.flatMap((option) => [
      option,
      { goods: [...option.goods, ...bundle], value: option.value + value },
    ]);
  }
  return options
    .filter(({ goods }) => {
      const uses = new Map<string, number>();
      for (const good of goods) uses.set(good, (uses.get(good) ?? 0) + 1);
      return [...uses].every(([good, times]) => times <= (dummies.has(good) ? 1 : (copies[good] ?? 0)));
    })
    .map(({ goods, value }) => ({ goods: goods.filter((good) => !dummies.has(good)), value }));
}

/** The most that these agents are worth together. */
export function bestWelfare(
  { goods, reports }: SmallAuction,
  agents: readonly string[] = Object.keys(reports),
): number {
  const [agent, ...others] = agents;
  if (agent === undefined) return 0;
  let best = 0;
  for (const option of optionsOf(reports[agent] as PackageBids, goods)) {
    const left = { ...goods };
    for (const good of option.goods) left[good] = (left[good] ?? 0) - 1;
    if (Object.values(left).some((copies) => copies < 0)) continue;
    best = Math.max(best, option.value + bestWelfare({ goods: left, reports }, others));
  }
  return best;
}

/** The most that an agent makes of goods. */
export function worthTo(report: PackageBids, won: readonly string[]): number {
  const copies: Record<string, number> = {};
  for (const good of won) copies[good] = (copies[good] ?? 0) + 1;
  return bestWelfare({ goods: copies, reports: { agent: report } });
}

/** Every set of agents. */
export function coalitionsOf(agents: readonly string[]): readonly (readonly string[])[] {
  return agents.reduce<string[][]>((sets, agent) => sets.flatMap((set) => [set, [...set, agent]]), [[]]);
}
