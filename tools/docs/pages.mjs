import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../root.mjs';

/** The folder of the documentation. */
export const docs = join(root, 'docs');

/** The folder, below `docs`, of the pages that are made from doc comments. */
export const apiFolder = 'api';

/**
 * A page: where its source is, relative to `docs`, the path of its address, its title, and its text without frontmatter.
 *
 * @typedef {{ file: string, path: string, title: string, text: string, frontmatter: Record<string, string> }} Page
 */

/**
 * The Markdown files below `docs`, sorted.
 *
 * @param {string} [folder]
 * @returns {string[]}
 */
export function pageFiles(folder = '') {
  if (!existsSync(join(docs, folder))) return [];
  return readdirSync(join(docs, folder), { withFileTypes: true })
    .filter(({ name }) => name !== 'node_modules' && name !== 'public' && !name.startsWith('.'))
    .flatMap((entry) => {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) return pageFiles(path);
      return entry.name.endsWith('.md') ? [path] : [];
    })
    .sort();
}

/**
 * @param {string} file
 * @returns {Page}
 */
export function readPage(file) {
  const source = readFileSync(join(docs, file), 'utf8');
  const [head = '', yaml = ''] = /^---\n([\s\S]*?)\n---\n/.exec(source) ?? [];
  const frontmatter = Object.fromEntries(
    [...yaml.matchAll(/^(\w+): *(.+)$/gm)].map(([, key = '', value = '']) => [
      key,
      value.replace(/^(['"])(.*)\1$/, '$2'),
    ]),
  );
  const text = source.slice(head.length);
  const title = frontmatter.title ?? /^# (.+)$/m.exec(text)?.[1]?.replaceAll('`', '') ?? file;
  return { file, path: pathOf(file), title, text, frontmatter };
}

/**
 * The path of a page's address, without an ending.
 *
 * @param {string} file
 */
export function pathOf(file) {
  return `/${file.replace(/\.md$/, '').replace(/(^|\/)(index|README)$/, '$1')}`;
}
