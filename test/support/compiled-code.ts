import { join } from 'node:path';

/**
 * Variables of processes that tests start: Node keeps what it compiled of a source file, which takes it longer than most
 * commands do. It is taken only for the very source that it was made from.
 */
export const COMPILED_CODE = {
  NODE_COMPILE_CACHE: join(import.meta.dirname, '../../node_modules/.cache/compiled'),
};
