import {
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';

/**
 * Compiled code between two runs: one file for each command and version of Node, in the user's cache folder
 * (`$XDG_CACHE_HOME`, or `~/.cache`). V8 trusts such code, so only a file that nobody else can write is read, and only one
 * made from the very source. NODE_DISABLE_COMPILE_CACHE turns it off, as it does for Node's own cache.
 *
 * Keeping code is never worth an error: what cannot be read or written is compiled again.
 */
export function keptCode(command: string, source: string): Buffer | undefined {
  const file = keptFile(command);
  if (file === undefined) return undefined;
  try {
    const descriptor = openSync(file, 'r');
    try {
      if (!isOwn(descriptor)) return undefined;
      return codeIn(readFileSync(descriptor), source);
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return undefined;
  }
}

/** Keeps the compiled code of a source for {@link keptCode}. */
export function keepCode(command: string, source: string, code: Uint8Array): void {
  const file = keptFile(command);
  if (file === undefined) return;
  const draft = `${file}.${process.pid}`;
  try {
    mkdirSync(file.slice(0, file.lastIndexOf('/')), { recursive: true, mode: 0o700 });
    writeFileSync(draft, Buffer.concat([headerOf(source, code.length), code]), { mode: 0o600, flag: 'wx' });
    renameSync(draft, file);
  } catch {
    removeQuietly(draft);
  }
}

function removeQuietly(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // There is nothing to remove where nothing could be written.
  }
}

function keptFile(command: string): string | undefined {
  const { NODE_DISABLE_COMPILE_CACHE, XDG_CACHE_HOME, LOCALAPPDATA, HOME } = process.env;
  if (NODE_DISABLE_COMPILE_CACHE) return undefined;
  const folder = XDG_CACHE_HOME || LOCALAPPDATA || (HOME ? `${HOME}/.cache` : undefined);
  if (folder === undefined) return undefined;
  return `${folder}/kubebyon-gateway/${command}-${process.version}-${process.arch}.code`;
}

function isOwn(descriptor: number): boolean {
  const { uid, mode } = fstatSync(descriptor);
  return process.getuid === undefined || (uid === process.getuid() && (mode & 0o022) === 0);
}

/** Length of the code and hash of the source: V8 itself tells sources apart by their length only. */
const HEADER_LENGTH = 16;

function headerOf(source: string, length: number): Buffer {
  const header = Buffer.alloc(HEADER_LENGTH);
  header.writeUInt32LE(length, 0);
  header.writeUInt32LE(source.length, 4);
  header.write(fingerprintOf(source), 8, 'latin1');
  return header;
}

function codeIn(content: Buffer, source: string): Buffer | undefined {
  const code = content.subarray(HEADER_LENGTH);
  const isWhole = content.subarray(0, HEADER_LENGTH).equals(headerOf(source, code.length));
  return isWhole ? code : undefined;
}

/** The build ends the bundle with a comment that holds a hash of it, so that no start has to compute one. */
function fingerprintOf(source: string): string {
  return source.slice(-9, -1);
}
