import { CopyButton } from '../shared/copy-button.tsx';
import { useLanguage } from '../shared/language.ts';
import type { ChartName } from '../workers/values/protocol.ts';
import { type ExampleGroup, groupOf, sessionOfExample, titleOf } from './examples.ts';
import type { Playground } from './state.ts';

const CHARTS: readonly ChartName[] = ['single-node', 'multi-node'];
const GROUPS: readonly ExampleGroup[] = ['runbook', 'features', 'others', 'refused'];

/** What is rendered: the chart, an example to begin with, the release. */
export function Toolbar({ playground }: { readonly playground: Playground }) {
  const { say } = useLanguage();
  const { session, edit } = playground;
  return (
    <section class="toolbar" aria-label={say('nav.playground')}>
      <fieldset class="segments">
        <legend class="hidden">{say('chart')}</legend>
        {CHARTS.map((chart) => (
          <label key={chart}>
            <input
              type="radio"
              name="chart"
              checked={session.chart === chart}
              onChange={() => edit({ chart })}
            />
            <span>{say(`chart.${chart}`)}</span>
          </label>
        ))}
      </fieldset>
      <Examples playground={playground} />
      <label class="field">
        <span>{say('release')}</span>
        <input
          type="text"
          value={session.name}
          size={12}
          spellcheck={false}
          onInput={({ currentTarget }) => edit({ name: currentTarget.value })}
        />
      </label>
      <label class="field">
        <span>{say('namespace')}</span>
        <input
          type="text"
          value={session.namespace}
          size={16}
          spellcheck={false}
          onInput={({ currentTarget }) => edit({ namespace: currentTarget.value })}
        />
      </label>
      <span class="grow" />
      <CopyButton text={() => location.href} label={say('share')} title={say('share.title')} />
    </section>
  );
}

function Examples({ playground: { session, examples, edit } }: { readonly playground: Playground }) {
  const { say } = useLanguage();
  const current = examples.findIndex(({ chart, text }) => chart === session.chart && text === session.text);
  const choose = (value: string) => {
    const example = examples[Number(value)];
    if (value !== '' && example !== undefined) edit(sessionOfExample(example));
  };
  return (
    <label class="field">
      <span>{say('example')}</span>
      <select
        value={current < 0 ? '' : String(current)}
        onChange={({ currentTarget }) => choose(currentTarget.value)}
      >
        <option value="">{say('example.choose')}</option>
        {GROUPS.map((group) => (
          <optgroup key={group} label={say(`example.${group}`)}>
            {examples.map((example, index) =>
              example.chart === session.chart && groupOf(example) === group ? (
                <option key={example.name} value={String(index)}>
                  {titleOf(example)}
                </option>
              ) : null,
            )}
          </optgroup>
        ))}
      </select>
    </label>
  );
}
