import type { Version } from "./compilers.js";

/** A piece of code that must not compile. */
export interface RefusedCase {
  readonly title: string;
  /** Its lines in the file, from 1, the last one included. */
  readonly lines: readonly [number, number];
  /** What must be in the compiler's message, with the versions for which it holds. */
  readonly says: readonly { readonly text: string; readonly in: string[] }[];
}

/** Reads the `// case:` and `// says:` comments of a fixture. */
export function refusedCases(text: string): readonly RefusedCase[] {
  const lines = text.split("\n");
  const starts = lines.flatMap((line, index) =>
    line.startsWith("// case: ") ? [index] : [],
  );
  return starts.map((start, index) => {
    const end = starts[index + 1] ?? lines.length;
    const says = lines.slice(start, end).flatMap((line) => {
      const match = /^\/\/ says(?:\(([^)]*)\))?: (.*)$/.exec(line);
      const only = match?.[1]?.split(", ") ?? [];
      return match ? [{ text: match[2] ?? "", in: only }] : [];
    });
    const title = lines[start]?.slice("// case: ".length) ?? "";
    return { title, lines: [start + 1, end], says };
  });
}

/** The messages of a compiler, by file and line; what belongs to one is indented below it. */
export function messagesOf(
  output: string,
): readonly { file: string; line: number; text: string }[] {
  return output.split(/\n(?=\S)/).flatMap((message) => {
    const match = /^([^(\n]+)\((\d+),\d+\): error /.exec(message);
    return match
      ? [{ file: match[1] ?? "", line: Number(match[2]), text: message }]
      : [];
  });
}

/** Whether an expectation is for this version. */
export function holdsFor(
  says: RefusedCase["says"][number],
  version: Version,
): boolean {
  return says.in.length === 0 || says.in.includes(version);
}
