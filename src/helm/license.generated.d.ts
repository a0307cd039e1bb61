/** The text of the project's LICENSE. */
export const LICENSE: string;
