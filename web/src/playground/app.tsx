import { useCallback, useRef, useState } from 'preact/hooks';
import { Bar } from '../shared/bar.tsx';
import { useLanguage } from '../shared/language.ts';
import { Tabs } from '../shared/tabs.tsx';
import { AddressesPane } from './addresses-pane.tsx';
import { ChangesPane } from './changes-pane.tsx';
import { EntriesPane } from './entries-pane.tsx';
import { InstallPane } from './install-pane.tsx';
import { ManifestsPane } from './manifests-pane.tsx';
import { Problems } from './problems.tsx';
import { usePlayground } from './state.ts';
import { Status } from './status.tsx';
import { Toolbar } from './toolbar.tsx';
import { useValueAtCursor, ValueStrip } from './value-strip.tsx';
import { type EditorHandle, ValuesEditor } from './values-editor.tsx';

const TABS = ['manifests', 'entries', 'addresses', 'install', 'changes'] as const;
type Tab = (typeof TABS)[number];

/** The playground: values on the left, what they become on the right. */
export function App() {
  const playground = usePlayground();
  const { say } = useLanguage();
  const editor = useRef<EditorHandle | null>(null);
  const [tab, setTab] = useState<Tab>('manifests');
  const [selected, setSelected] = useState<string>();
  const [deciding, setDeciding] = useState<readonly number[]>([]);
  const value = useValueAtCursor(playground);
  const reveal = useCallback((line: number, column?: number) => editor.current?.reveal(line, column), []);
  const showLine = (key: string) => {
    setSelected(key);
    setTab('manifests');
  };
  return (
    <>
      <Bar current="playground" toRoot="">
        <Status playground={playground} />
      </Bar>
      <Toolbar playground={playground} />
      <main class="split">
        <h1 class="hidden">{say('nav.playground')}</h1>
        <section class="pane values-pane" aria-label={say('values')}>
          <ValuesEditor playground={playground} deciding={deciding} handle={editor} onCursor={value.follow} />
          <ValueStrip value={value.answer} onShow={showLine} />
          <Problems playground={playground} onReveal={reveal} />
        </section>
        <section class="pane result-pane">
          <Tabs
            label={say('tabs.label')}
            tabs={TABS.map((name) => ({ name, title: say(`tab.${name}`) }))}
            current={tab}
            onChoose={setTab}
          />
          <div class="tab-panel" role="tabpanel" id={`panel-${tab}`} aria-labelledby={`tab-${tab}`}>
            {playground.isStale && (
              <p class="notice">{say(playground.objects.length > 0 ? 'stale' : 'nothing')}</p>
            )}
            {tab === 'manifests' && (
              <ManifestsPane
                playground={playground}
                selected={selected}
                onSelect={setSelected}
                fromValue={value.answer}
                onDeciding={setDeciding}
                onReveal={reveal}
              />
            )}
            {tab === 'entries' && (
              <EntriesPane entries={playground.entries} objects={playground.objects} onShow={showLine} />
            )}
            {tab === 'addresses' && <AddressesPane playground={playground} />}
            {tab === 'install' && <InstallPane playground={playground} />}
            {tab === 'changes' && <ChangesPane playground={playground} />}
          </div>
        </section>
      </main>
    </>
  );
}
