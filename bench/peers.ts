import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Manifest } from '../src/index.ts';

/** Other ways to the same YAML. All get finished objects: nothing is computed from values, and no value is checked. */
export interface Peers {
  readonly jsYaml: (manifests: readonly Manifest[]) => string;
  readonly yaml: (manifests: readonly Manifest[]) => string;
  readonly cdk8s: (manifests: readonly Manifest[]) => string;
  readonly kubernetesModels: (manifests: readonly Manifest[]) => string;
  /** Reads a stream of documents; the one reader for what all peers have written. */
  readonly read: (text: string) => unknown[];
}

const FOLDER = fileURLToPath(new URL('.', import.meta.url));

/** Installs the peers from their lockfile when they are not there. */
export function installPeers(): void {
  if (existsSync(`${FOLDER}node_modules/@kubernetes/client-node`)) return;
  console.error('installing the peers: npm ci --prefix bench');
  const { status, stderr } = spawnSync('npm', ['ci', '--prefix', FOLDER], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`npm ci --prefix bench failed:\n${stderr}`);
}

/**
 * Loads the peers.
 *
 * @param manifests what they will have to write; the models of their kinds are loaded.
 */
export async function loadPeers(manifests: readonly Manifest[]): Promise<Peers> {
  const jsYaml = await load<JsYaml>('js-yaml');
  const yaml = await load<Yaml>('yaml');
  const dump = (manifest: object) => jsYaml.dump(manifest, { noRefs: true, lineWidth: -1 });
  return {
    jsYaml: (objects) => objects.map((object) => `---\n${dump(object)}`).join(''),
    yaml: (objects) =>
      objects.map((object) => `---\n${yaml.stringify(object, { aliasDuplicateObjects: false })}`).join(''),
    cdk8s: cdk8sPeer(await load<Cdk8s>('cdk8s')),
    kubernetesModels: await modelsPeer(manifests, dump),
    read: (text) => jsYaml.loadAll(text),
  };
}

/** What is used of each peer. They are installed apart from the project, so their own types may not be there. */
interface JsYaml {
  dump(data: object, options: { readonly noRefs: boolean; readonly lineWidth: number }): string;
  loadAll(text: string): unknown[];
}

interface Yaml {
  stringify(data: object, options: { readonly aliasDuplicateObjects: boolean }): string;
}

interface Cdk8s {
  readonly App: new () => { synthYaml(): string };
  readonly Chart: new (app: object, id: string) => object;
  readonly ApiObject: new (chart: object, id: string, manifest: Manifest) => object;
}

type Model = new (manifest: Manifest) => { validate(): void; toJSON(): object };

async function load<Module>(name: string): Promise<Module> {
  const module: { readonly default?: Module } & Module = await import(name);
  return module.default ?? module;
}

function cdk8sPeer({ App, Chart, ApiObject }: Cdk8s): Peers['cdk8s'] {
  return (manifests) => {
    const app = new App();
    const chart = new Chart(app, 'kubebyon');
    for (const [index, manifest] of manifests.entries()) new ApiObject(chart, `object-${index}`, manifest);
    return app.synthYaml();
  };
}

async function modelsPeer(
  manifests: readonly Manifest[],
  dump: (manifest: object) => string,
): Promise<Peers['kubernetesModels']> {
  const models = new Map<string, Model>();
  for (const { apiVersion, kind } of manifests) {
    const key = `${apiVersion}/${kind}`;
    if (!models.has(key)) models.set(key, await loadModel(apiVersion, kind));
  }
  return (objects) => {
    let text = '';
    for (const object of objects) {
      const model = models.get(`${object.apiVersion}/${object.kind}`);
      if (model === undefined) throw new Error(`no model of ${object.apiVersion} ${object.kind} is loaded`);
      const made = new model(object);
      made.validate();
      text += `---\n${dump(made.toJSON())}`;
    }
    return text;
  };
}

async function loadModel(apiVersion: string, kind: string): Promise<Model> {
  const library = apiVersion.startsWith('gateway.networking.k8s.io/')
    ? '@kubernetes-models/gateway-api'
    : 'kubernetes-models';
  const module: Readonly<Record<string, Model>> = await import(`${library}/${apiVersion}/${kind}`);
  const model = module[kind];
  if (model === undefined) throw new Error(`${library} has no model of ${apiVersion} ${kind}`);
  return model;
}
