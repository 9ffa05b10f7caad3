import { lineEndOf } from "./json-text.js";

/**
 * A list of patterns, one a line, with further lines; the same text when it has them.
 *
 * @param text - undefined when the file does not exist
 */
export function withLines(
  text: string | undefined,
  lines: readonly string[],
): string {
  return lines.reduce(withLine, text ?? "");
}

function withLine(text: string, line: string): string {
  const wanted = wordsOf(line);
  const isThere = text.split("\n").some((each) => {
    const [pattern = "", ...attributes] = wordsOf(each);
    return (
      withoutSlash(pattern) === withoutSlash(wanted[0] ?? "") &&
      wanted.slice(1).every((attribute) => attributes.includes(attribute))
    );
  });
  if (isThere) return text;
  const end = lineEndOf(text);
  const separator = text === "" || text.endsWith("\n") ? "" : end;
  return `${text}${separator}${line}${end}`;
}

function wordsOf(line: string): readonly string[] {
  return line.trim().split(/\s+/);
}

/** For a folder beside the list, `/folder/`, `folder/` and `folder` mean the same. */
function withoutSlash(pattern: string): string {
  return pattern.replace(/^\//, "").replace(/\/$/, "");
}
