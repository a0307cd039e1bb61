/** What a probe of the kubelet is told. */
export interface Health {
  readonly ok: boolean;
  /** What is missing, in words. */
  readonly text: string;
}
