import { AsyncLocalStorage, createHook } from "node:async_hooks";

/** What keeps a process alive: timers, sockets, and look-ups and connections under way. */
const kinds =
  /^(?:Timeout|Immediate|TCPWRAP|TCPSERVERWRAP|TCPCONNECTWRAP|PIPEWRAP|GETADDRINFOREQWRAP)$/;

/** What async_hooks knows of a timer or a handle. */
interface Resource {
  readonly hasRef?: () => boolean;
}

type Opened = Map<
  number,
  { readonly kind: string; readonly resource: Resource }
>;

const context = new AsyncLocalStorage<Opened>();
const owners = new Map<number, Opened>();

createHook({
  init: (id, kind, _trigger, resource) => {
    const opened = context.getStore();
    if (!opened || !kinds.test(kind)) return;
    opened.set(id, { kind, resource });
    owners.set(id, opened);
  },
  destroy: (id) => {
    owners.get(id)?.delete(id);
    owners.delete(id);
  },
}).enable();

/**
 * Does something and tells what it leaves open that would keep the process alive.
 * What others do at the same time does not count.
 *
 * @returns what it returned, and the kinds of what is left; closing takes a few
 *   turns of the event loop, so it is given some
 */
export async function watchHandles<Value>(
  action: () => Promise<Value>,
): Promise<{ readonly value: Value; readonly left: readonly string[] }> {
  const opened: Opened = new Map();
  const value = await context.run(opened, action);
  const left = (): string[] =>
    [...opened.values()]
      .filter(({ resource }) => resource.hasRef?.() ?? true)
      .map(({ kind }) => kind);
  for (let moment = 0; moment < 100 && left().length > 0; moment += 1) {
    await context.exit(() => new Promise((resolve) => setTimeout(resolve, 10)));
  }
  return { value, left: left() };
}
