import { apiFolder, pageFiles, readPage } from './pages.mjs';
import { sidebar } from './sidebar.mjs';

/** @typedef {import('./sidebar.mjs').Item} Item */

const introduction = `# Mechane

> A TypeScript plugin framework for economic mechanisms: auctions, markets and games. Every mechanism declares what it guarantees, and a
> conformance kit checks each declaration and answers a false one with a minimal counterexample.
`;

/**
 * The index for language models: every page in the order of the sidebar, with its first sentences. See llmstxt.org.
 *
 * @returns {string}
 */
export function llmsIndex() {
  const pages = new Map(pageFiles().map((file) => [readPage(file).path, readPage(file)]));
  const sections = sidebar().map(({ text, items = [] }) => {
    const lines = linked(items).map(({ text: title, link }) => {
      const summary = summaryOf(pages.get(link)?.text ?? '');
      return `- [${title}](${markdownAt(link)})${summary === '' ? '' : `: ${summary}`}`;
    });
    return `## ${text}\n\n${lines.join('\n')}\n`;
  });
  return `${introduction}\nThe text of all pages but the API reference in one file: [llms-full.txt](/llms-full.txt)\n\n${sections.join('\n')}`;
}

/**
 * Where the Markdown of a page stands on the site, beside the page itself.
 *
 * @param {string} path
 */
export function markdownAt(path) {
  return path.endsWith('/') ? `${path}index.md` : `${path}.md`;
}

/**
 * The text of all pages in one file, but for the reference, which is as long as the rest.
 *
 * @returns {string}
 */
export function llmsFull() {
  const order = linked(sidebar()).map(({ link }) => link);
  const pages = pageFiles()
    .filter((file) => !file.startsWith(`${apiFolder}/`))
    .map(readPage);
  const inOrder = order.flatMap((link) => pages.filter(({ path }) => path === link));
  return `${introduction}\n${inOrder.map(({ path, text }) => `<!-- ${path} -->\n\n${text.trim()}\n`).join('\n')}`;
}

/**
 * @param {readonly Item[]} items
 * @returns {{ text: string, link: string }[]}
 */
function linked(items) {
  return items.flatMap(({ text, link, items: own = [] }) => [
    ...(link === undefined ? [] : [{ text, link }]),
    ...linked(own),
  ]);
}

/** @param {string} text */
function summaryOf(text) {
  const paragraph = text
    .split(/\n{2,}/)
    .map((part) => part.trim())
    .find((part) => part !== '' && /^[\p{L}\d*`["“]/u.test(part));
  const line = (paragraph ?? '').replaceAll(/\s+/g, ' ').replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1');
  return /^.*?[.:](?= |$)/.exec(line)?.[0].replace(/:$/, '.') ?? line;
}
