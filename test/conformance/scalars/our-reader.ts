import type { Reading } from './helm-reading.ts';

/**
 * Our reader of values files, under the same contract as Helm's reading. Undefined until the reader of src/yaml is
 * there; the tests of agreement are `todo` until then.
 */
export const readWithUs: ((file: Uint8Array) => Reading) | undefined = undefined;
