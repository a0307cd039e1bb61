import { execFileSync } from 'node:child_process';
import { jsonText } from '../../src/text/json-text.ts';
import { projectRoot } from '../write-generated.ts';

/** What is read of npm's bill of materials. */
interface Bill {
  readonly serialNumber?: string;
  readonly metadata: { readonly timestamp?: string; readonly component: object };
}

/**
 * What the package installs and holds, as CycloneDX, from the lockfile. Number and time of the bill are left out, so that one
 * state of the sources gives one text; npm would name the package after the folder that it stands in.
 */
export function billOfMaterials(name: string): string {
  const words = ['sbom', '--sbom-format', 'cyclonedx', '--omit', 'dev', '--package-lock-only'];
  const printed = execFileSync('npm', words, { cwd: projectRoot, encoding: 'utf8' });
  const { serialNumber: _, metadata, ...rest }: Bill = JSON.parse(printed);
  const { timestamp: __, component, ...described } = metadata;
  return jsonText({ ...rest, metadata: { ...described, component: { ...component, name } } });
}
