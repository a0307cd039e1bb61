import type { ChartModel, Whole } from '../chart/manifest.ts';
import type { Frozen } from '../text/frozen.ts';

/**
 * An object that a chart installs, by its `kind`: after `manifest.kind === 'Gateway'`, `manifest.spec.listeners` is known.
 * It is changed in a copy: `{ ...manifest, spec: { ...manifest.spec, replicas: 2 } }`.
 */
export type Manifest = Frozen<Whole<ChartModel>>;

/** A rendered object and the file of the chart that it comes from. */
export interface RenderedManifest {
  /** As in Helm's header: `kubebyon-multi-node/templates/workload-gateway.yaml`. */
  readonly source: string;
  readonly manifest: Manifest;
}

/** Any object of Kubernetes: a rendered one, a changed one, or one of your own such as an `INetworkPolicy`. */
export type KubernetesObject = ObjectKeys | (ObjectKeys & { readonly [key: string]: unknown });

interface ObjectKeys {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata?: object;
}

/** An object to be written, and what its header names. */
export interface SourcedObject {
  /** After `# Source: `; one line. */
  readonly source: string;
  readonly manifest: KubernetesObject;
}
