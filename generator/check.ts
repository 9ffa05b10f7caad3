import { resolveOptions } from "./config/options.js";
import type { GenerateOptions, ResolvedOptions } from "./config/options.js";
import { printOptions } from "./format/output-form.js";
import { render } from "./generate.js";
import { isUrl } from "./load/url.js";
import { hasMoved, movementSince } from "./write/freshness.js";
import type { Movement } from "./write/freshness.js";
import { lockFileName, printLock } from "./write/lock.js";
import type { Lock } from "./write/lock.js";
import { readPreviousRun } from "./write/previous-run.js";
import { outputState, readOutput } from "./write/output-state.js";
import type { OutputState } from "./write/output-state.js";

/** How an output folder compares with what a run would write. */
export interface CheckResult extends OutputState {
  /** Absolute path of the output folder. */
  readonly out: string;
  /** Whether a run would change nothing. */
  readonly inSync: boolean;
  /** Whether the lock has the marks of a merge that is not resolved: `generate` resolves it. */
  readonly conflicted: boolean;
  /** What moved since the last run; undefined when the folder has no lock that can be read. */
  readonly moved: Movement | undefined;
  /** Files that a run without the last one's output would write differently; not known when that takes the network. */
  readonly stale: readonly string[];
}

/**
 * Says whether the client in the output folder is what a run would write, and if not,
 * why. Renders the client and compares every file; the lock proves nothing that can be
 * found out without the network. Writes nothing and needs no network.
 *
 * @param options - as for `generate`
 * @throws {DiagnosticError} when the input is bad
 */
export async function check(
  options: GenerateOptions = {},
): Promise<CheckResult> {
  return checkClient(await resolveOptions(options));
}

/**
 * Compares one client with what a run would write.
 *
 * @throws {DiagnosticError} when the input is bad
 */
export async function checkClient(
  client: ResolvedOptions,
): Promise<CheckResult> {
  const resolved = await printOptions(client);
  const { out } = resolved;
  const previous = readPreviousRun(out);
  const { lock, isConflicted: conflicted } = previous;
  const moved = lock && movementSince(resolved, lock);
  const state = lock
    ? outputState(out, lock)
    : { edited: [], missing: [], extra: [] };
  const proof = { out, conflicted, moved };
  const hasNotMoved = moved !== undefined && !hasMoved(moved);
  if (needsNetwork(resolved, lock)) {
    return complete({ ...proof, ...state, stale: [] }, hasNotMoved);
  }
  const rendered = await render(resolved, { ...previous, lock: undefined });
  const files = [
    ...rendered.files,
    // Where nothing has moved, the lock is what it says that the files are.
    ...(hasNotMoved
      ? []
      : [{ path: lockFileName, text: printLock(rendered.lock) }]),
  ];
  const current = new Set(rendered.files.map((file) => file.path));
  const absent = files
    .map((file) => file.path)
    .filter((name) => readOutput(out, name) === undefined);
  return complete(
    {
      ...proof,
      edited: state.edited,
      missing: [...new Set([...state.missing, ...absent])]
        .filter((name) => current.has(name) || name === lockFileName)
        .sort(),
      extra: [
        ...state.extra,
        ...Object.keys(previous.outputs).filter((name) => !current.has(name)),
      ].sort(),
      stale: files
        .filter(({ path, text }) => {
          const present = readOutput(out, path);
          return present !== undefined && present !== text;
        })
        .map((file) => file.path)
        .filter((name) => !state.edited.includes(name))
        .sort(),
    },
    hasNotMoved,
  );
}

/** Completes a result: a client is in sync when nothing has moved and no file differs. */
function complete(
  result: Omit<CheckResult, "inSync">,
  hasNotMoved: boolean,
): CheckResult {
  const { edited, missing, extra, stale } = result;
  const differences = [edited, missing, extra, stale].flat();
  return { ...result, inSync: hasNotMoved && differences.length === 0 };
}

/** Whether what a run would write can be found out only by asking the network; a lock alone cannot say so. */
function needsNetwork(
  { specs, references }: ResolvedOptions,
  lock: Lock | undefined,
): boolean {
  return (
    specs.some(({ place }) => isUrl(place)) ||
    (references.remote && Object.keys(lock?.inputs ?? {}).some(isUrl))
  );
}
