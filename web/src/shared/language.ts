import { useEffect, useState } from 'preact/hooks';
import { remember, remembered } from './storage.ts';
import { type Word, words } from './words.ts';

export type Language = 'en' | 'zh';

let current: Language = initial();
const listeners = new Set<() => void>();

function initial(): Language {
  const chosen = remembered('language');
  if (chosen === 'en' || chosen === 'zh') return chosen;
  return navigator.language.startsWith('zh') ? 'zh' : 'en';
}

export function currentLanguage(): Language {
  return current;
}

export function chooseLanguage(language: Language): void {
  current = language;
  remember('language', language);
  for (const listener of listeners) listener();
}

/** Says a word of the interface; `{name}` in it is replaced. */
export type Say = (word: Word, parts?: Readonly<Record<string, string | number>>) => string;

export function say(word: Word, parts: Readonly<Record<string, string | number>> = {}): string {
  const [english, chinese] = words[word];
  const text = current === 'zh' ? chinese : english;
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(parts[name] ?? whole));
}

/** The language of the interface; whoever asks is drawn again when it changes. */
export function useLanguage(): { readonly language: Language; readonly say: Say } {
  const [, redraw] = useState(0);
  useEffect(() => {
    const listener = () => redraw((count) => count + 1);
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  }, []);
  return { language: current, say };
}
