import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Each lab has a folder here, with the logs of its programs and the files of its Pods. A short path: sockets are in it. */
export const LABS = join(tmpdir(), 'kubebyon-lab');
