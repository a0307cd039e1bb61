import { text } from './grammar.ts';
import type { Variable } from './variable.ts';

const TOLD = { processes: ['web'], when: 'web' } as const;

const url = text('a URL', (value) => URL.canParse(value));

/** What the web console is told (runbook section 5.5). */
export const WEB_VARIABLES = {
  apiBaseURL: {
    name: 'KUBEBYON_API_BASE_URL',
    grammar: url,
    description: 'the API as the console reaches it',
    ...TOLD,
  },
  nextPublicAPIBaseURL: {
    name: 'NEXT_PUBLIC_KUBEBYON_API_BASE_URL',
    grammar: url,
    description: 'the API as browsers reach it; not set: as the console does',
    ...TOLD,
  },
  hostname: {
    name: 'HOSTNAME',
    grammar: text('an address of the Pod', (value) => value !== ''),
    description: 'where the console listens',
    ...TOLD,
  },
} as const satisfies Readonly<Record<string, Variable>>;
