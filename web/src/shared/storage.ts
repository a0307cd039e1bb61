/** What this browser remembers of a person's choices; nothing where it keeps nothing, as some do for files. */
export function remembered(name: string): string | undefined {
  try {
    return localStorage.getItem(`kubebyon-${name}`) ?? undefined;
  } catch {
    return undefined;
  }
}

export function remember(name: string, value: string): void {
  try {
    localStorage.setItem(`kubebyon-${name}`, value);
  } catch {
    // The choice holds until the page is closed.
  }
}
