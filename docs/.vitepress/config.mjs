import { defineConfig } from 'vitepress';
import { showFigures } from '../../tools/docs/figures.mjs';
import { showFileNames } from '../../tools/docs/file-names.mjs';
import { showPromises } from '../../tools/docs/promises.mjs';
import { linkToRepository } from '../../tools/docs/repository-links.mjs';
import { searchable } from '../../tools/docs/searchable.mjs';
import { sidebar } from '../../tools/docs/sidebar.mjs';
import { showVerdicts } from '../../tools/docs/verdicts.mjs';

const repository = 'https://github.com/mechane/mechane';
// Who shows a link takes a whole address only, and the site is served from more than one.
const picture = 'https://raw.githubusercontent.com/mechane/mechane/main/docs/public/social.png';

export default defineConfig({
  title: 'Mechane',
  description: 'A TypeScript plugin framework for economic mechanisms: auctions, markets and games',
  lang: 'en',
  cleanUrls: true,
  head: [
    ['link', { rel: 'icon', href: '/mark.svg', type: 'image/svg+xml' }],
    ['meta', { property: 'og:site_name', content: 'Mechane' }],
    ['meta', { property: 'og:type', content: 'website' }],
    ['meta', { property: 'og:image', content: picture }],
    ['meta', { property: 'og:image:width', content: '1200' }],
    ['meta', { property: 'og:image:height', content: '630' }],
    ['meta', { property: 'og:image:alt', content: 'Mechane: bids as bars, and the price as a line across them' }],
    ['meta', { name: 'twitter:card', content: 'summary_large_image' }],
  ],
  transformHead: ({ title, description }) => [
    ['meta', { property: 'og:title', content: title }],
    ['meta', { property: 'og:description', content: description }],
  ],
  // The playground is built beside the pages, not by VitePress.
  ignoreDeadLinks: [/^\/playground\//],
  rewrites: { 'decisions/README.md': 'decisions/index.md', 'mechanisms/README.md': 'mechanisms/index.md' },
  markdown: {
    math: true,
    config(markdown) {
      linkToRepository(markdown);
      showFileNames(markdown);
      showFigures(markdown);
      showVerdicts(markdown);
      showPromises(markdown);
    },
  },
  // The search index holds every page, the reference included; it is loaded when somebody searches.
  vite: { build: { chunkSizeWarningLimit: 8192 } },
  themeConfig: {
    logo: '/mark.svg',
    nav: [
      { text: 'Playground', link: '/playground/', target: '_self' },
      {
        text: 'Guide',
        activeMatch: '^/(start|concepts/|guide/|command-line)',
        items: [
          { text: 'Start in two minutes', link: '/start' },
          { text: 'Concepts', link: '/concepts/mechanism' },
          { text: 'Guides', link: '/guide/write-a-plugin' },
          { text: 'Command line', link: '/command-line' },
        ],
      },
      { text: 'Mechanisms', link: '/mechanisms/', activeMatch: '^/(mechanisms/|properties)' },
      { text: 'Games', link: '/games/', activeMatch: '^/games/' },
      { text: 'Markets', link: '/markets/', activeMatch: '^/markets/' },
      { text: 'Learning', link: '/learning', activeMatch: '^/(learning|research)' },
      { text: 'API', link: '/api/core', activeMatch: '^/api/' },
    ],
    sidebar: sidebar(),
    search: {
      provider: 'local',
      options: { _render: (markdown, env, renderer) => renderer.render(searchable(markdown), env) },
    },
    outline: [2, 3],
    socialLinks: [{ icon: 'github', link: repository }],
    footer: { message: 'MIT licence' },
  },
});
