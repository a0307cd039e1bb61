import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { useLanguage } from '../shared/language.ts';
import type { ValueAnswer } from '../workers/values/protocol.ts';
import type { Playground } from './state.ts';

/** A rest of the cursor after which what it stands on is looked up. */
const REST_MS = 120;

/** Follows the cursor: what the value there means, and what comes from it. */
export function useValueAtCursor(playground: Playground) {
  const [path, setPath] = useState<readonly string[]>([]);
  const [answer, setAnswer] = useState<ValueAnswer>();
  const wanted = path.join('.');
  const live = useRef({ playground, path });
  live.current = { playground, path };
  const follow = useCallback((_line: number, next: readonly string[]) => {
    setPath((before) => (before.join('.') === next.join('.') ? before : next));
  }, []);
  const { revision } = playground;
  useEffect(() => {
    if (wanted === '' || revision === 0) {
      setAnswer(undefined);
      return undefined;
    }
    let isOld = false;
    const timer = setTimeout(() => {
      const { playground: now, path: asked } = live.current;
      void now.ask({ kind: 'value', path: asked }).then((found) => {
        if (!isOld) setAnswer(found?.kind === 'value' ? found : undefined);
      });
    }, REST_MS);
    return () => {
      isOld = true;
      clearTimeout(timer);
    };
  }, [wanted, revision]);
  return { answer, follow };
}

/** What stands at the cursor, in two lines below the editor. */
export function ValueStrip({
  value,
  onShow,
}: {
  readonly value: ValueAnswer | undefined;
  readonly onShow: (object: string) => void;
}) {
  const { say } = useLanguage();
  if (value === undefined) return null;
  const path = value.path.join('.');
  const [first] = value.lines;
  const count = value.lines.length;
  const isOffline = document.documentElement.dataset.offline === 'true';
  return (
    <div class="value-strip">
      <p>
        <code>{path}</code> {value.description}{' '}
        {!isOffline && <a href={`docs/values.html#${path}`}>{say('value.reference')}</a>}
      </p>
      <p class="effects">
        {first !== undefined && (
          <button type="button" class="link" onClick={() => onShow(first.object)}>
            {say(count === 1 ? 'value.read' : 'value.reads', { count })}
          </button>
        )}
        {count === 0 && value.objects.length > 0 && (
          <button type="button" class="link" onClick={() => onShow(value.objects[0] ?? '')}>
            {say('value.objects', { count: value.objects.length })}
          </button>
        )}
        {value.unreadBecause.length > 0 && (
          <span>
            {say('value.none')}: {value.unreadBecause.join('; ')}
          </span>
        )}
      </p>
    </div>
  );
}
