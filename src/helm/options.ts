/** What the names of the charts' helpers begin with. */
export const HELPER_PREFIX = 'kubebyon';

/** Which versions of charts are written. */
export interface ChartVersions {
  /** Version of the chart itself (semantic). */
  readonly version: string;
  /** Version of KubeBYON, the default tag of its images. */
  readonly appVersion: string;
}

/** Oldest Kubernetes that the charts are shown on. The suffix admits the versions of cloud providers, as `-eks-1`. */
export const KUBE_VERSION = '>=1.33.0-0';
