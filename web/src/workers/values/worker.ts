import { classesOf } from './classes.ts';
import { compareWith } from './compare.ts';
import { completionsAt } from './complete.ts';
import { entriesOf } from './entries.ts';
import { explainLine } from './explain.ts';
import type { Answer, Question, Session } from './protocol.ts';
import { type State, stateOf } from './state.ts';
import { describeValue } from './value.ts';

let state: State | undefined;

function answer(question: Question): Answer {
  if (question.kind === 'render') return renderState(question.session);
  if (state === undefined) return { kind: 'failed', message: 'nothing is rendered yet' };
  switch (question.kind) {
    case 'explain':
      return explainLine(state, question.object, question.line);
    case 'value':
      return describeValue(state, question.path);
    case 'complete':
      return { kind: 'complete', options: completionsAt(state.session.chart, question.path, question.what) };
    case 'classes':
      return classesOf(state);
    case 'compare':
      return compareWith(state, stateOf(question.base));
  }
}

function renderState(session: Session): Answer {
  const start = performance.now();
  state = stateOf(session);
  const { rendered, objects } = state;
  const isRefused = rendered.problems.some(({ severity }) => severity === 'error');
  return {
    kind: 'render',
    problems: rendered.problems.slice(0, MAX_PROBLEMS),
    objects: isRefused ? undefined : objects,
    entries: isRefused ? undefined : entriesOf(rendered.manifests),
    milliseconds: performance.now() - start,
  };
}

/** More than a person reads; a file of nothing but mistakes may have a hundred thousand. */
const MAX_PROBLEMS = 200;

self.onmessage = ({ data }: MessageEvent<{ readonly id: number; readonly question: Question }>) => {
  self.postMessage({ id: data.id, answer: guarded(data.question) });
};

/** A question that the library refuses, such as a release without a name, is an answer too. */
function guarded(question: Question): Answer {
  try {
    return answer(question);
  } catch (error) {
    return { kind: 'failed', message: error instanceof Error ? error.message : String(error) };
  }
}
