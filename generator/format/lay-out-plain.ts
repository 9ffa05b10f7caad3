/** Longest line that prettier leaves alone by default. */
const printWidth = 80;

/**
 * Lays out a statement that it takes no syntax tree to lay out: by far most are
 * imports, unions of names, and interfaces with one short member a line.
 *
 * @param text - with the comments in front of it
 * @returns undefined when the statement is not that plain
 */
export function layOutPlain(text: string): string | undefined {
  const comment = leadingComment(text);
  const statement = text.slice(comment.length).trimStart();
  const laidOut =
    layOutSpecifiers(statement) ??
    layOutUnion(statement) ??
    layOutInterface(statement) ??
    layOutFunction(statement);
  if (laidOut === undefined) return undefined;
  if (comment === "") return laidOut;
  const above = layOutComment(comment.split("\n"), "");
  return above && `${above}\n${laidOut}`;
}

/** A doc comment at the beginning, if nothing but spaces and one line end follow it. */
function leadingComment(text: string): string {
  const [, comment = ""] = /^(\/\*\*[^]*?\*\/) *\n(?=\S)/.exec(text) ?? [];
  return comment;
}

/** A doc comment whose lines begin with stars. */
function layOutComment(
  lines: readonly string[],
  indentation: string,
): string | undefined {
  const [first = "", ...others] = lines.map((line) => line.trim());
  if (!others.every((line) => line.startsWith("*"))) return undefined;
  return [first, ...others.map((line) => ` ${line}`)]
    .map((line) => indentation + line)
    .join("\n");
}

/** `import { a, b } from "…";` and the like. */
function layOutSpecifiers(statement: string): string | undefined {
  const [, keyword, list, module] =
    /^((?:import|export)(?: type)?) \{\s*([\w$]+(?:,\s*[\w$]+)*),?\s*\} from ("[^"'\\\n]+";)$/.exec(
      statement,
    ) ?? [];
  if (!keyword || !list || !module) return undefined;
  const names = list.split(/,\s*/);
  const line = `${keyword} { ${names.join(", ")} } from ${module}`;
  if (line.length <= printWidth || names.length === 1) return line;
  return `${keyword} {\n  ${names.join(",\n  ")},\n} from ${module}`;
}

/** `export type A = B | C;`, of names that stand for objects. */
function layOutUnion(statement: string): string | undefined {
  const [, left, list] =
    /^(export type [\w$]+) =\s+(?:\| )?([A-Z][\w$]*(?:\s+\| [A-Z][\w$]*)+);$/.exec(
      statement,
    ) ?? [];
  if (!left || !list) return undefined;
  const names = list.split(/\s+\| /);
  const union = `${names.join(" | ")};`;
  if (left.length + 3 + union.length <= printWidth) return `${left} = ${union}`;
  return union.length + 2 <= printWidth
    ? `${left} =\n  ${union}`
    : `${left} =\n  | ${names.join("\n  | ")};`;
}

/** An interface with a name, a text, or a list of those behind each of its members. */
function layOutInterface(statement: string): string | undefined {
  if (!/^export interface [\w$]+ \{\n/.test(statement)) return undefined;
  const [head = "", ...lines] = statement.split("\n");
  if (lines.pop() !== "}") return undefined;
  const body: string[] = [];
  let comment: string[] = [];
  for (const line of lines) {
    if (comment.length > 0 || /^\s*\/\*\*/.test(line)) {
      comment.push(line);
      const end = line.indexOf("*/");
      if (end === -1) continue;
      const laidOut = layOutComment(comment, "  ");
      if (laidOut === undefined || end !== line.length - 2) return undefined;
      body.push(laidOut);
      comment = [];
    } else {
      const member = `  ${line.trim()}`;
      if (!isPlainMember(member)) return undefined;
      body.push(member);
    }
  }
  return comment.length > 0 ? undefined : [head, ...body, "}"].join("\n");
}

function isPlainMember(line: string): boolean {
  return (
    line.length <= printWidth &&
    /^ {2}[A-Za-z_$][\w$]*\??: (?:[A-Za-z_$][\w$]*|"[ !#-&(-[\]-~]*")(?:\[\])?;$/.test(
      line,
    )
  );
}

/** A function that calls another, with a promise of something with several type arguments. */
function layOutFunction(statement: string): string | undefined {
  const [, name, list, answer, call] =
    /^export function ([\w$]+)\(\s*([\w$]+\??: [\w$]+(?:,\s*[\w$]+\??: [\w$]+)*),?\s*\): (Promise<[\w$]+<[\w$]+, [\w$]+>>) \{\s*(return [\w$]+\([\w$]+(?:, [\w$]+)*\);)\s*\}$/.exec(
      statement,
    ) ?? [];
  if (!name || !list || !answer || !call) return undefined;
  const parameters = list.split(/,\s*/);
  const start = `export function ${name}(`;
  const onOneLine = `${start}${parameters.join(", ")}): Promise<`;
  // Shorter ones may wrap inside the type.
  const isLong = onOneLine.length > printWidth;
  const end = `): ${answer} {`;
  if (!isLong || end.length > printWidth) return undefined;
  if (call.length + 2 > printWidth) return undefined;
  return `${start}\n  ${parameters.join(",\n  ")},\n${end}\n  ${call}\n}`;
}
