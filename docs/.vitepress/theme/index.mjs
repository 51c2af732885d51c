import DefaultTheme from 'vitepress/theme';
import './figures.css';
import './mechane.css';
import './promises.css';
import PromisesTable from './promises-table.mjs';

export default {
  extends: DefaultTheme,
  enhanceApp: ({ app }) => app.component('PromisesTable', PromisesTable),
};
