import type { Result } from '../failure.ts';

/** One API server and who we are to it. */
export interface Credentials {
  /** `https://host:port`, with a path in front of the API's own where there is one; no slash at the end. */
  readonly server: string;
  /**
   * Who we are now. Cheap: what is read from files or plugins is kept until it is due.
   *
   * @param renewed read everything again: the server did not accept what was given before.
   */
  identity(renewed?: boolean): Promise<Result<Identity>>;
}

/** What is shown to the server, and what its certificate is checked against. All PEM texts. */
export interface Identity {
  /** Absent: the public authorities that Node knows. */
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly token?: string;
  /** Name that the certificate must have, when it is not the host of the server. */
  readonly serverName?: string;
  /** Do not check the certificate. An operator's kubeconfig may say so, nobody else's. */
  readonly insecure?: boolean;
}
