import type { ICustomResourceColumnDefinition } from 'kubernetes-models/apiextensions.k8s.io/v1/CustomResourceColumnDefinition';
import type { ICustomResourceDefinition } from 'kubernetes-models/apiextensions.k8s.io/v1/CustomResourceDefinition';
import type { IJSONSchemaProps } from 'kubernetes-models/apiextensions.k8s.io/v1/JSONSchemaProps';
import { entries, type Template } from '../../template/index.ts';
import { values } from '../../values/chart-definition.ts';
import type { Whole } from '../manifest.ts';
import { objectLabels } from './metadata.ts';

/** A kind of ours, and what differs between two of them. */
export interface OwnKind {
  /** As `EdgeCluster`; the other names follow from it. */
  readonly kind: string;
  readonly shortName: string;
  /** What of the platform writes or reads it. */
  readonly component: string;
  /** What `kubectl get` shows beside the name; the age comes last. */
  readonly columns: readonly ICustomResourceColumnDefinition[];
  readonly schema: Template<IJSONSchemaProps>;
}

/** The definition of a namespaced kind of ours with a status. Kept when the release is uninstalled. */
export function resourceDefinition({
  kind,
  shortName,
  component,
  columns,
  schema,
}: OwnKind): Template<Whole<ICustomResourceDefinition>> {
  const singular = kind.toLowerCase();
  const plural = `${singular}s`;
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: {
      name: `${plural}.kubebyon.app`,
      labels: objectLabels(component),
      annotations: entries({ 'helm.sh/resource-policy': 'keep' }, values.commonAnnotations),
    },
    spec: {
      group: 'kubebyon.app',
      scope: 'Namespaced',
      names: { kind, listKind: `${kind}List`, plural, singular, shortNames: [shortName] },
      versions: [
        {
          name: 'v1alpha1',
          served: true,
          storage: true,
          subresources: { status: {} },
          additionalPrinterColumns: [
            ...columns,
            { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' },
          ],
          schema: { openAPIV3Schema: schema },
        },
      ],
    },
  };
}
