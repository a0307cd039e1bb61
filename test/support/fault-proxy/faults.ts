/** What a fault proxy does to one answer. Lines are counted from 0, as the API server sends them. */
export type ProxyFault =
  /** Answers itself; the API server hears nothing. */
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
    }
  /** Resets the request without an answer; the API server hears nothing. */
  | { readonly kind: 'drop' }
  /** The API server hears it and does it; the answer is lost. */
  | { readonly kind: 'loseAnswer' }
  | { readonly kind: 'delay'; readonly milliseconds: number }
  /** Waits before the API server hears it. */
  | { readonly kind: 'hold'; readonly until: Promise<void> }
  /** Takes the request and never answers. */
  | { readonly kind: 'hang' }
  /** Half of a line, then a clean end. */
  | { readonly kind: 'truncate'; readonly line: number }
  /** Half of a line, then a reset. */
  | { readonly kind: 'reset'; readonly line: number }
  /** Half of a line and a newline, then everything as it is. */
  | { readonly kind: 'garble'; readonly line: number }
  | { readonly kind: 'duplicate'; readonly line: number }
  /** A line comes after the one that follows it. */
  | { readonly kind: 'reorder'; readonly line: number }
  | { readonly kind: 'lose'; readonly line: number }
  /** From a line on nothing comes any more, and nobody says so. */
  | { readonly kind: 'halfOpen'; readonly line: number }
  /** Says that everything is at another version. */
  | { readonly kind: 'oldVersion'; readonly version: string };

/** What becomes of a line: what is sent for it, and how the answer goes on. */
export interface EditedLine {
  readonly send: string;
  readonly next?: 'end' | 'reset' | 'silence';
}

/** Edits the lines of one answer, in their order. Each line has its newline. */
export type LineEditor = (line: string) => EditedLine;

/** The editor of a fault; undefined when it lets an answer through. */
export function editorOf(fault: ProxyFault | undefined): LineEditor | undefined {
  if (fault === undefined) return undefined;
  if (fault.kind === 'oldVersion') return (line) => ({ send: withVersion(line, fault.version) });
  if (!('line' in fault)) return undefined;
  let number = -1;
  let held = '';
  return (line) => {
    number += 1;
    if (number === fault.line) {
      if (fault.kind === 'reorder') held = line;
      return EDITS[fault.kind](line);
    }
    const before = held;
    held = '';
    return { send: line + before };
  };
}

type LineFault = Extract<ProxyFault, { readonly line: number }>['kind'];

const EDITS: Readonly<Record<LineFault, (line: string) => EditedLine>> = {
  truncate: (line) => ({ send: half(line), next: 'end' }),
  reset: (line) => ({ send: half(line), next: 'reset' }),
  garble: (line) => ({ send: `${half(line)}\n` }),
  duplicate: (line) => ({ send: line + line }),
  reorder: () => ({ send: '' }),
  lose: () => ({ send: '' }),
  halfOpen: () => ({ send: '', next: 'silence' }),
};

function half(line: string): string {
  return line.slice(0, line.length / 2);
}

/** Every version in a page or an event becomes another. */
function withVersion(line: string, version: string): string {
  return line.replaceAll(/"resourceVersion":"\d+"/g, `"resourceVersion":"${version}"`);
}
