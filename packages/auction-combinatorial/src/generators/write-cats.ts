import type { PackageScenario } from './package-scenario.ts';

/**
 * Writes an auction as a file of the Combinatorial Auction Test Suite: bids of one bidder share a dummy good. Goods become numbers in the order of the
 * settings, and bidders lose their names; `readCats` reads the same auction back.
 *
 * @category Instances
 */
export function writeCats({ settings, reports }: PackageScenario): string {
  const numbers = new Map(settings.goods.map((good, number) => [good, number]));
  const lines: string[] = [];
  let dummies = 0;
  for (const { xor } of Object.values(reports)) {
    const dummy = xor.length > 1 ? [settings.goods.length + dummies++] : [];
    for (const { bundle, value } of xor) {
      const goods = bundle.map((good) => numbers.get(good) as number).sort((a, b) => a - b);
      lines.push([lines.length, value, ...goods, ...dummy, '#'].join('\t'));
    }
  }
  const counts = [`goods ${settings.goods.length}`, `bids ${lines.length}`, `dummy ${dummies}`];
  return `${[...counts, '', ...lines].join('\n')}\n`;
}
