import { useEffect, useMemo, useRef } from 'preact/hooks';

interface Props {
  readonly label: string;
  readonly yaml: string;
  readonly selected: number | undefined;
  /** Lines that come from the value at the cursor. */
  readonly marked: ReadonlySet<number>;
  readonly onSelect: (line: number) => void;
}

/** YAML of which each line can be chosen: by a click, or by arrow keys. */
export function YamlLines({ label, yaml, selected, marked, onSelect }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const lines = useMemo(() => yaml.replace(/\n$/, '').split('\n'), [yaml]);
  const [firstMarked] = marked;
  useEffect(() => {
    if (firstMarked !== undefined) show(box.current, firstMarked);
  }, [firstMarked]);
  const choose = (line: number) => {
    onSelect(line);
    show(box.current, line);
  };
  const move = (event: KeyboardEvent) => {
    const at = selected ?? 0;
    const target = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 1, End: lines.length }[event.key];
    if (target === undefined) return;
    event.preventDefault();
    choose(Math.min(Math.max(1, target), lines.length));
  };
  return (
    <div
      class="yaml"
      role="listbox"
      aria-label={label}
      tabIndex={0}
      aria-activedescendant={selected === undefined ? undefined : `line-${selected}`}
      ref={box}
      onKeyDown={move}
      onClick={({ target }) => {
        const line = target instanceof Element ? target.closest<HTMLElement>('[data-line]') : null;
        if (line !== null) onSelect(Number(line.dataset.line));
      }}
    >
      {lines.map((text, index) => (
        <Line
          // Lines have no identity but their place.
          key={index}
          number={index + 1}
          text={text}
          isSelected={selected === index + 1}
          isMarked={marked.has(index + 1)}
        />
      ))}
    </div>
  );
}

function show(box: HTMLElement | null, line: number): void {
  box?.querySelector(`[data-line="${line}"]`)?.scrollIntoView({ block: 'nearest' });
}

interface LineProps {
  readonly number: number;
  readonly text: string;
  readonly isSelected: boolean;
  readonly isMarked: boolean;
}

function Line({ number, text, isSelected, isMarked }: LineProps) {
  return useMemo(
    () => (
      <div
        class="line"
        role="option"
        id={`line-${number}`}
        data-line={number}
        aria-selected={isSelected}
        data-marked={isMarked}
      >
        {coloured(text)}
      </div>
    ),
    [number, text, isSelected, isMarked],
  );
}

const LINE = /^(\s*(?:- )*)((?:"(?:[^"\\]|\\.)*"|[^\s"'#:][^:]*?):(?= |$))?(.*)$/;
const NUMBER = /^ ?(?:-?\d+(?:\.\d+)?|true|false|null|\{\}|\[\])$/;

function coloured(text: string) {
  const [, indent = '', key = '', rest = ''] = LINE.exec(text) ?? [];
  const [, start = '', words = ''] = /^( *)(.*)$/.exec(indent) ?? [];
  return (
    <>
      {start}
      {words}
      {key !== '' && <span class="key">{key}</span>}
      {rest !== '' && <span class={NUMBER.test(rest) ? 'number' : 'text'}>{rest}</span>}
      {text === '' && ' '}
    </>
  );
}
