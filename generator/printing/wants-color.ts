import process from "node:process";

/** What the standard streams are: a pipe or a file has no `isTTY` at all. */
interface Stream {
  readonly isTTY?: boolean | undefined;
}

/**
 * Whether a stream shows colors: a terminal does, unless the environment says otherwise.
 *
 * @see https://no-color.org and https://force-color.org
 */
export function wantsColor(stream: Stream): boolean {
  const { NO_COLOR: no, FORCE_COLOR: force, TERM: terminal } = process.env;
  if (no !== undefined && no !== "") return false;
  if (force !== undefined && force !== "") return force !== "0";
  return stream.isTTY === true && terminal !== "dumb";
}
