import { isRecord, textOf } from '../../text/json.ts';
import type { FieldChange } from './fields.ts';

/** Stands for what is not shown. */
export const HIDDEN = '(hidden)';

const SECRET_FIELD = /^(data|stringData)(\.|\[|$)/;

/** The name of a variable that holds a secret, as far as names tell; a name or a path of one is none. */
const SECRET_NAME =
  /(PASSWORD|PASSWD|TOKEN|SECRET|CREDENTIAL|PRIVATE_?KEY|API_?KEY|ACCESS_?KEY)(?!\w*_(NAME|NAMESPACE|REF|FILE|PATH|ENABLED)$)/i;

/** A change without what must not be told: data of a Secret, and values of variables that are named like one. */
export function withoutSecrets(kind: string, { path, before, after }: FieldChange): FieldChange {
  const variable = /(?:^|\.)env\.([^.[]+)/.exec(path)?.[1];
  const isSecret =
    (kind === 'Secret' && SECRET_FIELD.test(path)) || (variable !== undefined && SECRET_NAME.test(variable));
  const shown = (value: unknown): unknown => (isSecret && value !== null ? HIDDEN : withoutValues(value));
  return { path, before: shown(before), after: shown(after) };
}

/** What comes or goes as a whole, as a container does, holds its variables inside. */
function withoutValues(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutValues);
  if (!isRecord(value)) return value;
  const isSecret = SECRET_NAME.test(textOf(value.name) ?? '') && Object.hasOwn(value, 'value');
  const entries = Object.entries(value).map(([key, inner]) => [key, withoutValues(inner)]);
  return { ...Object.fromEntries(entries), ...(isSecret ? { value: HIDDEN } : {}) };
}
