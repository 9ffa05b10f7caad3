import { readFileSync } from "node:fs";
import path from "node:path";
import Handlebars from "handlebars";
import { packageRoot } from "../package-root.js";
import { Encoded } from "./encoded.js";

/** Names of the templates in `templates/`, without their extension. */
export type TemplateName =
  | "operation"
  | "namespace"
  | "client"
  | "drift"
  | "error-catalogue"
  | "index"
  | "is-error";

export type Template = (values: object) => string;

/** Reads and compiles a template. */
export function loadTemplate(name: TemplateName): Template {
  const file = path.join(packageRoot, "templates", `${name}.hbs`);
  return compileTemplate(readFileSync(file, "utf8"));
}

/**
 * Compiles a template that can print encoded values and nothing else. Every `{{…}}`
 * passes through a helper that throws on anything that no encoder made; `{{{…}}}`
 * does not compile. Missing values throw as well.
 *
 * @param source - handlebars with the block helpers `each` and `if`
 * @throws {TypeError} when the template prints something without the check
 */
export function compileTemplate(source: string): Template {
  const handlebars = Handlebars.create();
  handlebars.registerHelper("encoded", requireEncoded);
  const program = handlebars.parse(source);
  new EncodeEverything().accept(program);
  return handlebars.compile(program, {
    strict: true,
    knownHelpersOnly: true,
    knownHelpers: { encoded: true, each: true, if: true, unless: true },
  });
}

function requireEncoded(value: unknown): Encoded {
  if (value instanceof Encoded) return value;
  throw new TypeError(
    `a template prints a value that no encoder made: ${JSON.stringify(value)}`,
  );
}

/** Rewrites `{{value}}` to `{{encoded value}}` throughout a template. */
class EncodeEverything extends Handlebars.Visitor {
  override MustacheStatement(statement: hbs.AST.MustacheStatement): void {
    if (!statement.escaped) {
      throw new TypeError("templates must not print with {{{…}}} or {{&…}}");
    }
    if (statement.params.length > 0) {
      throw new TypeError("templates must not call helpers inline");
    }
    statement.params = [statement.path];
    statement.path = {
      type: "PathExpression",
      data: false,
      depth: 0,
      parts: ["encoded"],
      original: "encoded",
      loc: statement.loc,
    };
  }
}
