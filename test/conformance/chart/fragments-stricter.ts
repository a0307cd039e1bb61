import type { Problem } from '../../../src/index.ts';

/** Something that the API server takes and the library refuses, and why. */
export interface Stricter {
  readonly reason: string;
  readonly applies: (problem: Problem) => boolean;
}

/** Every kind of value that the library refuses although the API server takes it. */
export const STRICTER: readonly Stricter[] = [
  {
    reason: 'The API document requires the key; the server takes its absence for an empty text or 0.',
    applies: ({ code }) => code === 'Required',
  },
  {
    reason: 'The server takes null in a list for an empty text, which nobody means.',
    applies: ({ code, path, message }) =>
      code === 'WrongType' && path.endsWith(']') && message.endsWith('found null'),
  },
  {
    reason:
      'The server takes a null amount for none. Helm refuses it by the schema where no default is taken away.',
    applies: ({ code, path, message }) =>
      code === 'WrongType' && /\.(limits|requests)\./.test(path) && message.endsWith('found null'),
  },
  {
    reason: 'The server reads a sign without a digit as 0, which nobody means.',
    applies: ({ code, message }) => code === 'BadFormat' && /a quantity, .*found "[+-]"$/.test(message),
  },
  {
    reason:
      'Without its feature gate the server drops the signal without a word; with it, it refuses one without os.name.',
    applies: ({ path }) => path.endsWith('.lifecycle.stopSignal'),
  },
  {
    reason: 'Gateway API leaves selectors to its controllers, which cannot use one that is none.',
    applies: ({ path }) => path.startsWith('gatewayAPI.workload.allowedRoutes.namespaces.selector'),
  },
];
