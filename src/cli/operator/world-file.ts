import { parseRuntimeEnvironment } from '../../contract/environment-codec.ts';
import type { GatewayApiConfig } from '../../contract/runtime-config.ts';
import type { World } from '../../planner/world/world.ts';
import { checkWorld } from '../../planner/world/world-check.ts';
import { isRecord } from '../../text/json.ts';
import { readDocument } from '../../yaml/index.ts';
import { readBytes } from '../input/read-input.ts';
import type { Outcome } from '../outcome.ts';
import { refusal } from '../refusal.ts';

/** As much as `plan` reads. */
const MAX_BYTES = 64 * 1024 * 1024;

export type WorldFile =
  | { readonly ok: true; readonly world: World; readonly config: GatewayApiConfig }
  | { readonly ok: false; readonly outcome: Outcome };

/** Reads a World with the environment beside it; what is wrong in detail, `plan` says. */
export function readWorldFile(file: string): WorldFile {
  const bytes = readBytes(file, MAX_BYTES);
  if (typeof bytes === 'string')
    return refused(66, `${file}: expected a file, found ${bytes}`, 'check the path');
  const document = readDocument(bytes, { file, large: true });
  if (!document.ok)
    return refused(
      1,
      `${file}: ${document.problems[0]?.message ?? 'expected YAML'}`,
      `kubebyon-gateway plan ${file} tells everything that is wrong`,
    );
  const checked = checkWorld(document.value);
  if (!checked.ok)
    return refused(
      1,
      `${file}: ${checked.problems[0]?.message ?? 'expected a world'}`,
      `kubebyon-gateway plan ${file} tells everything that is wrong`,
    );
  const { env } = document.value;
  const variables = isRecord(env) ? Object.entries(env).map(([name, value]) => [name, String(value)]) : [];
  const parsed = parseRuntimeEnvironment(Object.fromEntries(variables));
  if (!parsed.ok || parsed.config.provider !== 'gatewayapi')
    return refused(
      1,
      `${file}: expected the environment of the API under env, found none for Gateways`,
      'add env with KUBEBYON_GATEWAY_API_GATEWAY_NAME and the others: docs/world.md',
    );
  return { ok: true, world: checked.world, config: parsed.config };
}

function refused(exitCode: 1 | 66, message: string, hint: string): WorldFile {
  return { ok: false, outcome: refusal(exitCode, message, hint) };
}
