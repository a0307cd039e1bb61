import type { SchemaValidator } from './check/schema-error.ts';

export const validateSingleNode: SchemaValidator;
export const validateMultiNode: SchemaValidator;
