/** A fenced block of a Markdown text. */
export interface CodeBlock {
  readonly language: string;
  readonly text: string;
  /** Of the opening fence, from 1. */
  readonly line: number;
}

/** What a Markdown text is made of, as far as tests compare it. */
export interface Markdown {
  /** Level and title of each heading. */
  readonly headings: readonly { readonly level: number; readonly title: string }[];
  readonly blocks: readonly CodeBlock[];
  /** Targets of links and pictures, in order. */
  readonly links: readonly string[];
  /** Inline code, in order. */
  readonly code: readonly string[];
}

export function readMarkdown(source: string): Markdown {
  const blocks = [...source.matchAll(/^ *```([a-z]*)\n([\s\S]*?)^ *```$/gm)].map((match) => ({
    language: match[1] ?? '',
    text: match[2] ?? '',
    line: source.slice(0, match.index).split('\n').length,
  }));
  const prose = source.replace(/^ *```[\s\S]*?^ *```$/gm, '');
  return {
    headings: [...prose.matchAll(/^(#+) (.+)$/gm)].map((match) => ({
      level: match[1]?.length ?? 0,
      title: match[2] ?? '',
    })),
    blocks,
    links: [...prose.replace(/`[^`\n]*`/g, '').matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] ?? ''),
    code: [...prose.matchAll(/`([^`\n]+)`/g)].map((match) => match[1] ?? ''),
  };
}
