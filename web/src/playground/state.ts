import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { loadExamples } from '../shared/resources.ts';
import { createWorkerClient } from '../shared/worker-client.ts';
import type { Answer, Question, RenderAnswer, RenderedObject, Session } from '../workers/values/protocol.ts';
import { fragmentOf, sessionOf } from './address.ts';
import { FIRST_EXAMPLE, sessionOfExample, type ValuesExample } from './examples.ts';

/** Everything that the panes show. */
export interface Playground {
  readonly session: Session;
  readonly examples: readonly ValuesExample[];
  /** The newest answer; while values have errors, its objects are undefined. */
  readonly answer: RenderAnswer | undefined;
  /** Objects of the newest values without errors. */
  readonly objects: readonly RenderedObject[];
  readonly entries: RenderAnswer['entries'];
  /** Keys of objects that the last edit changed. */
  readonly changed: ReadonlySet<string>;
  readonly isStale: boolean;
  readonly isComputing: boolean;
  readonly trouble: 'slow' | string | undefined;
  /** Counts answers: what was asked of an older one is asked again. */
  readonly revision: number;
  /** Counts texts that did not come from the editor, which it takes over. */
  readonly replaced: number;
  edit(change: Partial<Session>): void;
  /** A text that stands in the editor already. */
  type(text: string): void;
  ask(question: Question): Promise<Answer | undefined>;
}

const EMPTY: Session = { chart: 'multi-node', text: '', name: 'kubebyon', namespace: 'kubebyon-system' };

/** A pause in typing after which the address follows. */
const ADDRESS_PAUSE_MS = 500;

interface Shown {
  readonly answer: RenderAnswer | undefined;
  readonly objects: readonly RenderedObject[];
  readonly entries: RenderAnswer['entries'];
  readonly changed: ReadonlySet<string>;
  readonly revision: number;
}

const NOTHING: Shown = {
  answer: undefined,
  objects: [],
  entries: undefined,
  changed: new Set(),
  revision: 0,
};

export function usePlayground(): Playground {
  const [held, setHeld] = useState<{ readonly session: Session; readonly replaced: number }>();
  const session = held?.session;
  const [examples, setExamples] = useState<readonly ValuesExample[]>([]);
  const [shown, setShown] = useState(NOTHING);
  const [isComputing, setComputing] = useState(true);
  const [trouble, setTrouble] = useState<string>();
  const client = useMemo(() => createWorkerClient<Question, Answer>(() => setTrouble('slow')), []);
  const newest = useRef(0);

  useEffect(() => {
    void begin().then(([first, all]) => {
      setExamples(all);
      setHeld({ session: first, replaced: 1 });
    });
    const follow = () =>
      void sessionOf(location.hash).then((found) => {
        if (found !== undefined)
          setHeld((before) => ({ session: found, replaced: (before?.replaced ?? 0) + 1 }));
      });
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);

  useEffect(() => {
    if (session === undefined) return;
    newest.current += 1;
    const number = newest.current;
    setComputing(true);
    void client.replace({ kind: 'render', session }).then((answer) => {
      if (number !== newest.current) return;
      setComputing(false);
      if (answer === undefined) return;
      setTrouble(answer.kind === 'failed' ? answer.message : undefined);
      if (answer.kind === 'render') setShown((before) => next(before, answer));
      performance.mark('playground-shown', { detail: { text: session.text.length } });
    });
  }, [session, client]);

  useEffect(() => {
    if (session === undefined) return undefined;
    const timer = setTimeout(() => {
      void fragmentOf(session).then((fragment) => history.replaceState(null, '', fragment));
    }, ADDRESS_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [session]);

  const edit = useCallback((change: Partial<Session>) => {
    setHeld((before) => ({
      session: { ...(before?.session ?? EMPTY), ...change },
      replaced: (before?.replaced ?? 0) + 1,
    }));
  }, []);
  const type = useCallback((text: string) => {
    setHeld((before) => ({
      session: { ...(before?.session ?? EMPTY), text },
      replaced: before?.replaced ?? 0,
    }));
  }, []);
  const ask = useCallback((question: Question) => client.ask(question), [client]);
  return {
    ...shown,
    session: session ?? EMPTY,
    examples,
    isStale: shown.answer !== undefined && shown.answer.objects === undefined,
    isComputing,
    trouble,
    replaced: held?.replaced ?? 0,
    edit,
    type,
    ask,
  };
}

async function begin(): Promise<readonly [Session, readonly ValuesExample[]]> {
  const [inAddress, loaded] = await Promise.all([sessionOf(location.hash), loadExamples()]);
  // The file is written by the build of this page.
  const examples = loaded as readonly ValuesExample[];
  const first = examples.find(
    ({ chart, name }) => chart === FIRST_EXAMPLE.chart && name === FIRST_EXAMPLE.name,
  );
  return [inAddress ?? (first === undefined ? EMPTY : sessionOfExample(first)), examples];
}

function next(before: Shown, answer: RenderAnswer): Shown {
  const revision = before.revision + 1;
  if (answer.objects === undefined) return { ...before, answer, changed: new Set(), revision };
  const known = new Map(before.objects.map(({ key, yaml }) => [key, yaml]));
  const changed = answer.objects.filter(({ key, yaml }) => known.get(key) !== yaml).map(({ key }) => key);
  return {
    answer,
    objects: answer.objects,
    entries: answer.entries,
    changed: new Set(before.revision === 0 || changed.length === answer.objects.length ? [] : changed),
    revision,
  };
}
