import DefaultTheme from 'vitepress/theme';
import { h } from 'vue';
import './figures.css';
import './mechane.css';
import './promises.css';
import LiveHero from './live-hero.mjs';
import PromisesTable from './promises-table.mjs';

export default {
  extends: DefaultTheme,
  // The playground is built beside the pages: where only pages are served, the picture of the first page stays.
  Layout: () => h(DefaultTheme.Layout, null, import.meta.env.PROD ? { 'home-hero-image': () => h(LiveHero) } : {}),
  enhanceApp: ({ app }) => app.component('PromisesTable', PromisesTable),
};
