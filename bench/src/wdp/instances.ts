import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type CatsAuction, combinatorialAuctions, readCats } from '@mechane/auction-combinatorial';
import { createMechane } from '@mechane/core';

/** An instance in a file, and what is known of it. */
export interface Instance {
  /** `regions-64-250`: distribution, goods, bids. */
  readonly name: string;
  readonly family: string;
  readonly file: string;
  readonly known: Known | undefined;
}

/** The best welfare that is known, and whether it is proved. */
export interface Known {
  readonly welfare: number;
  readonly proved: boolean;
}

const mechane = createMechane().use(combinatorialAuctions);

/** The distributions that are measured: L1, L5 and L8 are all dominated bids, or like L3. */
export const families: readonly string[] = [
  ...['arbitrary', 'matching', 'paths', 'regions', 'scheduling'],
  ...['L2', 'L3', 'L4', 'L6', 'L7'],
];

/** The folder of instances with published optima: one that is named, or that beside the repository, if it is there. */
export function sharedFolder(named: string | undefined): string | undefined {
  const folder = named ?? fileURLToPath(new URL('../../../../shared/data/cats', import.meta.url));
  return existsSync(folder) ? folder : undefined;
}

/** The instances in a folder whose names match; `optima.json` there says what is known of them. */
export function instancesIn(folder: string, only: RegExp): readonly Instance[] {
  const optima = join(folder, 'optima.json');
  const known = existsSync(optima) ? (JSON.parse(readFileSync(optima, 'utf8')) as Record<string, Known>) : {};
  return readdirSync(folder)
    .filter((file) => file.endsWith('.txt') && only.test(file))
    .sort()
    .map((file) => {
      const name = basename(file, '.txt');
      return { name, family: name.split('-')[0] as string, file: join(folder, file), known: known[file] };
    });
}

/** Instances drawn from seeds, one of each family and size, in files of a folder of their own, which goes with the process. */
export function drawnInstances(
  only: RegExp,
  sizes: readonly (readonly [goods: number, bids: number])[],
  seed = 1,
): readonly Instance[] {
  const folder = mkdtempSync(join(tmpdir(), 'mechane-wdp-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const names = families.flatMap((family) => sizes.map(([goods, bids]) => ({ family, goods, bids })));
  return names.flatMap(({ family, goods, bids }) => {
    const name = `${family}-${goods}-${bids}`;
    if (!only.test(`${name}.txt`)) return [];
    const file = join(folder, `${name}.txt`);
    writeFileSync(file, drawn(family, goods, bids, seed));
    return [{ name, family, file, known: undefined }];
  });
}

function drawn(family: string, goods: number, bids: number, seed: number): string {
  const id = `cats-${family.toLowerCase()}`;
  const write = mechane.generators.find((generator) => generator.id === id)?.formats.cats;
  if (write === undefined) throw new Error(`there is no generator ${id} that writes CATS files`);
  return write(mechane.generate(id, { settings: { goods, bids }, seed }).instance);
}

export function auctionIn({ file }: Instance): CatsAuction {
  return readCats(readFileSync(file, 'utf8'));
}
