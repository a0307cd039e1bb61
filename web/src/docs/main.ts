import { h, render } from 'preact';
import { Bar } from '../shared/bar.tsx';
import { chooseLanguage, currentLanguage, say, useLanguage } from '../shared/language.ts';
import { applyTheme, currentTheme } from '../shared/theme.ts';
import { isWord } from '../shared/words.ts';
import { Search } from './search.tsx';

applyTheme(currentTheme());

/** Texts of the page that are of the interface and not of the docs. */
function translate(): void {
  for (const element of document.querySelectorAll<HTMLElement>('[data-word]')) {
    const word = element.dataset.word ?? '';
    if (isWord(word)) element.textContent = say(word);
  }
}

function DocsBar() {
  const { language } = useLanguage();
  translate();
  return h(Bar, { current: 'docs', toRoot: '../' }, h(Search, { key: language }));
}

// Whoever opens the Chinese page reads Chinese.
if (document.documentElement.lang === 'zh-CN' && currentLanguage() !== 'zh') chooseLanguage('zh');
const bar = document.getElementById('bar');
if (bar !== null) render(h(DocsBar, {}), bar);
