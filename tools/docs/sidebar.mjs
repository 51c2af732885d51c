import { apiFolder, pageFiles, readPage } from './pages.mjs';

/** @typedef {import('./pages.mjs').Page} Page */
/** @typedef {{ text: string, link?: string, collapsed?: boolean, items?: Item[] }} Item */

/** The pages that are written by hand, in the order in which a newcomer may read them. */
const written = [
  { text: 'Begin', files: ['start.md', 'command-line.md'] },
  {
    text: 'Concepts',
    files: [
      'concepts/mechanism.md',
      'concepts/report.md',
      'concepts/agents-and-proxies.md',
      'concepts/claims-and-laws.md',
      'concepts/counterexamples.md',
      'concepts/certificates.md',
    ],
  },
  {
    text: 'Guides',
    files: [
      'guide/write-a-plugin.md',
      'guide/write-a-law.md',
      'guide/any-language.md',
      'guide/live-agents.md',
      'guide/auction-tonight.md',
      'guide/a-class-tomorrow.md',
      'guide/auction-service.md',
      'guide/more-than-one-machine.md',
      'guide/bidders-in-any-language.md',
      'guide/bidders-that-are-models.md',
      'guide/services.md',
      'guide/upgrading.md',
    ],
  },
  {
    text: 'Games',
    files: [
      'games/index.md',
      'games/two-players.md',
      'games/many-players.md',
      'games/trees.md',
      'games/correlated.md',
      'games/refinements.md',
      'games/coalitions.md',
    ],
  },
  { text: 'Markets', files: ['markets/index.md', 'markets/one-good.md', 'markets/divisible-goods.md'] },
  { text: 'Learning and research', files: ['learning.md', 'research.md'] },
];

/**
 * The sidebar: pages by hand, a group for each package of mechanisms, the reference, and how it is built.
 *
 * @returns {Item[]}
 */
export function sidebar() {
  return [
    ...written.map(({ text, files }) => ({ text, items: files.map((file) => itemOf(readPage(file))) })),
    { text: 'Mechanisms', items: mechanisms() },
    { text: 'API reference', collapsed: true, items: pagesBelow(apiFolder) },
    {
      text: 'How it is built',
      collapsed: true,
      items: [itemOf(readPage('architecture.md')), ...pagesBelow('decisions')],
    },
  ].filter(({ items }) => items.length > 0);
}

/** @returns {Item[]} */
function mechanisms() {
  const pages = pageFiles('mechanisms').map(readPage);
  const overview = pages.filter(({ file }) => /^mechanisms\/[^/]+$/.test(file));
  const packages = [...new Set(pages.filter((page) => !overview.includes(page)).map(packageOf))];
  const properties = pageFiles().includes('properties.md') ? [itemOf(readPage('properties.md'))] : [];
  return [
    ...overview.map((page) => ({ ...itemOf(page), text: page.path.endsWith('/') ? 'Overview' : page.title })),
    ...properties,
    ...packages.map((name) => ({
      text: name,
      collapsed: true,
      items: pages.filter((page) => !overview.includes(page) && packageOf(page) === name).map(itemOf),
    })),
  ];
}

/** @param {Page} page */
function packageOf({ file }) {
  return file.split('/')[1] ?? '';
}

/**
 * @param {string} folder
 * @returns {Item[]}
 */
function pagesBelow(folder) {
  return pageFiles(folder)
    .map(readPage)
    .sort((one, other) => Number(other.path.endsWith('/')) - Number(one.path.endsWith('/')))
    .map(itemOf);
}

/**
 * @param {Page} page
 * @returns {Item}
 */
function itemOf({ title, path }) {
  return { text: title, link: path };
}
