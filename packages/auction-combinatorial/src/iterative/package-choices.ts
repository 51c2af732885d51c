import { byCodeUnit } from '@mechane/core';
import { dummiesOf, listOf, type PackageBids } from '../package-bids.ts';

/** A package that a bidder could win, and all it is worth. */
export interface PackageChoice {
  readonly bundle: string[];
  /** Names the goods of the bundle in one order, so that it can be compared. */
  readonly key: string;
  readonly value: number;
}

/** A bidder weighs each of its packages in every round; with more, it should bid on fewer. */
export const mostChoices = 1_024;

/** A name for a set of goods. */
export function bundleKey(bundle: readonly string[]): string {
  return JSON.stringify(bundle.length < 2 ? bundle : [...bundle].sort(byCodeUnit));
}

/**
 * The packages that bids in any language come to, of which a bidder wants one: XOR bids as they are, OR bids in all combinations that
 * share nothing. Stops one beyond {@link mostChoices}.
 */
export function choicesOf(report: PackageBids): readonly PackageChoice[] {
  const choices = new Map<string, PackageChoice>();
  const add = (bundle: string[], value: number): void => {
    const key = bundleKey(bundle);
    if (value > (choices.get(key)?.value ?? 0)) choices.set(key, { bundle, key, value });
  };
  if ('xor' in report) {
    for (const { bundle, value } of report.xor) add(bundle, value);
    return [...choices.values()].slice(0, mostChoices + 1);
  }
  const dummies = new Set(dummiesOf(report));
  let unions: { readonly goods: readonly string[]; readonly value: number }[] = [{ goods: [], value: 0 }];
  for (const { bundle, value } of listOf(report)) {
    const joined = unions
      .filter(({ goods }) => !goods.some((good) => bundle.includes(good)))
      .map((union) => ({ goods: [...union.goods, ...bundle], value: union.value + value }));
    unions = [...unions, ...joined].slice(0, mostChoices + 2);
  }
  for (const { goods, value } of unions) {
    const real = goods.filter((good) => !dummies.has(good));
    if (real.length > 0) add(real, value);
  }
  return [...choices.values()];
}
