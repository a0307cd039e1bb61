import { lazyPattern, type Pattern } from '../../../text/lazy-pattern.ts';
import * as of from '../../grammar.ts';
import { quoted } from '../../load/origin.ts';
import type { Path } from '../../load/plain.ts';
import { type Place, type Sound, tell, textOf } from './report.ts';

/** A grammar of texts that is ready to be asked. */
export interface TextRule {
  readonly pattern: Pattern;
  readonly maxLength: number;
  readonly expected: string;
}

/** A rule of a pattern for the whole text. */
export function textRule(pattern: string, maxLength: number, expected: string): TextRule {
  return ruleOf(of.grammar(`(${pattern})`, maxLength, expected));
}

function ruleOf({ pattern, maxLength, expected }: of.Grammar): TextRule {
  return { pattern: lazyPattern(pattern), maxLength, expected };
}

export const ANY_IP_ADDRESS = ruleOf(of.ANY_IP_ADDRESS);
export const DNS_LABEL = ruleOf(of.DNS_LABEL);
export const LABEL_VALUE = ruleOf(of.LABEL_VALUE);
export const OBJECT_NAME = ruleOf(of.OBJECT_NAME);
export const QUALIFIED_KEY = ruleOf(of.QUALIFIED_KEY);

/** Names of environment variables: any printable ASCII character but "=". */
export const VARIABLE_NAME = textRule('[ -<>-~]+', 4096, 'printable ASCII characters other than "="');

/** Keys of ConfigMaps and Secrets. */
export const DATA_KEY = textRule(
  '(?!\\.\\.?$)(?!\\.\\.)[-._a-zA-Z0-9]+',
  253,
  'letters, digits, dashes, dots and underscores, as in "settings.yaml"',
);

/** Names of ports. */
export const PORT_NAME = textRule(
  '(?=.*[a-z])(?!.*--)[a-z0-9]([-a-z0-9]*[a-z0-9])?',
  15,
  'at most 15 lower-case letters, digits and dashes with a letter among them, as in "http"',
);

/** Names of HTTP headers. */
export const HEADER_NAME = textRule('[-A-Za-z0-9]+', 4096, 'letters, digits and dashes, as in "X-Probe"');

/** A path that stays below where it begins. */
export const LOCAL_PATH = textRule(
  '(?!/)(?!\\.\\.(/|$))(?!.*/\\.\\.(/|$)).+',
  4096,
  'a relative path without ".."',
);

/** A path without steps upwards. */
export const PATH_DOWN = textRule('(?!\\.\\.(/|$))(?!.*/\\.\\.(/|$)).+', 4096, 'a path without ".."');

/** Domains that a name is looked up in: a subdomain, with underscores and a final dot if need be, or the root. */
export const SEARCH_DOMAIN = textRule(
  '\\.|[a-z0-9_]([-a-z0-9_]*[a-z0-9_])?(\\.[a-z0-9_]([-a-z0-9_]*[a-z0-9_])?)*\\.?',
  254,
  'a domain, as in "svc.cluster.local"',
);

/** Whether a text is of a grammar. */
export function isOf(text: string, { pattern, maxLength }: TextRule): boolean {
  return text.length <= maxLength && pattern.test(text);
}

/** Tells when a text is not of a grammar. */
export function expectText(place: Place, inner: Path, text: string, rule: TextRule): void {
  if (isOf(text, rule)) return;
  tell(place, inner, {
    code: 'PartMalformed',
    message: `expected ${rule.expected}, found ${quoted(text)}`,
    hint: 'change the value',
  });
}

/** Tells when a text of a value is there, not empty, and not of a grammar. */
export function expectIfSet(place: Place, value: Sound, key: string, rule: TextRule): void {
  const text = textOf(value, key);
  if (text !== '') expectText(place, [key], text, rule);
}
