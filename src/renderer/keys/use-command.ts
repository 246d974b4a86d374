import { useEffect } from 'react';
import type { Command } from '../api.ts';
import { onPush } from '../transport/pushes.ts';
import { useNewest } from '../use-newest.ts';

type CommandHandler = (path: string | null) => void;

interface Asked {
  readonly command: Command;
  readonly path: string | null;
}

const handlers = new Map<Command, CommandHandler[]>();
/** Asked before the screen that answers it was there. */
let waiting: Asked | undefined;

/** Answers a menu entry of the app while this component is there; of several the newest does. */
export function useCommand(command: Command, handler: CommandHandler): void {
  const newest = useNewest(handler);
  useEffect(() => {
    const mine: CommandHandler = (path) => newest.current(path);
    handlers.set(command, [...(handlers.get(command) ?? []), mine]);
    if (waiting?.command === command) {
      const { path } = waiting;
      waiting = undefined;
      // After the effects of this screen: what it answers with may need them.
      queueMicrotask(() => mine(path));
    }
    return () => {
      handlers.set(
        command,
        (handlers.get(command) ?? []).filter((each) => each !== mine),
      );
    };
  }, [command, newest]);
}

/**
 * Leads the app's menu entries to their handlers; once, at the start of the page.
 * @param goTo opens the screen that answers a command; false: no screen does, and nothing waits for one
 */
export function startCommands(goTo: (command: Command) => boolean): void {
  onPush((push) => {
    if (push.topic !== 'command') return;
    const handler = handlers.get(push.command)?.at(-1);
    if (handler !== undefined) handler(push.path);
    else if (goTo(push.command)) waiting = { command: push.command, path: push.path };
  });
}
