import { gzipSync } from 'node:zlib';

const BLOCK = 512;

/** Files by their paths in the archive. */
export type ArchivedFiles = ReadonlyMap<string, string>;

/**
 * A gzipped tar archive (POSIX ustar) that depends on nothing but its files: in the order of their paths, owned by nobody, of
 * no time.
 *
 * @throws RangeError where a path is longer than 100 bytes, for which ustar would need more.
 */
export function tarGz(files: ArchivedFiles): Buffer {
  const entries = [...files].sort(([a], [b]) => (a < b ? -1 : 1)).map(([path, text]) => entry(path, text));
  const packed = gzipSync(Buffer.concat([...entries, Buffer.alloc(2 * BLOCK)]), { level: 9 });
  // The system that has packed it, which gzip would note: unknown.
  packed[9] = 255;
  return packed;
}

function entry(path: string, text: string): Buffer {
  const content = Buffer.from(text);
  const padding = Buffer.alloc((BLOCK - (content.length % BLOCK)) % BLOCK);
  return Buffer.concat([header(path, content.length), content, padding]);
}

function header(path: string, size: number): Buffer {
  if (Buffer.byteLength(path) > 100) throw new RangeError(`${path}: expected a path of at most 100 bytes`);
  const block = Buffer.alloc(BLOCK);
  block.write(path, 0);
  block.write(octal(0o644, 8), 100);
  block.write(octal(0, 8), 108); // owner
  block.write(octal(0, 8), 116); // group
  block.write(octal(size, 12), 124);
  block.write(octal(0, 12), 136); // time
  block.write(' '.repeat(8), 148); // the checksum counts as spaces
  block.write('0', 156); // a file
  block.write('ustar\x0000', 257);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${octal(sum, 7)} `, 148);
  return block;
}

/** A number in a field of so many bytes, of which the last is zero. */
function octal(value: number, width: number): string {
  return `${value.toString(8).padStart(width - 1, '0')}\0`;
}
