import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A write that an API server has answered, as its audit log says. */
export interface AuditedWrite {
  readonly user: string;
  readonly verb: string;
  /** Plural, with a subresource as `gateways/status`. */
  readonly resource: string;
  /** `namespace/name`. */
  readonly object: string;
  /** HTTP status of the answer. */
  readonly code: number;
  /** When the request came, in milliseconds since 1970. */
  readonly at: number;
}

/** Every write of everybody, once it is answered; what is only read is left out. */
const POLICY = {
  apiVersion: 'audit.k8s.io/v1',
  kind: 'Policy',
  omitStages: ['RequestReceived', 'ResponseStarted'],
  rules: [
    { level: 'Metadata', verbs: ['create', 'update', 'patch', 'delete', 'deletecollection'] },
    { level: 'None' },
  ],
};

/** Flags of a kube-apiserver that keeps an audit log in its state folder. */
export function auditFlags(state: string): readonly string[] {
  const policy = join(state, 'audit-policy.json');
  writeFileSync(policy, JSON.stringify(POLICY));
  return ['--audit-policy-file', policy, '--audit-log-path', logOf(state)];
}

function logOf(state: string): string {
  return join(state, 'audit.log.jsonl');
}

/** Everything that was written so far, in the order of the log. A line that is being written is left out. */
export function auditedWrites(state: string): readonly AuditedWrite[] {
  return readFileSync(logOf(state), 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => writeOf(JSON.parse(line)));
}

/** The fields of an audit.k8s.io/v1 Event that are looked at. */
interface AuditEvent {
  readonly verb: string;
  readonly user: { readonly username: string };
  readonly objectRef?: {
    readonly resource?: string;
    readonly subresource?: string;
    readonly namespace?: string;
    readonly name?: string;
  };
  readonly responseStatus?: { readonly code?: number };
  readonly requestReceivedTimestamp: string;
}

function writeOf({
  verb,
  user,
  objectRef,
  responseStatus,
  requestReceivedTimestamp,
}: AuditEvent): AuditedWrite {
  const { resource = '', subresource, namespace = '', name = '' } = objectRef ?? {};
  return {
    user: user.username,
    verb,
    resource: subresource === undefined ? resource : `${resource}/${subresource}`,
    object: `${namespace}/${name}`,
    code: responseStatus?.code ?? 0,
    at: Date.parse(requestReceivedTimestamp),
  };
}
