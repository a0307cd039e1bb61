import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { CopyButton, saveFile } from '../shared/copy-button.tsx';
import { useLanguage } from '../shared/language.ts';
import type { RenderedObject, ValueAnswer } from '../workers/values/protocol.ts';
import type { Playground } from './state.ts';
import { useExplanation, Why } from './why.tsx';
import { YamlLines } from './yaml-lines.tsx';

interface Props {
  readonly playground: Playground;
  readonly selected: string | undefined;
  readonly onSelect: (key: string) => void;
  /** What the value at the cursor leads to. */
  readonly fromValue: ValueAnswer | undefined;
  readonly onDeciding: (lines: readonly number[]) => void;
  readonly onReveal: (line: number) => void;
}

/** Objects by name, the YAML of one, and why a line of it is so. */
export function ManifestsPane({ playground, selected, onSelect, fromValue, onDeciding, onReveal }: Props) {
  const { say } = useLanguage();
  const { objects } = playground;
  const object = objects.find(({ key }) => key === selected) ?? firstOf(objects);
  const [line, setLine] = useState<number>();
  useEffect(() => setLine(undefined), [object?.key]);
  const why = useExplanation(playground, object?.key, line);
  useEffect(() => onDeciding(why === undefined ? [] : why.decidingLines), [why, onDeciding]);
  const fromHere = useMemo(
    () => new Set(fromValue?.lines.filter((one) => one.object === object?.key).map((one) => one.line)),
    [fromValue, object?.key],
  );
  if (object === undefined) return null;
  return (
    <div class="manifests">
      <ObjectList
        objects={objects}
        current={object.key}
        changed={playground.changed}
        related={fromValue?.objects ?? []}
        onSelect={onSelect}
      />
      <div class="manifest">
        <div class="manifest-head">
          <span class="source">{object.source}</span>
          <CopyButton text={() => object.yaml} />
          <button
            type="button"
            class="small"
            onClick={() => saveFile('manifests.yaml', streamOf(objects))}
            title={say('status.objects', { count: objects.length })}
          >
            {say('download')}
          </button>
        </div>
        <YamlLines
          key={object.key}
          label={`${object.kind} ${object.name}`}
          yaml={object.yaml}
          selected={line}
          marked={fromHere}
          onSelect={setLine}
        />
        <Why explanation={why} onReveal={onReveal} />
      </div>
    </div>
  );
}

/** Gateways are what most people look for. */
function firstOf(objects: readonly RenderedObject[]): RenderedObject | undefined {
  return objects.find(({ kind }) => kind === 'Gateway') ?? objects[0];
}

/** All documents, as the command prints them. */
export function streamOf(objects: readonly RenderedObject[]): string {
  return objects.map(({ source, yaml }) => `---\n# Source: ${source}\n${yaml}`).join('');
}

function ObjectList({
  objects,
  current,
  changed,
  related,
  onSelect,
}: {
  readonly objects: readonly RenderedObject[];
  readonly current: string;
  readonly changed: ReadonlySet<string>;
  readonly related: readonly string[];
  readonly onSelect: (key: string) => void;
}) {
  const { say } = useLanguage();
  const [filter, setFilter] = useState('');
  const list = useRef<HTMLUListElement>(null);
  const wanted = filter.toLowerCase();
  const shown = objects.filter(({ kind, name }) => `${kind}/${name}`.toLowerCase().includes(wanted));
  const move = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const buttons: HTMLElement[] = [...(list.current?.querySelectorAll('button') ?? [])];
    const index = buttons.findIndex((button) => button.matches(':focus'));
    buttons[Math.min(Math.max(0, index + step), buttons.length - 1)]?.focus();
  };
  return (
    <nav class="objects" aria-label={say('objects')}>
      <input
        type="search"
        placeholder={say('objects.filter')}
        aria-label={say('objects.filter')}
        value={filter}
        onInput={({ currentTarget }) => setFilter(currentTarget.value)}
      />
      {shown.length === 0 && <p class="hint">{say('objects.none')}</p>}
      <ul ref={list} onKeyDown={move}>
        {shown.map(({ key, kind, name, namespace }) => (
          <li key={key}>
            <button
              type="button"
              aria-current={key === current ? 'true' : undefined}
              data-related={related.includes(key)}
              title={`${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`}
              onClick={() => onSelect(key)}
            >
              <span class="kind">
                {kind}
                {changed.has(key) && (
                  <span class="changed" title={say('objects.changed')}>
                    <span class="hidden">{say('objects.changed')}</span>
                  </span>
                )}
              </span>
              <span class="name">{name}</span>
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}
