import { failed, type Result, success } from '../failure.ts';
import { at, isRecord, listAt, numberAt, parseJson, textAt } from '../json.ts';
import { isStored, type StoredObject } from '../object.ts';
import { malformedFailure, statusFailure } from '../requests/status.ts';
import type { Line, Page } from './machine.ts';

const LIST_ENDS = 'k8s.io/initial-events-end';

/** One line of a watch. */
export function parseLine(text: string, place: string): Line {
  const event = parseJson(text);
  const type = textAt(event, 'type');
  const object = at(event, 'object');
  if (type === 'ERROR') {
    return { type, failure: statusFailure(place, numberAt(object, 'code') ?? 500, object) };
  }
  if (type === 'BOOKMARK') {
    const version = textAt(object, 'metadata', 'resourceVersion') ?? '';
    const endsList = textAt(object, 'metadata', 'annotations', LIST_ENDS) === 'true';
    if (version !== '') return { type, version, endsList };
  }
  if ((type === 'ADDED' || type === 'MODIFIED' || type === 'DELETED') && isStored(object))
    return { type, object };
  return { type: 'unreadable', failure: malformedFailure(place, 'an event of a watch', text.slice(0, 40)) };
}

/** One page of a list. Items of a list do not say what they are; the list does. */
export function parsePage(body: unknown, place: string): Result<Page> {
  const version = textAt(body, 'metadata', 'resourceVersion') ?? '';
  const kind = (textAt(body, 'kind') ?? '').replace(/List$/, '');
  const apiVersion = textAt(body, 'apiVersion') ?? '';
  if (!Array.isArray(at(body, 'items')) || version === '' || kind === '') {
    return failed(malformedFailure(place, 'a list', textAt(body, 'kind') ?? ''));
  }
  const items: StoredObject[] = [];
  for (const entry of listAt(body, 'items')) {
    const item = isRecord(entry) ? { apiVersion, kind, ...entry } : entry;
    if (!isStored(item))
      return failed(malformedFailure(place, 'items with a name, a uid and a resourceVersion', 'others'));
    items.push(item);
  }
  const token = textAt(body, 'metadata', 'continue') ?? '';
  return success({ items, version, ...(token === '' ? {} : { token }) });
}
