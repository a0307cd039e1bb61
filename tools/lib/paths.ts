import { fileURLToPath } from 'node:url';

/** Folder of the build definitions (`tools/`). */
export const toolsFolder = fileURLToPath(new URL('../', import.meta.url));

/** Folder everything is built into; `.gitignore` leaves it out. */
export const outputFolder = fileURLToPath(new URL('../../.tools/', import.meta.url));
