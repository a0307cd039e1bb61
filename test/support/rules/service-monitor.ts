import type { Manifest } from '../../../src/index.ts';
import { dig, digEntries, digList } from './dig.ts';

const DURATION = /^(([0-9]+)y)?(([0-9]+)w)?(([0-9]+)d)?(([0-9]+)h)?(([0-9]+)m)?(([0-9]+)s)?(([0-9]+)ms)?$/;

/** What the definition of ServiceMonitor asks for, as far as charts use it. Source: Prometheus operator, api.md. */
export class ServiceMonitor {
  static readonly apiVersion = 'monitoring.coreos.com/v1';
  static readonly kind = 'ServiceMonitor';
  readonly #manifest: Manifest;

  constructor(manifest: Manifest) {
    this.#manifest = manifest;
  }

  validate(): void {
    const endpoints = digList(this.#manifest, 'spec', 'endpoints');
    const isSound = endpoints.every(
      (one) => dig(one, 'port') !== '' && DURATION.test(String(dig(one, 'interval'))),
    );
    if (endpoints.length === 0 || !isSound) throw new TypeError('a bad endpoint of a ServiceMonitor');
    if (digEntries(this.#manifest, 'spec', 'selector', 'matchLabels').length === 0)
      throw new TypeError('a ServiceMonitor that selects every Service');
  }
}
