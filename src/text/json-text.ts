/** Data as JSON for people and files: indented, with a final line break. */
export function jsonText(data: unknown): string {
  return `${JSON.stringify(data, null, 2)}\n`;
}
