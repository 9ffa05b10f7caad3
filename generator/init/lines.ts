/** A list of patterns, one a line, with a further one; the same text when it has the pattern already. */
export function withLine(text: string, line: string): string {
  const [wanted] = line.split(" ");
  const isKnown = text.split(/\r?\n/).some((each) => {
    const [pattern = ""] = each.trim().split(/\s+/);
    return pattern === wanted || `/${pattern}` === wanted;
  });
  if (isKnown) return text;
  const end = text.includes("\r\n") ? "\r\n" : "\n";
  const separator = text === "" || text.endsWith("\n") ? "" : end;
  return `${text}${separator}${line}${end}`;
}
