import { and, eq, isEmpty, named, or } from '../template/index.ts';
import { values } from './chart-definition.ts';

const { api } = values;

/** Two Pods cannot have one port of a Node, so with hostNetwork the old one goes first. */
export const isRecreated = named(
  'apiIsRecreated',
  'Whether the old Pod of the API ends before the new one starts.',
  or(eq(api.strategy.type, 'Recreate'), and(isEmpty(api.strategy.type), api.hostNetwork)),
);
