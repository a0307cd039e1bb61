import type { KindName } from './kinds.ts';

/** What is to be read of the API server. From it follow the request, and the permission that it needs. */
export interface Question {
  readonly kind: KindName;
  /** Of a kind with namespaces: absent means all of them. */
  readonly namespace?: string;
  /** One object; absent means all. */
  readonly name?: string;
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
  /** Another version than the newest. */
  readonly version?: string;
  /** Only names, labels and annotations: of objects whose content is secret or large. */
  readonly metadataOnly?: boolean;
}

/** The same text for questions that ask the same. */
export function questionKey(question: Question): string {
  const { kind, namespace = '*', name = '*', labelSelector = '', fieldSelector = '' } = question;
  const selected = [labelSelector, fieldSelector].filter((one) => one !== '').join(' ');
  return `${kind} ${namespace}/${name}${selected === '' ? '' : ` ${selected}`}`;
}

/** Each question once. One about all objects of a kind answers those about single ones. */
export function withoutRepeats(questions: readonly Question[]): readonly Question[] {
  const wide = new Set(questions.filter(isWhole).map(({ kind, namespace = '*' }) => `${kind} ${namespace}`));
  const isAnswered = ({ kind, namespace = '*', name }: Question): boolean =>
    (name !== undefined && wide.has(`${kind} ${namespace}`)) || (namespace !== '*' && wide.has(`${kind} *`));
  const needed = questions.filter((question) => !isAnswered(question));
  return [...new Map(needed.map((question) => [questionKey(question), question])).values()];
}

function isWhole({ name, labelSelector, fieldSelector, metadataOnly }: Question): boolean {
  return (
    name === undefined && labelSelector === undefined && fieldSelector === undefined && metadataOnly !== true
  );
}
