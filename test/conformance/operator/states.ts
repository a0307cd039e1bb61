import { MAY_STATES } from './may-states.ts';
import { PREFLIGHT_STATES } from './preflight-states.ts';
import { REQUEST_STATES } from './request-states.ts';
import { VERIFY_STATES } from './verify-states.ts';
import { WHY_STATES } from './why-states.ts';

/** A state in which a check of a command does not pass, for docs/checks.md. */
export interface ShownState {
  readonly command: 'preflight' | 'verify' | 'why';
  readonly code: string;
  readonly state: string;
  readonly verdict: 'failed' | 'warning' | 'unknown';
}

/** Every state that the tests make. */
export const BROKEN_STATES: readonly ShownState[] = [
  ...[...PREFLIGHT_STATES, ...MAY_STATES].map((state) => ({ command: 'preflight' as const, ...state })),
  ...[...VERIFY_STATES, ...REQUEST_STATES].map((state) => ({ command: 'verify' as const, ...state })),
  ...WHY_STATES.map((state) => ({ command: 'why' as const, ...state })),
];
