import { createPrivateKey, X509Certificate } from 'node:crypto';
import { isRecord, textAt } from '../json.ts';
import type { StoredObject } from '../object.ts';
import { identityOnly, type Trim } from './trim.ts';

/** What a certificate in a Secret says. */
export interface CertificateFacts {
  readonly dnsNames: readonly string[];
  /** RFC 3339, UTC. */
  readonly notAfter: string;
  /** Whether the private key beside it belongs to it. */
  readonly keyMatches: boolean;
}

const KEPT_ANNOTATIONS = /^([a-z0-9.-]+\.)?cert-manager\.io\//;
const MAX_PEM_BYTES = 64 * 1024;

/**
 * A Secret as its type, its labels, the annotations of cert-manager and what the certificate in it says (`certificate`).
 * Nothing of its data is kept.
 */
export const secretFacts: Trim = (secret) => {
  const bare = identityOnly(secret);
  const { labels, annotations, creationTimestamp, deletionTimestamp, ownerReferences } = secret.metadata;
  const facts = certificateIn(secret);
  const type = textAt(secret, 'type');
  return {
    ...bare,
    metadata: {
      ...bare.metadata,
      ...given({ labels, creationTimestamp, deletionTimestamp, ownerReferences }),
      ...(isRecord(annotations)
        ? {
            annotations: Object.fromEntries(
              Object.entries(annotations).filter(([key]) => KEPT_ANNOTATIONS.test(key)),
            ),
          }
        : {}),
    },
    ...given({ type, certificate: facts }),
  };
};

function given(fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** What the first certificate of `tls.crt` says; undefined where there is none that can be read. */
function certificateIn(secret: StoredObject): CertificateFacts | undefined {
  const pem = decoded(textAt(secret, 'data', 'tls.crt'));
  if (pem === undefined) return undefined;
  try {
    const certificate = new X509Certificate(pem);
    return {
      dnsNames: dnsNamesIn(certificate.subjectAltName ?? ''),
      notAfter: new Date(certificate.validTo).toISOString(),
      keyMatches: belongs(certificate, decoded(textAt(secret, 'data', 'tls.key'))),
    };
  } catch {
    return undefined;
  }
}

function decoded(base64: string | undefined): string | undefined {
  if (base64 === undefined || base64.length > 2 * MAX_PEM_BYTES) return undefined;
  return Buffer.from(base64, 'base64').toString('latin1');
}

function dnsNamesIn(subjectAltName: string): readonly string[] {
  // Node quotes an entry that holds a comma or a quote; no DNS name does.
  return subjectAltName.split(', ').flatMap((entry) => {
    const name = /^DNS:([^"]+)$/.exec(entry)?.[1];
    return name === undefined ? [] : [name];
  });
}

function belongs(certificate: X509Certificate, key: string | undefined): boolean {
  if (key === undefined) return false;
  try {
    return certificate.checkPrivateKey(createPrivateKey(key));
  } catch {
    return false;
  }
}
