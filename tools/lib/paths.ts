import { fileURLToPath } from 'node:url';

/** Folder of the build definitions (`tools/`). */
export const toolsFolder = fileURLToPath(new URL('../', import.meta.url));

/**
 * Folder everything is built into: `.tools/`, which `.gitignore` leaves out, or the folder that the environment
 * variable KUBEBYON_TOOLS names, so that several checkouts can share one.
 */
export const outputFolder =
  process.env.KUBEBYON_TOOLS ?? fileURLToPath(new URL('../../.tools', import.meta.url));
