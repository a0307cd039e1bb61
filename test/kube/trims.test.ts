import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import {
  type StoredObject,
  secretFacts,
  withoutBookkeeping,
  withoutLastApplied,
} from '../../src/kube/index.ts';
import { guardedTrim } from '../../src/kube/watch/trim.ts';
import { testCertificate } from '../support/certificates.ts';

const METADATA = { name: 'x', namespace: 'n', uid: 'u', resourceVersion: '7' };
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

function gateway(): StoredObject {
  const annotations = { [LAST_APPLIED]: '{}', own: 'kept' };
  const metadata = { ...METADATA, annotations, managedFields: [{ manager: 'm' }] };
  return { apiVersion: 'v1', kind: 'Gateway', metadata, spec: { a: 1 } };
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');

function secret(data: unknown, annotations = {}): StoredObject {
  const metadata = { ...METADATA, annotations, managedFields: [], labels: { l: '1' } };
  return { apiVersion: 'v1', kind: 'Secret', type: 'kubernetes.io/tls', metadata, data };
}

test('bookkeeping is left out, and managedFields are kept where somebody needs them', () => {
  expect(withoutBookkeeping(gateway()).metadata).toEqual({ ...METADATA, annotations: { own: 'kept' } });
  expect(withoutLastApplied(gateway()).metadata.managedFields).toEqual([{ manager: 'm' }]);
});

test('a Secret is its type, its labels, cert-manager’s annotations and what its certificate says', () => {
  const { cert, key } = testCertificate(['a.example', '*.b.example']);
  const data = { 'tls.crt': base64(cert), 'tls.key': base64(key), token: base64('hidden') };
  const annotations = {
    'cert-manager.io/issuer-name': 'le',
    'controller.cert-manager.io/x': '1',
    note: 'hidden',
  };
  const facts = secretFacts(secret(data, annotations));
  expect(facts).toEqual({
    apiVersion: 'v1',
    kind: 'Secret',
    type: 'kubernetes.io/tls',
    metadata: {
      ...METADATA,
      labels: { l: '1' },
      annotations: { 'cert-manager.io/issuer-name': 'le', 'controller.cert-manager.io/x': '1' },
    },
    certificate: {
      dnsNames: ['a.example', '*.b.example'],
      notAfter: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/),
      keyMatches: true,
    },
  });
  for (const hidden of ['hidden', base64('hidden'), 'PRIVATE', base64(key)]) {
    expect(JSON.stringify(facts)).not.toContain(hidden);
  }
});

test('a key of another certificate is seen not to match', () => {
  const { cert } = testCertificate(['a.example']);
  const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  const key = base64(other.export({ type: 'pkcs8', format: 'pem' }).toString());
  const facts = secretFacts(secret({ 'tls.crt': base64(cert), 'tls.key': key }));
  expect(facts.certificate).toMatchObject({ keyMatches: false });
});

test.each([
  ['no data', undefined],
  ['data that is a text', 'x'],
  [
    'a certificate that is none',
    { 'tls.crt': base64('-----BEGIN CERTIFICATE-----\nxx\n-----END CERTIFICATE-----') },
  ],
  ['a certificate that is a number', { 'tls.crt': 7 }],
  ['a megabyte', { 'tls.crt': base64('x'.repeat(1024 * 1024)) }],
])('a Secret with %s has no certificate', (_, data) => {
  const facts = secretFacts(secret(data));
  expect(facts).not.toHaveProperty('certificate');
  expect(facts).not.toHaveProperty('data');
});

test('an object on which a trim fails is there without its content, and the fault is told', () => {
  const faults: unknown[] = [];
  const trim = guardedTrim(
    () => {
      throw new Error('poison');
    },
    (fault) => faults.push(fault),
  );
  expect(trim(gateway())).toEqual({ apiVersion: 'v1', kind: 'Gateway', metadata: METADATA });
  expect(faults).toEqual([new Error('poison')]);
});

test('a trim cannot change who an object is', () => {
  const trim = guardedTrim(
    (object) => ({ ...object, metadata: { ...object.metadata, uid: 'other' } }),
    () => undefined,
  );
  expect(trim(gateway()).metadata.uid).toBe('u');
});
