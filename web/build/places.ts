import { join } from 'node:path';

/** The folder of this package. */
export const webRoot = join(import.meta.dirname, '..');

/** The folder of the repository, which has the docs and the library. */
export const repository = join(webRoot, '..');

/** Where the site is written. */
export const outputFolder = join(webRoot, 'dist');
