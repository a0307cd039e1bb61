/** The word of Node for it, such as ECONNREFUSED. */
export function textOfError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
}
