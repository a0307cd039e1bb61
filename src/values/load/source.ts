/** One `-f` file, already read. */
export type FileSource = {
  readonly kind: 'file';
  /** The name to show in messages, as the user gave it. */
  readonly name: string;
  /** The content; bytes are decoded by the reader, which refuses what is not UTF-8. */
  readonly text: string | Uint8Array;
};

/** One `--set`, `--set-string`, `--set-json` or `--set-literal` flag. */
export type SetSource = {
  readonly kind: 'set' | 'set-string' | 'set-json' | 'set-literal';
  /** The flag's argument as typed, e.g. `a.b=1,c={x,y}`. */
  readonly expression: string;
};

/** One `--set-file` flag with the files it names, already read: `setFilePaths` lists them. */
export type SetFileSource = {
  readonly kind: 'set-file';
  /** The flag's argument as typed, e.g. `a=path1,b=path2`. */
  readonly expression: string;
  /** Content by path, as text (bytes that are not UTF-8 read as U+FFFD, a final newline kept, as Helm does). */
  readonly contents: ReadonlyMap<string, string>;
};

/** A source of user values, in the forms that Helm's command line knows. */
export type ValueSource = FileSource | SetSource | SetFileSource;

/** Every kind of flag, as its name without the dashes. */
export type SetKind = SetSource['kind'] | SetFileSource['kind'];
