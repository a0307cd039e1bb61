import { autocompletion, closeBrackets, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import { bracketMatching, foldGutter, foldKeymap, indentUnit } from '@codemirror/language';
import { type Diagnostic, lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint';
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search';
import { EditorState, StateEffect, StateField } from '@codemirror/state';
import {
  Decoration,
  type DecorationSet,
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  hoverTooltip,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import type { CompletionOption } from '../workers/values/protocol.ts';
import { completionSource } from './completion.ts';
import { editorTheme } from './theme.ts';
import { pathAt } from './yaml-path.ts';

/** A problem at a place of the text, as the editor shows it. */
export interface EditorProblem {
  readonly line: number;
  readonly column: number;
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly fixes: readonly { readonly label: string; readonly apply: () => void }[];
}

export interface EditorOptions {
  readonly parent: HTMLElement;
  readonly text: string;
  readonly label: string;
  readonly onChange: (text: string) => void;
  /** The line of the cursor, and the path of what stands there. */
  readonly onCursor: (line: number, path: readonly string[]) => void;
  readonly complete: (
    path: readonly string[],
    what: 'keys' | 'values',
  ) => Promise<readonly CompletionOption[]>;
  /** What a value means, in a line or two. */
  readonly describe: (path: readonly string[]) => Promise<string | undefined>;
}

export interface Editor {
  setText(text: string): void;
  setProblems(problems: readonly EditorProblem[]): void;
  /** Marks lines that decide something. */
  setMarks(lines: readonly number[]): void;
  /** Puts the cursor at a place and shows it. */
  reveal(line: number, column?: number): void;
  destroy(): void;
}

const markLines = StateEffect.define<readonly number[]>();
const markDecoration = Decoration.line({ class: 'cm-deciding' });

const marks = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(decorations, transaction) {
    const moved = decorations.map(transaction.changes);
    const effect = transaction.effects.find((one) => one.is(markLines));
    if (effect === undefined || !effect.is(markLines)) return moved;
    const { doc } = transaction.state;
    const lines = effect.value.filter((line) => line >= 1 && line <= doc.lines).toSorted((a, b) => a - b);
    return Decoration.set(lines.map((line) => markDecoration.range(doc.line(line).from)));
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** The editor of values. Loaded after the page is there, since it is the larger part of all that is loaded. */
export function createEditor(options: EditorOptions): Editor {
  const lineAt = (view: EditorState) => (line: number) => view.doc.line(line).text;
  const view = new EditorView({
    parent: options.parent,
    state: EditorState.create({
      doc: options.text,
      extensions: [
        lineNumbers(),
        foldGutter(),
        highlightActiveLine(),
        highlightActiveLineGutter(),
        history(),
        drawSelection(),
        EditorView.lineWrapping,
        bracketMatching(),
        closeBrackets(),
        highlightSelectionMatches(),
        yaml(),
        indentUnit.of('  '),
        lintGutter(),
        marks,
        editorTheme,
        autocompletion({ override: [completionSource(options.complete)], icons: false }),
        hoverTooltip(hover(options)),
        keymap.of([
          ...completionKeymap,
          ...searchKeymap,
          ...historyKeymap,
          ...foldKeymap,
          ...lintKeymap,
          ...defaultKeymap,
          indentWithTab,
        ]),
        EditorView.contentAttributes.of({ 'aria-label': options.label, tabindex: '0' }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) options.onChange(update.state.doc.toString());
          if (update.docChanged || update.selectionSet) {
            const { number } = update.state.doc.lineAt(update.state.selection.main.head);
            options.onCursor(number, pathAt(lineAt(update.state), number));
          }
        }),
      ],
    }),
  });
  return {
    setText(text) {
      if (text === view.state.doc.toString()) return;
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
    },
    setProblems(problems) {
      view.dispatch(
        setDiagnostics(
          view.state,
          problems.map((problem) => diagnosticOf(view.state, problem)),
        ),
      );
    },
    setMarks(lines) {
      view.dispatch({ effects: markLines.of(lines) });
    },
    reveal(line, column = 1) {
      const at = view.state.doc.line(Math.min(Math.max(1, line), view.state.doc.lines));
      const anchor = Math.min(at.from + column - 1, at.to);
      view.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor, { y: 'center' }) });
      view.focus();
    },
    destroy() {
      view.destroy();
    },
  };
}

function diagnosticOf({ doc }: EditorState, problem: EditorProblem): Diagnostic {
  const line = doc.line(Math.min(Math.max(1, problem.line), doc.lines));
  const from = Math.min(line.from + problem.column - 1, line.to);
  const word = /^[^\s:,#]+/.exec(doc.sliceString(from, line.to))?.[0].length ?? 1;
  return {
    from,
    to: Math.min(from + word, line.to),
    severity: problem.severity,
    message: problem.message,
    actions: problem.fixes.map(({ label, apply }) => ({ name: label, apply })),
  };
}

function hover({ describe }: EditorOptions): Parameters<typeof hoverTooltip>[0] {
  return async (view, position) => {
    const { number, from } = view.state.doc.lineAt(position);
    const path = pathAt((line) => view.state.doc.line(line).text, number);
    const text = path.length === 0 ? undefined : await describe(path);
    if (text === undefined) return null;
    return {
      pos: from,
      above: true,
      create: () => {
        const dom = document.createElement('div');
        dom.className = 'cm-about';
        const name = document.createElement('code');
        name.textContent = path.join('.');
        const about = document.createElement('p');
        about.textContent = text;
        dom.append(name, about);
        return { dom };
      },
    };
  };
}
