import { inflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { inOneFile } from '../src/page.ts';
import { playgroundFile } from '../src/playground-file.ts';
import { project } from './project.ts';

const by = { name: '@mechane/auction-sealed', version: '1.2.3' };
const page = '<html><script id="mechane-versions">{"@mechane/auction-sealed":"1.2.3"}</script><!--shown--></html>';
const shown = { room: 'mechanism/auction-sealed/second-price', given: { bids: [3, 5] }, by };

test('the page holds what is shown, and the optimizer, for a browser that fetches nothing', async () => {
  const folder = project([], { [inOneFile]: page, 'assets/highs-1a2b.wasm': Buffer.from([0, 97, 115, 109]) });
  const file = (await playgroundFile(folder, shown)) ?? '';
  const [, packed = ''] = /data-at="#\/mechanism\/auction-sealed\/second-price\?s=([\w-]+)"/.exec(file) ?? [];
  expect(JSON.parse(inflateRawSync(Buffer.from(packed, 'base64url')).toString())).toEqual(shown.given);
  expect(file).toContain('data:application/wasm;base64,AGFzbQ==');
});

test('a page without an optimizer is shown without one', async () => {
  for (const files of [{ [inOneFile]: page }, { [inOneFile]: page, 'assets/mark.svg': '' }])
    expect(await playgroundFile(project([], files), shown)).toContain('base64,"</script>');
});

test('nothing is shown by a page that was not built, that has another version, or where an address cannot hold it', async () => {
  const built = project([], { [inOneFile]: page });
  expect(await playgroundFile(project([]), shown)).toBeUndefined();
  expect(await playgroundFile(built, { ...shown, by: { ...by, version: '1.2.4' } })).toBeUndefined();
  expect(await playgroundFile(project([], { [inOneFile]: '<html></html>' }), shown)).toBeUndefined();
  // Text that cannot be packed: no two parts of it are alike.
  const long = Array.from({ length: 120_000 }, (_, index) => ((index * 2_654_435_761) % 4_294_967_296).toString(36));
  expect(await playgroundFile(built, { ...shown, given: long })).toBeUndefined();
});
