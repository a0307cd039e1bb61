import { describe, test } from 'vitest';
import { NOT_ON_THIS_MACHINE } from '../conformance/support/no-skips.ts';

/** Tests in a network of their own; where the machine has none, one test says why and how to get it. */
export function describeTraffic(title: string, body: () => void): void {
  const why = process.env.KUBEBYON_NO_NETWORK;
  if (why === undefined) describe(title, body);
  else test.skip(`${title}: ${NOT_ON_THIS_MACHINE}${why}`, () => undefined);
}
