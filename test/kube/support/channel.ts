/** Bytes that one side writes and the other reads as they come. */
export interface Channel {
  readonly body: AsyncIterable<Uint8Array>;
  write(text: string): void;
  end(): void;
  fail(error: Error): void;
  isOpen(): boolean;
}

export function channel(signal: AbortSignal, onClose: () => void): Channel {
  const chunks: string[] = [];
  let end: { readonly error?: Error } | undefined;
  let wake: () => void = () => undefined;
  let isOpen = true;
  const close = (how: { readonly error?: Error }): void => {
    end ??= how;
    if (isOpen) onClose();
    isOpen = false;
    wake();
  };
  signal.addEventListener('abort', () => close({ error: new Error('aborted') }), { once: true });
  async function* body(): AsyncGenerator<Uint8Array> {
    for (;;) {
      const chunk = chunks.shift();
      if (chunk !== undefined) yield Buffer.from(chunk);
      else if (end?.error !== undefined) throw end.error;
      else if (end !== undefined) return;
      else {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    }
  }
  return {
    body: body(),
    write: (text) => {
      if (isOpen) chunks.push(text);
      wake();
    },
    end: () => close({}),
    fail: (error) => close({ error }),
    isOpen: () => isOpen,
  };
}
