import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runScript } from '../command.mjs';
import { root } from '../root.mjs';
import { apiFolder, docs } from './pages.mjs';

const made = join(root, '.cache', 'api');
const pages = join(docs, apiFolder);
const stamp = join(root, '.cache', 'api-made-from');

/**
 * Makes the pages of the reference from the doc comments of what packages export, unless they are made from the sources as they are.
 *
 * @returns {Promise<string | undefined>} what is wrong, if anything
 */
export async function makeApiPages() {
  const key = sourcesKey();
  if (existsSync(pages) && existsSync(stamp) && readFileSync(stamp, 'utf8') === key) return undefined;
  rmSync(made, { recursive: true, force: true });
  const { code, output } = await runScript(
    join(docs, 'node_modules', 'typedoc', 'bin', 'typedoc'),
    ['--options', join(docs, 'typedoc.json')],
    { captured: true, env: { NO_COLOR: '1' } },
  );
  if (code !== 0) return output;
  rmSync(pages, { recursive: true, force: true });
  mkdirSync(pages, { recursive: true });
  const packages = readdirSync(made, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  for (const { name } of packages) {
    const page = readFileSync(join(made, name, 'src.md'), 'utf8');
    writeFileSync(join(pages, `${name}.md`), apiPage(name, page));
  }
  const wrong = packages
    .map(({ name }) => name)
    .filter((name) => hasUnsorted(readFileSync(join(pages, `${name}.md`), 'utf8')));
  if (wrong.length > 0)
    return `without a chapter: some exports of ${wrong.join(', ')}. Fix: a @category in their doc comments`;
  writeFileSync(stamp, key);
  return undefined;
}

/**
 * Whether some of what a page tells of stands in no chapter.
 *
 * @param {string} page
 */
export function hasUnsorted(page) {
  return /^## Other$/m.test(page);
}

/**
 * A package's page as it stands on the site.
 *
 * @param {string} name the package's folder
 * @param {string} page as it was generated
 */
export function apiPage(name, page) {
  const body = page
    .replaceAll(/\(((?:\.\.\/)+)([a-z-]+)\/src\.md/g, '($2.md')
    .replaceAll(/\(src\.md#/g, '(#')
    // Their examples are run where they stand, in the sources.
    .replaceAll(/^```ts$/gm, '```typescript');
  return `---\ntitle: '@mechane/${name}'\neditLink: false\n---\n\n# @mechane/${name}\n\n${introduction(name)}\n\n${body.trimStart()}`;
}

/** @param {string} name */
function introduction(name) {
  const { description } = JSON.parse(readFileSync(join(root, 'packages', name, 'package.json'), 'utf8'));
  return `${description}. What it is for and how to use it stands in [its README](../../packages/${name}/README.md).`;
}

/** All that the reference depends on, in one hash. */
function sourcesKey() {
  const hash = createHash('sha256');
  const sources = readdirSync(join(root, 'packages'))
    .flatMap((name) => below(join('packages', name, 'src')))
    .sort();
  const settings = ['typedoc.json', 'tsconfig.api.json', 'package-lock.json'].map((file) => join('docs', file));
  for (const file of [...sources, ...settings, join('tools', 'docs', 'api.mjs')]) {
    hash.update(`\0${file}\0`).update(readFileSync(join(root, file)));
  }
  return hash.digest('hex');
}

/**
 * @param {string} folder
 * @returns {string[]}
 */
function below(folder) {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(folder, file));
}
