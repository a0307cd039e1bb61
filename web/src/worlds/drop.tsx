import { useRef, useState } from 'preact/hooks';
import { useLanguage } from '../shared/language.ts';
import type { Viewer } from './state.ts';

/** Where worlds come in: dropped, chosen, or one of the examples. */
export function Drop({ viewer }: { readonly viewer: Viewer }) {
  const { say } = useLanguage();
  const [isOver, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const take = async (list: FileList | null | undefined) => {
    const files = await Promise.all(
      [...(list ?? [])].map(async (file) => ({ name: file.name, text: await file.text() })),
    );
    if (files.length > 0) viewer.open(files);
  };
  return (
    <main class="drop">
      <h1 class="hidden">{say('nav.worlds')}</h1>
      <div class="drop-inner">
        {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is for a mouse; the button inside does the same. */}
        <div
          class="drop-zone"
          data-over={isOver}
          onDragOver={(event) => {
            event.preventDefault();
            setOver(true);
          }}
          onDragLeave={() => setOver(false)}
          onDrop={(event) => {
            event.preventDefault();
            setOver(false);
            void take(event.dataTransfer?.files);
          }}
        >
          <p>{say('worlds.drop')}</p>
          <p>
            <button type="button" class="small" onClick={() => input.current?.click()}>
              {say('worlds.open')}
            </button>
            <input
              ref={input}
              class="hidden"
              type="file"
              multiple
              tabIndex={-1}
              aria-label={say('worlds.open')}
              accept=".yaml,.yml,.json"
              onChange={({ currentTarget }) => void take(currentTarget.files)}
            />
          </p>
        </div>
        <Refusal viewer={viewer} />
        <h2>{say('worlds.example')}</h2>
        <ul class="stories">
          {viewer.examples.map(({ name, about, text }) => (
            <li key={name}>
              <button type="button" onClick={() => viewer.open([{ name, text }])}>
                {name.replaceAll('-', ' ')}
                <span>{about}</span>
              </button>
            </li>
          ))}
        </ul>
      </div>
    </main>
  );
}

function Refusal({ viewer: { answer, trouble, files } }: { readonly viewer: Viewer }) {
  const { say } = useLanguage();
  if (files.length === 0) return null;
  if (trouble !== undefined) {
    return (
      <p class="refused" role="alert">
        {trouble === 'slow' ? say('status.slow') : trouble}
      </p>
    );
  }
  if (answer?.kind !== 'refused') return null;
  return (
    <div class="refused" role="alert">
      <p>
        <strong>{answer.name}</strong>: {say('worlds.refused')}
      </p>
      <ul>
        {answer.problems.map(({ path, message, line }) => (
          <li key={`${path} ${message}`}>
            {line !== undefined && `${say('problem.line', { line })}: `}
            {path !== '' && <code>{path}</code>} {message}
          </li>
        ))}
      </ul>
    </div>
  );
}
