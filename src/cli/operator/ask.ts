import {
  apiVersionOf,
  type Failure,
  isStored,
  listObjects,
  pathOf,
  type Requester,
  type StoredObject,
} from '../../kube/index.ts';
import type { Answer, ClusterFacts, SeenObject } from '../../operator/checks/facts.ts';
import { KINDS } from '../../operator/checks/kinds.ts';
import { type Question, questionKey } from '../../operator/checks/question.ts';
import { inTurns } from '../in-turns.ts';
import { kept } from './kept.ts';

/** Told while questions are asked. */
export type Progress = (done: number, of: number) => void;

const ONE_METADATA = 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json';

/** Asks an API server, eight questions at a time. What cannot be answered is an answer too. */
export async function ask(
  requester: Requester,
  questions: readonly Question[],
  onProgress: Progress = () => undefined,
): Promise<ClusterFacts['answers']> {
  let done = 0;
  const answers = await inTurns(questions, async (question) => {
    const answer = await answerOf(requester, question);
    done += 1;
    onProgress(done, questions.length);
    return [questionKey(question), answer] as const;
  });
  return Object.fromEntries(answers);
}

async function answerOf(requester: Requester, question: Question): Promise<Answer> {
  return question.name === undefined
    ? listOf(requester, question)
    : oneOf(requester, question, question.name);
}

async function oneOf(requester: Requester, question: Question, name: string): Promise<Answer> {
  const { namespace, metadataOnly } = question;
  const path = pathOf(resourceOf(question), { name, ...(namespace === undefined ? {} : { namespace }) });
  const accept = metadataOnly === true ? { accept: ONE_METADATA } : {};
  const answer = await requester.call({ method: 'GET', path, ...accept });
  if (!answer.ok)
    return isAbsent(answer.failure) ? { seen: true, value: [] } : unseen(question, answer.failure);
  const object = isStored(answer.value) ? seenObject(question, answer.value) : undefined;
  return { seen: true, value: object === undefined ? [] : [object] };
}

async function listOf(requester: Requester, question: Question): Promise<Answer> {
  const { namespace, labelSelector, fieldSelector, metadataOnly } = question;
  const objects: SeenObject[] = [];
  const listed = await listObjects(requester, {
    resource: resourceOf(question),
    ...(namespace === undefined ? {} : { namespace }),
    ...(labelSelector === undefined ? {} : { labelSelector }),
    ...(fieldSelector === undefined ? {} : { fieldSelector }),
    ...(metadataOnly === true ? { metadataOnly } : {}),
    onBegin: () => {
      objects.length = 0;
    },
    onObject: (object) => {
      const seen = seenObject(question, object);
      if (seen !== undefined) objects.push(seen);
    },
  });
  if (listed.ok) return { seen: true, value: objects };
  return isAbsent(listed.failure) ? { seen: true, value: [] } : unseen(question, listed.failure);
}

function seenObject(question: Question, object: StoredObject): SeenObject | undefined {
  // A list, and metadata alone, do not say what their objects are.
  const { kind } = question;
  return kept(kind, { ...object, kind, apiVersion: apiVersionOf(resourceOf(question)) });
}

function resourceOf({ kind, version }: Question) {
  const place = KINDS[kind];
  return { ...place, version: version ?? place.version };
}

/** Without the definition of a kind there are no objects of it. */
function isAbsent({ code }: Failure): boolean {
  return code === 404;
}

function unseen({ kind, namespace }: Question, { code, message, hint }: Failure): Answer<never> {
  if (code !== 403) return { seen: false, why: message, next: hint };
  const { group, plural, namespaced } = KINDS[kind];
  const where = !namespaced
    ? ''
    : namespace === undefined
      ? ' in all namespaces'
      : ` in namespace ${namespace}`;
  return {
    seen: false,
    why: `you may not read ${plural}${group === '' ? '' : `.${group}`}${where}`,
    next: 'grant it; --permissions prints everything that this command needs',
  };
}
