/** Ids of one page, as GitHub gives them to headings: equal ones are numbered. */
export interface Anchors {
  /** The id of a heading. */
  heading(title: string): string;
  /** An id as it stands, once for each page; undefined when it is taken. */
  exact(id: string): string | undefined;
}

export function anchorsOfPage(): Anchors {
  const taken = new Set<string>();
  return {
    heading(title) {
      const slug = slugOf(title);
      let id = slug;
      for (let next = 1; taken.has(id); next += 1) id = `${slug}-${next}`;
      taken.add(id);
      return id;
    },
    exact(id) {
      if (taken.has(id)) return undefined;
      taken.add(id);
      return id;
    },
  };
}

/** Lower case, spaces to dashes, and no punctuation but dash and underscore. */
export function slugOf(title: string): string {
  return title
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
    .replaceAll(' ', '-');
}
