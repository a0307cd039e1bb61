import { Bar } from '../shared/bar.tsx';
import { useLanguage } from '../shared/language.ts';
import { Drop } from './drop.tsx';
import { timeOf, useViewer, type Viewer } from './state.ts';
import { WorldView } from './world-view.tsx';

/** The viewer of worlds: what the planner says about one, or about one after another. */
export function App() {
  const viewer = useViewer();
  return (
    <>
      <Bar current="worlds" toRoot="" />
      {viewer.files.length > 0 && <WorldBar viewer={viewer} />}
      {viewer.answer?.kind === 'plan' && viewer.files.length > 0 ? (
        <WorldView key={viewer.answer.name} answer={viewer.answer} objectOf={viewer.objectOf} />
      ) : (
        <Drop viewer={viewer} />
      )}
    </>
  );
}

function WorldBar({ viewer }: { readonly viewer: Viewer }) {
  const { say } = useLanguage();
  const { files, index, answer, isPlanning, choose, open } = viewer;
  const file = files[index];
  if (file === undefined) return null;
  return (
    <section class="world-bar" aria-label={say('worlds.time')}>
      <strong>{file.name}</strong>
      {files.length > 1 && (
        <label>
          {say('worlds.time')}
          <input
            type="range"
            min={0}
            max={files.length - 1}
            value={index}
            aria-valuetext={timeOf(file)}
            onInput={({ currentTarget }) => choose(Number(currentTarget.value))}
          />
          <span>{say('worlds.of', { index: index + 1, count: files.length })}</span>
        </label>
      )}
      <span class="hint" role="status">
        {isPlanning
          ? say('worlds.planning')
          : answer?.kind === 'plan' &&
            `${answer.now} · ${say('worlds.took', {
              clusters: answer.clusters.length,
              ms: Math.round(answer.milliseconds),
            })}`}
      </span>
      <span class="grow" />
      <button type="button" class="small" onClick={() => open([])}>
        {say('worlds.other')}
      </button>
    </section>
  );
}
