/** One Ctrl-C can arrive twice: from the terminal and again from npm or the launcher. */
const samePressMs = 300;

/** The first SIGINT or SIGTERM sets the signal, the second one ends the process with 130. */
export function watchSignals(say: (line: string) => void): AbortSignal {
  const controller = new AbortController();
  let firstMs = 0;
  const onSignal = (): void => {
    if (!controller.signal.aborted) {
      firstMs = performance.now();
      say('Stopping; what is finished is kept. Once more ends the program at once.');
      controller.abort();
    } else if (performance.now() - firstMs > samePressMs) {
      process.exit(130);
    }
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return controller.signal;
}
