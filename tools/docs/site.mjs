import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { root } from '../root.mjs';
import { docs } from './pages.mjs';
import { repositoryFiles } from './repository-links.mjs';

/** Where VitePress puts the site. */
export const site = join(docs, '.vitepress', 'dist');

/**
 * The links of a built site that lead nowhere: to no file of the site, to no heading of a page, to no file of the repository.
 *
 * @param {string} [folder]
 * @returns {string[]}
 */
export function deadLinks(folder = site) {
  const files = new Set(
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => file.replaceAll('\\', '/')),
  );
  const pages = new Map(
    [...files].filter((file) => file.endsWith('.html')).map((file) => [file, readFileSync(join(folder, file), 'utf8')]),
  );
  const anchors = new Map(
    [...pages].map(([file, html]) => [
      file,
      new Set([...html.matchAll(/\sid="([^"]+)"/g)].map(([, id = '']) => plain(id))),
    ]),
  );
  return [...pages].flatMap(([file, html]) =>
    [...new Set([...html.matchAll(/<a\b[^>]*?\shref="([^"]*)"/g)].map(([, href = '']) => plain(href)))]
      .filter((href) => !leadsSomewhere(href, file, files, anchors))
      .map((href) => `${file}: ${href}`),
  );
}

/**
 * @param {string} href
 * @param {string} from
 * @param {ReadonlySet<string>} files
 * @param {ReadonlyMap<string, ReadonlySet<string>>} anchors
 */
function leadsSomewhere(href, from, files, anchors) {
  const [address = '', fragment = ''] = href.split('#').map(decodeURIComponent);
  if (address.startsWith(repositoryFiles)) return existsSync(join(root, address.slice(repositoryFiles.length)));
  if (/^[a-z]+:/.test(address)) return true;
  const path = address === '' ? from : posix.join('/', posix.dirname(from), address.startsWith('/') ? '' : address);
  const target = address.startsWith('/') ? address : path;
  const file = fileOf(target.replace(/^\//, ''), files);
  if (file === undefined) return false;
  // The playground reads what begins with a stroke as the way to one of its rooms.
  if (file.startsWith('playground/') && fragment.startsWith('/')) return true;
  return fragment === '' || (anchors.get(file)?.has(fragment) ?? true);
}

/**
 * @param {string} path
 * @param {ReadonlySet<string>} files
 */
function fileOf(path, files) {
  return [path, `${path}.html`, posix.join(path, 'index.html')].find((file) => files.has(file) && /\.\w+$/.test(file));
}

/** @param {string} text */
function plain(text) {
  return text
    .replaceAll('&amp;', '&')
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&#39;', "'");
}
