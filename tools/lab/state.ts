import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isRecord } from '../../src/text/json.ts';
import { outputFolder } from '../lib/paths.ts';
import { LABS } from './folders.ts';

/** What the lab of a person has written down about itself. */
export interface LabState {
  /** Every process of the lab has it in its environment. */
  readonly id: string;
  /** The process that holds the lab; its network is the lab's. */
  readonly pid?: number;
  /** Kubeconfig of the host cluster, once the lab is up. */
  readonly kubeconfig?: string;
}

const FILE = join(outputFolder, 'lab.json');

/** Where the process that holds the lab writes. */
export const LOG = join(outputFolder, 'lab.log');

/** The state of the last lab; undefined: there is none. */
export function readState(): LabState | undefined {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(FILE, 'utf8'));
  } catch {
    return undefined;
  }
  if (!isRecord(value) || typeof value.id !== 'string') return undefined;
  const { id, pid, kubeconfig } = value;
  return {
    id,
    ...(typeof pid === 'number' ? { pid } : {}),
    ...(typeof kubeconfig === 'string' ? { kubeconfig } : {}),
  };
}

export function writeState(state: LabState): void {
  writeFileSync(FILE, JSON.stringify(state), { mode: 0o600 });
}

/** Removes what a lab whose processes are gone has left in the file system. */
export function removeState({ pid }: Pick<LabState, 'pid'>): void {
  for (const file of [FILE, LOG]) rmSync(file, { force: true });
  const parents = ['clusters', 'charts', 'homes'].map((name) => join(outputFolder, name));
  for (const parent of [...parents, LABS]) {
    for (const name of namesIn(parent)) {
      // Each process names its folders by its id.
      if (name.startsWith(`${pid}-`)) rmSync(join(parent, name), { recursive: true, force: true });
    }
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
