import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Editor } from '../editor/editor.ts';
import { useLanguage } from '../shared/language.ts';
import { fixesOf } from './fixes.ts';
import type { Playground } from './state.ts';

export interface EditorHandle {
  reveal(line: number, column?: number): void;
}

/** The editor; until it is loaded, a plain field with the same text. */
export function ValuesEditor({
  playground,
  deciding,
  handle,
  onCursor,
}: {
  readonly playground: Playground;
  readonly deciding: readonly number[];
  readonly handle: RefObject<EditorHandle | null>;
  readonly onCursor: (line: number, path: readonly string[]) => void;
}) {
  const { say, language } = useLanguage();
  const host = useRef<HTMLDivElement>(null);
  const [editor, setEditor] = useState<Editor>();
  const live = useRef(playground);
  live.current = playground;
  const { text } = playground.session;

  useEffect(() => {
    let made: Editor | undefined;
    let isGone = false;
    void import('../editor/editor.ts').then(({ createEditor }) => {
      if (isGone || host.current === null) return;
      made = createEditor({
        parent: host.current,
        text: live.current.session.text,
        label: say('values.editor'),
        onChange: (changed) => live.current.type(changed),
        onCursor,
        complete: async (path, what) => {
          const answer = await live.current.ask({ kind: 'complete', path, what });
          return answer?.kind === 'complete' ? answer.options : [];
        },
        describe: async (path) => {
          const answer = await live.current.ask({ kind: 'value', path });
          return answer?.kind === 'value' ? answer.description : undefined;
        },
      });
      handle.current = made;
      setEditor(made);
    });
    return () => {
      isGone = true;
      made?.destroy();
    };
  }, [handle, onCursor, say]);

  // Only texts of others: one that was typed may be older than what stands in the editor by now.
  const { replaced } = playground;
  useEffect(() => {
    if (replaced > 0) editor?.setText(live.current.session.text);
  }, [editor, replaced]);
  useEffect(() => editor?.setMarks(deciding), [editor, deciding]);
  useEffect(() => {
    const problems = playground.answer?.problems ?? [];
    editor?.setProblems(
      problems.flatMap((problem) => {
        const { line, column, severity, message, hint } = problem;
        if (line === null) return [];
        const fixes = fixesOf(problem, text, say).map((fix) => ({
          label: fix.label,
          apply: () => live.current.edit({ text: fix.text }),
        }));
        return [{ line, column: column ?? 1, severity, message: `${message}. ${hint}`, fixes }];
      }),
    );
    // Fixes are of the text that the answer is about; a newer text brings a newer answer.
  }, [editor, playground.answer, language]);

  return (
    <div class="editor">
      {editor === undefined && (
        <textarea
          aria-label={say('values.editor')}
          spellcheck={false}
          value={text}
          onInput={({ currentTarget }) => playground.edit({ text: currentTarget.value })}
        />
      )}
      <div class="editor-host" ref={host} />
    </div>
  );
}
