import { type Finding, finding } from '../findings.ts';
import { describeReference, referenceOf } from '../world/objects.ts';
import type { KubeObject } from '../world/world.ts';

/** What an operator is told when a Certificate of others writes the Secret that ours would write. */
export function otherWriterFinding(
  cluster: string | null,
  secretName: string,
  other: KubeObject,
  about: { readonly hostname?: string } = {},
): Finding {
  const object = referenceOf(other);
  const message = `${describeReference(object)} writes Secret ${secretName} too; ours is not written`;
  return finding('SecretWrittenByOthers', cluster, message, { ...about, object });
}
