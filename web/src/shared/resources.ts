/** Where a page finds its worker and its examples: files beside it, or elements of the page when it is one file. */

/** Starts the worker of this page. */
export function startWorker(): Worker {
  const inside = document.getElementById('worker')?.textContent;
  if (inside !== undefined && inside !== null) {
    const address = URL.createObjectURL(new Blob([inside], { type: 'text/javascript' }));
    return new Worker(address);
  }
  return new Worker(document.documentElement.dataset.worker ?? '');
}

/** The examples of this page. */
export async function loadExamples(): Promise<unknown> {
  const inside = document.getElementById('examples')?.textContent;
  if (inside !== undefined && inside !== null) return JSON.parse(inside);
  const response = await fetch(document.documentElement.dataset.examples ?? '');
  return response.json();
}
