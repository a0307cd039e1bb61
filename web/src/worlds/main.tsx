import { render } from 'preact';
import { applyTheme, currentTheme } from '../shared/theme.ts';
import { App } from './app.tsx';

applyTheme(currentTheme());
const root = document.getElementById('app');
if (root !== null) render(<App />, root);
