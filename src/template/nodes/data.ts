/** Plain data: what values are read into and manifests are evaluated to. */
export type Data = null | boolean | number | string | readonly Data[] | { readonly [key: string]: Data };

/** A map of plain data. */
export type DataMap = { readonly [key: string]: Data };

/** Whether the data is a map. */
export function isDataMap(data: unknown): data is DataMap {
  return typeof data === 'object' && data !== null && !Array.isArray(data);
}

/** What stands at a path, or undefined. */
export function at(root: unknown, path: readonly string[]): unknown {
  let found = root;
  for (const key of path) {
    if (typeof found !== 'object' || found === null) return undefined;
    found = (found as Readonly<Record<string, unknown>>)[key];
  }
  return found;
}

/** Compares texts by their UTF-8 bytes, as Go and Kubernetes sort map keys. */
export function compareBytes(left: string, right: string): number {
  const length = Math.min(left.length, right.length);
  for (let i = 0; i < length; i += 1) {
    const a = left.charCodeAt(i);
    const b = right.charCodeAt(i);
    if (a !== b) return byteOrder(a) - byteOrder(b);
  }
  return left.length - right.length;
}

/** UTF-16 surrogates stand for code points above all others, although their code units do not. */
function byteOrder(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x2000 : unit >= 0xe000 ? unit - 0x800 : unit;
}
