import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { inOneFile } from './page.ts';
import type { PluginPackage } from './plugin-folders.ts';

/** What is shown in the playground: a room of it, and what the room is given. */
export interface Shown {
  /** The path of the room, such as `mechanism/auction-sealed/second-price`. */
  readonly room: string;
  readonly given: unknown;
  /** The package that it was computed with. */
  readonly by: Pick<PluginPackage, 'name' | 'version'>;
}

/** Browsers and their histories take no longer addresses. */
const longestAddress = 200_000;

/**
 * The playground as one page that needs no server, at what is shown; `undefined` where it cannot show it: it was not built, it has another version of
 * the package, or there is more than an address holds.
 *
 * @param folder where the playground is built
 */
export async function playgroundFile(folder: string, { room, given, by }: Shown): Promise<string | undefined> {
  const page = await readFile(join(folder, inOneFile), 'utf8').catch(() => undefined);
  if (page === undefined) return undefined;
  const [, versions = '{}'] = /id="mechane-versions">([^<]*)</.exec(page) ?? [];
  if ((JSON.parse(versions) as Readonly<Record<string, string>>)[by.name] !== by.version) return undefined;
  const packed = deflateRawSync(JSON.stringify(given)).toString('base64url');
  if (packed.length > longestAddress) return undefined;
  const highs = await optimizerIn(join(folder, 'assets'));
  const shown = `<meta id="mechane-shown" data-at="#/${room}?s=${packed}" /><script>globalThis.highsWasm="data:application/wasm;base64,${highs}"</script>`;
  return page.replace('<!--shown-->', () => shown);
}

/** The WebAssembly of the optimizer, which is a file of the built page, in letters. */
async function optimizerIn(assets: string): Promise<string> {
  const files = await readdir(assets).catch(() => []);
  const file = files.find((name) => name.endsWith('.wasm'));
  return file === undefined ? '' : readFile(join(assets, file), 'base64');
}
