import { emitDocument } from '../../../../src/index.ts';
import type { Action } from '../../../../src/planner/index.ts';
import { openWorld } from './open.ts';
import type { Answer, Question } from './protocol.ts';

/** The writes of the last plan, whose objects are shown when somebody asks. */
let actions: readonly Action[] = [];

function answer(question: Question): Answer {
  if (question.kind === 'plan') {
    const opened = openWorld(question.file);
    if (opened.ok) actions = opened.actions;
    return opened.answer;
  }
  const action = actions.find(({ id }) => id === question.action);
  if (action === undefined) return { kind: 'failed', message: `the plan has no ${question.action}` };
  return { kind: 'object', yaml: emitDocument(action.object) };
}

self.onmessage = ({ data }: MessageEvent<{ readonly id: number; readonly question: Question }>) => {
  self.postMessage({ id: data.id, answer: guarded(data.question) });
};

function guarded(question: Question): Answer {
  try {
    return answer(question);
  } catch (error) {
    return { kind: 'failed', message: error instanceof Error ? error.message : String(error) };
  }
}
