import DefaultTheme from 'vitepress/theme';
import './mechane.css';

export default DefaultTheme;
