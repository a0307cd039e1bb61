/**
 * Compares resourceVersions: below 0 when the first is older. Undefined when one of them is no decimal number: then nobody
 * can tell. Kubernetes promises the order of numbers since 1.35 and has kept it since 1.0.
 */
export function compareVersions(a: string, b: string): number | undefined {
  if (!DECIMAL.test(a) || !DECIMAL.test(b)) return undefined;
  if (a.length !== b.length) return a.length - b.length;
  return a < b ? -1 : a > b ? 1 : 0;
}

const DECIMAL = /^(0|[1-9]\d{0,38})$/;
