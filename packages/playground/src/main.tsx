import { pageStyle } from '@mechane/plots';
import { render } from 'preact';
import { App } from './app.tsx';
import './style.css';

const style = document.createElement('style');
style.textContent = pageStyle;
document.head.append(style);
render(<App />, document.getElementById('app') as HTMLElement);
