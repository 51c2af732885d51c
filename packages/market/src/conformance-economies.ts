/* Utilities, goods and divisions of them, of which the subjects in conformance.ts are made. */
import type { Bundle, Utility } from './utility/utility.ts';

const rounding = 1e-6;

/** Every number makes another utility over these goods; every weight is positive. */
export function utilityFor(number: number, goods: readonly string[], numeraire: boolean): Utility {
  const weights = Object.fromEntries(goods.map((good, index) => [good, 1 + (Math.floor(number / 9 ** index) % 9)]));
  const rest = Math.floor(number / 9 ** goods.length);
  switch (rest % 6) {
    case 0:
      return { kind: 'linear', weights };
    case 1:
      return { kind: 'cobb-douglas', weights };
    case 2:
      return { kind: 'leontief', weights };
    case 3:
      return { kind: 'ces', weights, rho: 0.5 };
    case 4:
      return { kind: 'ces', weights, rho: -1 };
    default:
      return numeraire
        ? { kind: 'quasi-linear', weights, numeraire: goods[0] as string }
        : { kind: 'linear', weights: { [goods[0] as string]: 1 } };
  }
}

export function simpleUtilities(): readonly Utility[] {
  return [
    { kind: 'linear', weights: { x: 2, y: 1 } },
    { kind: 'linear', weights: { y: 1 } },
    { kind: 'cobb-douglas', weights: { x: 1, y: 2 } },
    { kind: 'leontief', weights: { x: 1, y: 1 } },
    { kind: 'ces', weights: { x: 1, y: 1 }, rho: -1 },
  ];
}

export interface Goods {
  readonly goods: Readonly<Record<string, number>>;
}

export function goodsOf(settings: Goods): readonly string[] {
  return Object.keys(settings.goods).sort();
}

/** What is given away beyond what there is, in words. */
export function overdrawn(supplies: Bundle, allocation: Readonly<Record<string, Bundle>>): string | undefined {
  for (const [good, supply] of Object.entries(supplies)) {
    const given = Object.values(allocation).reduce((sum, bundle) => sum + (bundle[good] ?? 0), 0);
    if (given > supply * (1 + 1e-9)) return `${given} of ${good} is given away, and there is ${supply}`;
  }
  return undefined;
}

/** Each good to one agent, or halved between two; a little less than there is, so that rounding is no improvement. */
export function* divisions(
  supplies: Bundle,
  agents: readonly string[],
): Generator<Record<string, Record<string, number>>> {
  const [good, ...others] = Object.keys(supplies);
  if (good === undefined) {
    yield Object.fromEntries(agents.map((agent) => [agent, {}]));
    return;
  }
  const rest = Object.fromEntries(others.map((other) => [other, supplies[other] as number]));
  for (const division of divisions(rest, agents)) {
    for (const [index, one] of agents.entries()) {
      for (const other of agents.slice(index)) {
        const given = structuredClone(division);
        for (const agent of [one, other])
          (given[agent] as Record<string, number>)[good] =
            ((supplies[good] as number) * (1 - rounding)) / (one === other ? 1 : 2);
        yield given;
      }
    }
  }
}

export function suppliesOf(endowments: readonly Bundle[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const endowment of endowments)
    for (const [good, quantity] of Object.entries(endowment)) sums[good] = (sums[good] ?? 0) + quantity;
  return sums;
}
