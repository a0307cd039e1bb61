import { workerValues } from '../chart-definition.ts';
import { certificateConstraints } from './certificates.ts';
import type { Constraint } from './constraint.ts';
import { entryConstraints } from './entries.ts';
import { metadataConstraints, reservedAnnotation, reservedLabel } from './metadata.ts';
import { nameConstraints } from './names.ts';
import { portConstraints } from './ports.ts';
import { releaseConstraints } from './release.ts';
import { routeConstraints } from './routes.ts';
import { serviceAccountConstraints, workerServiceAccountConstraints } from './service-accounts.ts';

/** The constraints of every chart, in the order in which they are reported. */
export const commonConstraints: readonly Constraint[] = [
  ...releaseConstraints,
  ...entryConstraints,
  ...nameConstraints,
  ...serviceAccountConstraints,
  ...certificateConstraints,
  ...routeConstraints,
  ...portConstraints,
  ...metadataConstraints,
];

/** Those of the worker. */
export const workerConstraints: readonly Constraint[] = [
  ...workerServiceAccountConstraints,
  reservedLabel('worker.podLabels', workerValues.podLabels),
  reservedAnnotation('worker.podAnnotations', workerValues.podAnnotations),
  reservedAnnotation('worker.serviceAccount.annotations', workerValues.serviceAccount.annotations),
];
