/**
 * Writes the path of a field of an object or a world as kubectl does, so that `explain` can read it again:
 * `spec.listeners[0].name`, `metadata.labels['app.kubernetes.io/name']`. A value's path is written by `showPath`, as `--set`
 * takes it.
 */
export function showFieldPath(path: readonly (string | number)[]): string {
  return path.reduce<string>((text, step) => {
    const key = String(step);
    if (/^[0-9]+$/.test(key)) return `${text}[${key}]`;
    if (!/^[\w-]+$/.test(key)) return `${text}['${key.replace(/[\\']/g, '\\$&')}']`;
    return text === '' ? key : `${text}.${key}`;
  }, '');
}
