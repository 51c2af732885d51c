import DefaultTheme from 'vitepress/theme';
import './figures.css';
import './mechane.css';

export default DefaultTheme;
