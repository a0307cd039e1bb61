import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startCluster } from '../../test/conformance/support/cluster.ts';

/** What this reads of an OpenAPI v3 schema. */
export interface OpenApiSchema {
  readonly $ref?: string;
  readonly allOf?: readonly OpenApiSchema[];
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly string[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, OpenApiSchema>>;
  readonly required?: readonly string[];
  readonly items?: OpenApiSchema;
  readonly additionalProperties?: OpenApiSchema;
}

/** The types of one Kubernetes version, by their full name. */
export type OpenApiTypes = Readonly<Record<string, OpenApiSchema>>;

const GROUP = 'apis/apps/v1';

interface OpenApiDocument {
  readonly components: { readonly schemas: OpenApiTypes };
}

/** The types as the pinned kube-apiserver serves them, which alone tells the words of enumerations. */
export async function servedTypes(): Promise<OpenApiTypes> {
  const cluster = await startCluster({ gatewayApiBundle: '1.6.3' });
  try {
    const answer = await cluster.api.request({ method: 'GET', path: `/openapi/v3/${GROUP}` });
    if (!answer.ok) throw new Error(`no OpenAPI document: ${answer.message}`);
    return (answer.object as unknown as OpenApiDocument).components.schemas; // what that path serves
  } finally {
    await cluster.stop();
  }
}

/** The types of a released version, from the document in its sources. */
export function releasedTypes(version: string): OpenApiTypes {
  const document = join(sourcesOf(version), 'api/openapi-spec/v3', 'apis__apps__v1_openapi.json');
  return (JSON.parse(readFileSync(document, 'utf8')) as OpenApiDocument).components.schemas;
}

/** The folder of the sources of a release, fetched as a Go module, which checks them against the checksum database. */
function sourcesOf(version: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'kubernetes-sources-'));
  try {
    writeFileSync(join(folder, 'go.mod'), 'module sources\n\ngo 1.24\n');
    const words = ['mod', 'download', '-json', `k8s.io/kubernetes@v${version}`];
    const { status, stdout, stderr } = spawnSync('go', words, { cwd: folder, encoding: 'utf8' });
    if (status !== 0) throw new Error(`no sources of Kubernetes ${version}: ${stdout}${stderr}`);
    return String((JSON.parse(stdout) as { readonly Dir?: string }).Dir);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
