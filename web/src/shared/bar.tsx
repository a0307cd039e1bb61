import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { chooseLanguage, useLanguage } from './language.ts';
import { chooseTheme, currentTheme } from './theme.ts';

/** What a page tells the bar. */
export interface BarProps {
  readonly current: 'playground' | 'worlds' | 'docs';
  /** From the page to the root of the site: `` or `../`. */
  readonly toRoot: string;
  readonly children?: ComponentChildren;
}

/** The bar at the top of every page: where one is, and the two choices that hold everywhere. */
export function Bar({ current, toRoot, children }: BarProps) {
  const { language, say } = useLanguage();
  const isOffline = document.documentElement.dataset.offline === 'true';
  useEffect(() => {
    if (current !== 'docs') document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  }, [language, current]);
  const docs = language === 'zh' ? 'docs/zh-CN.html' : 'docs/index.html';
  const link = (page: BarProps['current'], href: string, text: string) => (
    <a href={`${toRoot}${href}`} aria-current={page === current ? 'page' : undefined}>
      {text}
    </a>
  );
  return (
    <header class="bar">
      <span class="brand">
        <Mark /> kubebyon-gateway
      </span>
      {!isOffline && (
        <nav aria-label={say('nav.label')}>
          {link('playground', 'index.html', say('nav.playground'))}
          {link('worlds', 'worlds.html', say('nav.worlds'))}
          {link('docs', docs, say('nav.docs'))}
        </nav>
      )}
      <div class="bar-middle">{children}</div>
      {!isOffline && current !== 'docs' && (
        <a
          class="quiet wide-only"
          href={`${toRoot}offline/kubebyon-${current}.html`}
          title={say('nav.offline.title')}
          download
        >
          {say('nav.offline')}
        </a>
      )}
      <button
        type="button"
        class="quiet"
        lang={language === 'zh' ? 'en' : 'zh-CN'}
        onClick={() => chooseLanguage(language === 'zh' ? 'en' : 'zh')}
      >
        {say('language.other')}
      </button>
      <ThemeButton />
    </header>
  );
}

function ThemeButton() {
  const { say } = useLanguage();
  const [theme, setTheme] = useState(currentTheme());
  const other = theme === 'dark' ? 'light' : 'dark';
  const title = say(theme === 'dark' ? 'theme.toLight' : 'theme.toDark');
  const choose = () => {
    chooseTheme(other);
    setTheme(other);
  };
  return (
    <button type="button" class="quiet icon" onClick={choose} aria-label={title} title={title}>
      <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
        <circle cx="8" cy="8" r="5.5" fill="none" stroke="currentColor" stroke-width="1.5" />
        <path d="M8 2.5a5.5 5.5 0 0 1 0 11z" fill="currentColor" />
      </svg>
    </button>
  );
}

function Mark() {
  return (
    <svg viewBox="0 0 32 32" width="20" height="20" aria-hidden="true">
      <rect width="32" height="32" rx="7" fill="var(--accent)" />
      <path
        d="M8 9h6M8 16h16M8 23h6M18 9l6 7-6 7"
        fill="none"
        stroke="var(--on-accent)"
        stroke-width="2.6"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}
