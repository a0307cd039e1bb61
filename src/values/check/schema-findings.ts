import { type SchemaError, validators } from '../../generated/values-validators.js';
import { at, displayData } from '../../template/index.ts';
import { nearest } from '../../text/nearest.ts';
import type { Definition } from '../definition.ts';
import { PERCENT } from '../grammar.ts';
import { quoted } from '../load/origin.ts';
import { type Path, type PlainMap, showPath } from '../load/plain.ts';
import type { Finding } from './finding.ts';
import { definitionAt, pathOfPointer } from './lookup.ts';
import { foundText, typeHint, typeName } from './words.ts';

/**
 * Everything that the schema of a chart has against some values, at most one finding for each path.
 *
 * @param root the definition that the schema was made from.
 */
export function schemaFindings(chart: string, root: Definition, values: PlainMap): readonly Finding[] {
  const validate = validators[chart];
  if (validate === undefined) throw new RangeError(`no schema was generated for the chart ${chart}`);
  if (validate(values)) return [];
  const findings = new Map<string, Finding>();
  for (const error of validate.errors ?? []) {
    const finding = findingOf(error, values, root);
    if (finding === undefined) continue;
    const key = JSON.stringify(finding.path);
    if (!findings.has(key)) findings.set(key, finding);
  }
  return [...findings.values()];
}

/** What one error of the schema means; undefined for errors that only frame others. */
function findingOf(error: SchemaError, values: PlainMap, root: Definition): Finding | undefined {
  const path = pathOfPointer(error.instancePath, values);
  const definition = definitionAt(root, path);
  const value = at(values, path.map(String));
  switch (error.keyword) {
    case 'if':
      return undefined;
    case 'additionalProperties':
      return unknownKey(path, String(error.params.additionalProperty), definition);
    case 'required':
      return missing([...path, String(error.params.missingProperty)], root);
    case 'type':
      return wrongType(path, value, jsonType(error.params.type), definition);
    case 'enum':
      return notAllowed(path, value, definition);
    case 'pattern':
      return badFormat(path, value, definition);
    case 'uniqueItems':
      return repeated(path, error);
    default:
      return outOfRange(path, value, error);
  }
}

/** Of several allowed types the first is named. */
function jsonType(type: unknown): string {
  return String(Array.isArray(type) ? type[0] : type);
}

function unknownKey(path: Path, key: string, definition: Definition | undefined): Finding {
  const full = [...path, key];
  if (definition?.kind === 'textMap') {
    return {
      severity: 'error',
      code: 'BadFormat',
      path: full,
      message: `expected ${definition.keys.expected}, found the key ${quoted(key)}`,
      hint: 'change the key',
      atKey: true,
    };
  }
  if (definition?.kind !== 'group' && definition?.kind !== 'list') {
    return {
      severity: 'error',
      code: 'BadFormat',
      path: full,
      message: `expected a key of at most 250 characters other than "<<", found ${quoted(key)}`,
      hint: 'change the key',
      atKey: true,
    };
  }
  const keys = definition.kind === 'group' ? Object.keys(definition.fields) : [];
  const suggestion = nearest(key, keys);
  return {
    severity: 'error',
    code: 'UnknownKey',
    path: full,
    message: `${path.length === 0 ? 'the values have' : `${showPath(path)} has`} no key ${quoted(key)}`,
    hint:
      suggestion === undefined
        ? `known keys: ${keys.join(', ')}`
        : `did you mean ${showPath([...path, suggestion])}?`,
    atKey: true,
  };
}

function missing(path: Path, root: Definition): Finding {
  const definition = definitionAt(root, path);
  const inElement =
    definitionAt(root, path.slice(0, -1)) !== undefined && path.some((step) => typeof step === 'number');
  if (inElement) {
    return {
      severity: 'error',
      code: 'Required',
      path,
      message: `expected the key ${quoted(String(path.at(-1)))}, found none`,
      hint: 'add the key',
    };
  }
  const isSection = definition?.kind === 'group';
  return {
    severity: 'error',
    code: 'Required',
    path,
    message: `null removes ${isSection ? 'a section' : `the default${defaultText(definition)}`}, and the chart cannot do without`,
    hint: isSection ? 'remove the line' : 'remove the line to get the default, or set a value',
  };
}

function defaultText(definition: Definition | undefined): string {
  if (definition === undefined || definition.kind === 'group') return '';
  return `, ${displayData(definition.default)}`;
}

function wrongType(path: Path, value: unknown, type: string, definition: Definition | undefined): Finding {
  return {
    severity: 'error',
    code: 'WrongType',
    path,
    message: `expected ${typeName(type)}, found ${foundText(value)}`,
    hint: typeHint(value, type, definition?.kind === 'group' ? Object.keys(definition.fields) : []),
  };
}

function notAllowed(path: Path, value: unknown, definition: Definition | undefined): Finding {
  if (typeof value === 'object' && value !== null) return wrongType(path, value, 'string', definition);
  const words = definition?.kind === 'choice' ? definition.words.filter((word) => word !== '') : [];
  const suggestion = nearest(String(value), words);
  return {
    severity: 'error',
    code: 'NotAllowed',
    path,
    message: `expected ${words.join(' or ')}, found ${quoted(String(value))}`,
    hint: suggestion === undefined ? `choose one of ${words.join(', ')}` : `did you mean ${suggestion}?`,
  };
}

function badFormat(path: Path, value: unknown, definition: Definition | undefined): Finding {
  const grammar =
    definition?.kind === 'text'
      ? definition.grammar
      : definition?.kind === 'textMap'
        ? definition.texts
        : definition?.kind === 'amount'
          ? PERCENT
          : undefined;
  const expected = isAddress(path) ? 'an address of the type beside it' : grammar?.expected;
  return {
    severity: 'error',
    code: 'BadFormat',
    path,
    message: `expected ${expected ?? 'a text without control characters'}, found ${quoted(String(value))}`,
    hint: 'change the value',
  };
}

function isAddress(path: Path): boolean {
  return path.at(-1) === 'value' && path.at(-3) === 'addresses';
}

function repeated(path: Path, error: SchemaError): Finding {
  return {
    severity: 'error',
    code: 'NotAllowed',
    path,
    message: `expected different elements, found elements ${String(error.params.j)} and ${String(error.params.i)} alike`,
    hint: 'remove one of them',
  };
}

function outOfRange(path: Path, value: unknown, error: SchemaError): Finding {
  return {
    severity: 'error',
    code: 'OutOfRange',
    path,
    message: `expected ${limitText(error)}, found ${sizeText(value)}`,
    hint: 'change the value',
  };
}

const LIMITS: Readonly<Record<string, (limit: string) => string>> = {
  minimum: (limit) => `at least ${limit}`,
  maximum: (limit) => `at most ${limit}`,
  maxLength: (limit) => `at most ${limit} characters`,
  maxItems: (limit) => `at most ${limit} elements`,
  maxProperties: (limit) => `at most ${limit} keys`,
};

function limitText(error: SchemaError): string {
  return LIMITS[error.keyword]?.(String(error.params.limit)) ?? error.keyword;
}

function sizeText(value: unknown): string {
  if (typeof value === 'string') return `${[...value].length}`;
  if (Array.isArray(value)) return `${value.length}`;
  if (typeof value === 'object' && value !== null) return `${Object.keys(value).length}`;
  return String(value);
}
