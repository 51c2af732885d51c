import type { ErrorDetails, Path } from '@mechane/core';
import { beyondHighest, goodAsDummy, goodNotForSale, packagesShareCopies, tooManyPackages } from '../errors.ts';
import { copiesOf } from '../goods.ts';
import { dummiesOf, listOf, type PackageBids } from '../package-bids.ts';
import { highestBid, type RisingSettings } from './iterative-settings.ts';
import { choicesOf, mostChoices } from './package-choices.ts';

/** What is wrong with a report that a proxy is to bid for, under these settings. */
export function refusePackages(report: PackageBids, settings: RisingSettings): ErrorDetails | undefined {
  const copies = copiesOf(settings.goods);
  const dummies = dummiesOf(report);
  const language = 'xor' in report ? 'xor' : 'or';
  const sold = dummies.findIndex((dummy) => copies.has(dummy));
  if (sold >= 0) return goodAsDummy(['dummies', sold], dummies[sold] as string);
  const taken = new Set<string>();
  for (const [index, { bundle, value }] of listOf(report).entries()) {
    const flaw = refuseBundle(bundle, copies, [language, index, 'bundle'], dummies);
    if (flaw) return flaw;
    if (value > highestBid(settings)) return beyondHighest([language, index, 'value'], highestBid(settings));
    for (const good of language === 'or' ? bundle : []) {
      if (taken.has(good) && (copies.get(good) ?? 1) > 1) return packagesShareCopies([language, index, 'bundle'], good);
      taken.add(good);
    }
  }
  return choicesOf(report).length > mostChoices ? tooManyPackages([language], mostChoices) : undefined;
}

/** What is wrong with the goods of a bundle. */
export function refuseBundle(
  bundle: readonly string[],
  copies: ReadonlyMap<string, number>,
  path: Path,
  dummies: readonly string[] = [],
): ErrorDetails | undefined {
  const at = bundle.findIndex((good) => !copies.has(good) && !dummies.includes(good));
  return at < 0 ? undefined : goodNotForSale([...path, at], bundle[at] as string, [...copies.keys()]);
}
