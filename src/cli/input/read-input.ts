import { closeSync, openSync, readSync } from 'node:fs';
import type { Problem } from '../../library/problem.ts';
import { setFilePaths } from '../../values/load/set-expression.ts';
import type { FileSource, SetFileSource, SetSource, ValueSource } from '../../values/load/source.ts';
import { wait } from '../wait.ts';
import type { Arguments } from './arguments.ts';
import { splitCsv } from './csv.ts';
import type { ValueFlag } from './value-flags.ts';

/** The sources of values that a command line names, or the files that cannot be read. */
export type Input =
  | { readonly ok: true; readonly sources: readonly ValueSource[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** What messages call standard input. */
export const STDIN_NAME = '<stdin>';

/** More than any file of values may have; what is behind is not read. */
const MAX_BYTES = 8 * 1024 * 1024;

const SET_FLAGS = ['set-json', 'set', 'set-string', 'set-literal'] as const;

/** Reads all files that the value flags name. */
export function readInput(args: Arguments<ValueFlag>): Input {
  const read = onceEach(readBytes);
  const files = args.given('values').flatMap((argument) => splitCsv('--values', argument));
  const problems: Problem[] = [];
  const fileSources = files.flatMap((name): readonly FileSource[] => {
    const content = read(name);
    if (typeof content !== 'string') return [{ kind: 'file', name: shownName(name), text: content }];
    problems.push(unreadable(name, content));
    return [];
  });
  const setFiles = args.given('set-file').map((expression) => setFileSource(expression, read, problems));
  if (problems.length > 0) return { ok: false, problems };
  const sets = SET_FLAGS.flatMap((kind) =>
    args.given(kind).map((expression): SetSource => ({ kind, expression })),
  );
  return { ok: true, sources: [...fileSources, ...sets, ...setFiles] };
}

/** Reads a whole file, "-" being standard input; a text says why it cannot be read. */
export type ReadBytes = (path: string, maxBytes?: number) => Uint8Array | string;

function setFileSource(expression: string, read: ReadBytes, problems: Problem[]): SetFileSource {
  const contents = new Map<string, string>();
  for (const path of setFilePaths(expression)) {
    const content = read(path);
    if (typeof content === 'string') problems.push(unreadable(path, content));
    else contents.set(path, new TextDecoder('utf-8', { ignoreBOM: true }).decode(content));
  }
  return { kind: 'set-file', expression, contents };
}

/** Standard input can be read once only. */
function onceEach(read: ReadBytes): ReadBytes {
  const known = new Map<string, Uint8Array | string>();
  return (path) => {
    const content = known.get(path) ?? read(path);
    known.set(path, content);
    return content;
  };
}

/** Reads a file by pieces, because pipes and devices do not tell their size. */
export const readBytes: ReadBytes = (path, maxBytes = MAX_BYTES) => {
  let descriptor: number;
  try {
    descriptor = path === '-' ? 0 : openSync(path, 'r');
  } catch (error) {
    return reasonOf(error);
  }
  try {
    return readAll(descriptor, maxBytes);
  } catch (error) {
    return reasonOf(error);
  } finally {
    if (path !== '-') closeSync(descriptor);
  }
};

const PIECE = 64 * 1024;

function readAll(descriptor: number, maxBytes: number): Uint8Array {
  const pieces: Uint8Array[] = [];
  let total = 0;
  while (total <= maxBytes) {
    const piece = Buffer.allocUnsafe(PIECE);
    const length = readPiece(descriptor, piece);
    if (length === 0) break;
    pieces.push(piece.subarray(0, length));
    total += length;
  }
  return pieces.length === 1 && pieces[0] !== undefined ? pieces[0] : Buffer.concat(pieces);
}

/** Waits where a terminal or a pipe has nothing yet. */
function readPiece(descriptor: number, piece: Uint8Array): number {
  for (;;) {
    try {
      return readSync(descriptor, piece);
    } catch (error) {
      if (codeOf(error) === 'EOF') return 0;
      if (codeOf(error) !== 'EAGAIN') throw error;
      wait(10);
    }
  }
}

/** The code of an error of the operating system, as ENOENT. */
export function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}

/** Why a file cannot be read or written, as the end of "expected ..., found". */
export function reasonOf(error: unknown): string {
  switch (codeOf(error)) {
    case 'ENOENT':
      return 'none';
    case 'EISDIR':
      return 'a directory';
    case 'ENOTDIR':
      return 'a path through something that is no directory';
    case 'EPIPE':
      return 'a pipe that its reader has closed';
    case 'EBADF':
      return 'one that is closed';
    case 'ENOSPC':
    case 'EDQUOT':
      return 'no space left';
    case 'EACCES':
    case 'EPERM':
      return 'one without permission';
    default:
      return error instanceof Error ? error.message : String(error);
  }
}

/** What messages call a file. */
export function shownName(path: string): string {
  return path === '-' ? STDIN_NAME : path;
}

function unreadable(path: string, reason: string): Problem {
  return {
    severity: 'error',
    code: 'FileUnreadable',
    path: '',
    message: `expected a file that can be read, found ${reason}`,
    hint: hintOf(path, reason),
    file: shownName(path),
    line: null,
    column: null,
  };
}

function hintOf(path: string, reason: string): string {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(path)) return 'URLs are not fetched: download the file first';
  if (reason === 'a directory')
    return 'name the values file in it, or give several files with -f a.yaml -f b.yaml';
  return 'check the path and the working directory';
}
