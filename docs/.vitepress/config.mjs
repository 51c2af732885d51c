import { defineConfig } from 'vitepress';
import { showFigures } from '../../tools/docs/figures.mjs';
import { showFileNames } from '../../tools/docs/file-names.mjs';
import { showPromises } from '../../tools/docs/promises.mjs';
import { linkToRepository } from '../../tools/docs/repository-links.mjs';
import { searchable } from '../../tools/docs/searchable.mjs';
import { sidebar } from '../../tools/docs/sidebar.mjs';
import { showVerdicts } from '../../tools/docs/verdicts.mjs';

const repository = 'https://github.com/mechane/mechane';

export default defineConfig({
  title: 'Mechane',
  description: 'A TypeScript plugin framework for economic mechanisms: auctions, markets and games',
  lang: 'en',
  cleanUrls: true,
  head: [['link', { rel: 'icon', href: '/mark.svg', type: 'image/svg+xml' }]],
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
      { text: 'Start', link: '/start' },
      { text: 'Concepts', link: '/concepts/mechanism', activeMatch: '^/concepts/' },
      { text: 'Guides', link: '/guide/write-a-plugin', activeMatch: '^/guide/' },
      { text: 'Mechanisms', link: '/mechanisms/', activeMatch: '^/(mechanisms/|properties)' },
      { text: 'Games', link: '/games/', activeMatch: '^/games/' },
      { text: 'Markets', link: '/markets/', activeMatch: '^/markets/' },
      { text: 'Learning', link: '/learning', activeMatch: '^/(learning|research)' },
      { text: 'Command line', link: '/command-line' },
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
