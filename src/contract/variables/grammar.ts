import { RUNTIME_LISTENER_PREFIX } from '../labels.ts';

/** How a value is written in a variable. */
export interface Grammar<Value> {
  /** What is allowed, in words. */
  readonly words: string;
  readonly accepts: (text: string) => boolean;
  /** The value of a text that is accepted. */
  readonly parse: (text: string) => Value;
  /** The text of a value. What is absent has the text that stands for it: empty, or `false`. */
  readonly format: (value: unknown) => string;
}

const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const LABEL_KEY = /^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const LABEL_VALUE = /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;
const DECIMAL = /^(0|[1-9][0-9]{0,9})$/;

const isLabel = (text: string): boolean => text.length <= 63 && LABEL.test(text);
const isSubdomain = (text: string): boolean => text.length <= 253 && SUBDOMAIN.test(text);
const isListenerName = (text: string): boolean =>
  isSubdomain(text) && !text.startsWith(RUNTIME_LISTENER_PREFIX);

/** Text that is taken as it is. */
export function text(words: string, accepts: (text: string) => boolean): Grammar<string> {
  return { words, accepts, parse: (value) => value, format: (value) => scalarText(value) };
}

export const namespace = text('a namespace: lower-case letters, digits and dashes, at most 63', isLabel);

const NAME_RULE = 'an object name: lower-case letters, digits, dashes and dots, at most 253';

export const objectName = text(NAME_RULE, isSubdomain);

export const objectNameOrEmpty = text(
  `empty, or ${NAME_RULE}`,
  (value) => value === '' || isSubdomain(value),
);

export const listenerName = text(
  `a listener name that does not begin with ${RUNTIME_LISTENER_PREFIX}`,
  isListenerName,
);

/** A listener of the same Gateway as another one, or empty. */
export function listenerNameBeside(other: string): Grammar<string> {
  return text(
    `empty (TLS off), or a listener name other than ${JSON.stringify(other)} that does not begin with ${RUNTIME_LISTENER_PREFIX}`,
    (value) => value === '' || (isListenerName(value) && value !== other),
  );
}

/** The name of the Secret of HTTPS: there with TLS only. */
export function secretNameIf(tls: boolean): Grammar<string> {
  return tls
    ? text(`${NAME_RULE}, because TLS is on`, isSubdomain)
    : text('empty, because TLS is off', (value) => value === '');
}

export const issuerGroup = text(
  'an API group such as cert-manager.io',
  (value) => value === '' || isSubdomain(value),
);

/** The kind of an issuer; anything when there is none. */
export function issuerKind(issuer: { readonly name: string; readonly group: string }): Grammar<string> {
  return text('Issuer or ClusterIssuer (any kind for another group than cert-manager.io)', (value) => {
    if (issuer.name === '') return true;
    if (issuer.group === 'cert-manager.io') return value === 'Issuer' || value === 'ClusterIssuer';
    return /^[A-Z][A-Za-z0-9]{0,62}$/.test(value);
  });
}

export const flag: Grammar<boolean> = {
  words: 'true or false',
  accepts: (value) => value === 'true' || value === 'false',
  parse: (value) => value === 'true',
  format: (value) => String(value === true),
};

/** A whole number, bounds included. */
/** @param taken numbers between them that are refused. */
export function decimal(min: number, max: number, taken: readonly number[] = []): Grammar<number> {
  const but = taken.length === 0 ? '' : ` that no other program has, unlike ${taken.join(', ')}`;
  return {
    words: `a whole number from ${min} to ${max}${but}`,
    accepts: (value) =>
      DECIMAL.test(value) && Number(value) >= min && Number(value) <= max && !taken.includes(Number(value)),
    parse: Number,
    format: scalarText,
  };
}

export function choice<const Choice extends string>(
  choices: readonly [Choice, ...Choice[]],
): Grammar<Choice> {
  const find = (value: string): Choice | undefined => choices.find((one) => one === value);
  return {
    words: choices.join(' or '),
    accepts: (value) => find(value) !== undefined,
    parse: (value) => find(value) ?? choices[0],
    format: scalarText,
  };
}

/** Items separated by commas; no text is no item. */
export function list(words: string, acceptsItem: (item: string) => boolean): Grammar<readonly string[]> {
  return {
    words: `empty, or ${words} separated by commas`,
    accepts: (value) => items(value).every(acceptsItem),
    parse: items,
    format: (value) => (Array.isArray(value) ? value.join(',') : ''),
  };
}

export const hostnames = list('hostnames', isSubdomain);

const MAX_PAIRS = 16;

/** Labels that a Node must have. */
export const labelPairs: Grammar<Readonly<Record<string, string>>> = {
  words: `empty, or at most ${MAX_PAIRS} label pairs such as k=v,k2=v2`,
  accepts: (value) => {
    const entries = pairs(value);
    return (
      entries.length <= MAX_PAIRS &&
      new Set(entries.map(([key]) => key)).size === entries.length &&
      entries.every(([key, one]) => LABEL_KEY.test(key) && LABEL_VALUE.test(one))
    );
  },
  parse: (value) => Object.fromEntries(pairs(value)),
  format: (value) =>
    Object.entries(value ?? {})
      .map(([key, one]) => `${key}=${one}`)
      .sort()
      .join(','),
};

function scalarText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function items(value: string): readonly string[] {
  return value === '' ? [] : value.split(',');
}

function pairs(value: string): readonly (readonly [string, string])[] {
  return items(value).map((pair) => {
    const at = pair.indexOf('=');
    return at < 0 ? ['', ''] : [pair.slice(0, at), pair.slice(at + 1)];
  });
}
