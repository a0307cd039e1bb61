import MiniSearch, { type SearchResult } from 'minisearch';
import { useRef, useState } from 'preact/hooks';
import { useLanguage } from '../shared/language.ts';
import { SEARCH_OPTIONS, type SearchEntry } from './search-options.ts';

declare global {
  interface Window {
    /** Set by the script of the index. */
    searchIndex?: string;
  }
}

let loading: Promise<MiniSearch<SearchEntry> | undefined> | undefined;

/** Loads the index when somebody begins to search: as a script, which a page on a disk may load too. */
function loadIndex(): Promise<MiniSearch<SearchEntry> | undefined> {
  loading ??= new Promise((resolve) => {
    const script = document.createElement('script');
    script.src = document.documentElement.dataset.search ?? '';
    script.onload = () => {
      const { searchIndex } = window;
      resolve(searchIndex === undefined ? undefined : MiniSearch.loadJSON(searchIndex, SEARCH_OPTIONS));
    };
    script.onerror = () => resolve(undefined);
    document.head.append(script);
  });
  return loading;
}

const MOST = 20;

/** Its list is drawn here and is no list of the browser, which the types ask for. */
const COMBOBOX: { readonly role?: 'searchbox' } = { role: 'combobox' as 'searchbox' };

/** Search over all pages, without a server: a combobox with the places that fit. */
export function Search() {
  const { say } = useLanguage();
  const [results, setResults] = useState<readonly SearchResult[]>();
  const [index, setIndex] = useState(0);
  const newest = useRef('');
  const look = async (text: string) => {
    newest.current = text;
    const found = text.trim() === '' ? undefined : (await loadIndex())?.search(text).slice(0, MOST);
    if (newest.current !== text) return;
    setResults(found);
    setIndex(0);
  };
  const move = (event: KeyboardEvent) => {
    if (results === undefined) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      setIndex(Math.min(Math.max(0, index + step), results.length - 1));
    }
    if (event.key === 'Escape') setResults(undefined);
    const chosen = results[index];
    if (event.key === 'Enter' && chosen !== undefined) location.href = String(chosen.id);
  };
  const isOpen = results !== undefined;
  return (
    <search class="search">
      {/* biome-ignore lint/a11y/useAriaPropsSupportedByRole: COMBOBOX is its role. */}
      <input
        type="search"
        {...COMBOBOX}
        aria-label={say('search.label')}
        placeholder={say('search.label')}
        aria-expanded={isOpen}
        aria-controls="search-results"
        aria-activedescendant={isOpen && results.length > 0 ? `result-${index}` : undefined}
        autocomplete="off"
        onFocus={() => void loadIndex()}
        onInput={({ currentTarget }) => void look(currentTarget.value)}
        onKeyDown={move}
      />
      <div
        id="search-results"
        class={isOpen ? 'search-results' : 'hidden'}
        role="listbox"
        aria-label={say('search.label')}
      >
        {results?.map(({ id, title, page, within, excerpt }, at) => (
          <div key={id} role="option" id={`result-${at}`} aria-selected={at === index}>
            <a href={String(id)} tabIndex={-1} onClick={() => setResults(undefined)}>
              <strong>{String(title)}</strong>
              <span>{[page, within].filter((part) => part !== '' && part !== title).join(' · ')}</span>
              <span>{String(excerpt)}</span>
            </a>
          </div>
        ))}
        {results?.length === 0 && (
          <div role="option" aria-selected="false">
            {say('search.none')}
          </div>
        )}
      </div>
    </search>
  );
}
