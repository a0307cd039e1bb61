/** Data as JSON for people and files: indented, with a final line break. */
export function jsonText(data: unknown): string {
  return `${JSON.stringify(data, null, 2)}\n`;
}

const WIDTH = 120;

/**
 * Data as JSON for large files that are read by programs at every run and by people now and then: what fits on a line
 * stands on one, which makes a schema half as long.
 */
export function foldedJsonText(data: unknown): string {
  return `${folded(data, '')}\n`;
}

function folded(data: unknown, indent: string): string {
  const line = JSON.stringify(data) ?? 'null';
  if (typeof data !== 'object' || data === null || indent.length + line.length <= WIDTH) return line;
  const inner = `${indent} `;
  const lines = Array.isArray(data)
    ? data.map((item) => `${inner}${folded(item, inner)}`)
    : Object.entries(data)
        .filter(([, value]) => value !== undefined)
        .map(([key, value]) => `${inner}${JSON.stringify(key)}: ${folded(value, inner)}`);
  const [open, close] = Array.isArray(data) ? '[]' : '{}';
  return `${open}\n${lines.join(',\n')}\n${indent}${close}`;
}
