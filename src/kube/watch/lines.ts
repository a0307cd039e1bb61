/** Cuts bytes into lines. A line that is longer than allowed makes everything after it unreadable. */
export interface LineCutter {
  /** The whole lines that end in this chunk; undefined when a line is too long. */
  cut(chunk: Uint8Array): readonly string[] | undefined;
  /** What is left without an end, once there is nothing more. */
  rest(): string;
}

const NEWLINE = 10;

export function createLineCutter(maxBytes: number): LineCutter {
  let parts: Uint8Array[] = [];
  let size = 0;
  const take = (): string => {
    const text = Buffer.concat(parts).toString('utf8');
    parts = [];
    size = 0;
    return text;
  };
  return {
    cut: (chunk) => {
      const lines: string[] = [];
      let from = 0;
      for (let to = chunk.indexOf(NEWLINE); to >= 0; to = chunk.indexOf(NEWLINE, from)) {
        size += to - from;
        if (size > maxBytes) return undefined;
        parts.push(chunk.subarray(from, to));
        lines.push(take());
        from = to + 1;
      }
      if (from < chunk.length) parts.push(chunk.subarray(from));
      size += chunk.length - from;
      return size > maxBytes ? undefined : lines;
    },
    rest: take,
  };
}
