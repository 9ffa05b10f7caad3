import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { ts } from "ts-morph";
import { describe, expect, it } from "vitest";
import {
  commentText,
  docComment,
  Encoded,
  exportName,
  identifier,
  jsonLiteral,
  propertyKey,
  stringLiteral,
} from "../../generator/emit/encoded.js";

const breakOuts = [
  '"; process.exit(1); "',
  "`${process.exit(1)}`",
  "*/ process.exit(1); /*",
  "\u2028process.exit(1)",
  "\r\nprocess.exit(1)",
  "</script><script>",
  "\u202e\u2066 right to left",
  "\0",
  "@ts-ignore",
  "@deprecated",
  "/// <reference path='x' />",
];

const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 60 }),
  fc.constantFrom(...breakOuts),
);

function statementsOf(code: string): readonly ts.Statement[] {
  const file = ts.createSourceFile("a.ts", code, ts.ScriptTarget.ESNext, true);
  const { parseDiagnostics } = file as ts.SourceFile & {
    readonly parseDiagnostics: readonly ts.Diagnostic[];
  };
  expect(parseDiagnostics.map(({ messageText }) => messageText)).toEqual([]);
  return [...file.statements];
}

describe("stringLiteral", () => {
  it("is one literal with exactly the text as its value, whatever the text", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const [statement, ...more] = statementsOf(
          `(${stringLiteral(text).toString()});`,
        );
        expect(more).toEqual([]);
        const expression =
          statement &&
          ts.isExpressionStatement(statement) &&
          statement.expression;
        const inner =
          expression &&
          ts.isParenthesizedExpression(expression) &&
          expression.expression;
        expect(inner && ts.isStringLiteral(inner) && inner.text).toBe(text);
      }),
      { numRuns: 2000 },
    );
  });

  it("shows no character that hides or reorders what follows", () => {
    expect(stringLiteral("a\u202eb\u200bc\u2028\0").toString()).toBe(
      '"a\\u202eb\\u200bc\\u2028\\u0000"',
    );
  });

  it("does not close a script element", () => {
    expect(stringLiteral("</script>").toString()).toBe('"<\\/script>"');
  });
});

describe("comments", () => {
  it("hold any text without a statement coming out of them", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const comment = docComment({ text: [text], see: text }).toString();
        expect(statementsOf(`${comment}\nconst last = 1;`)).toHaveLength(1);
      }),
      { numRuns: 2000 },
    );
  });

  it("leave no tag to the text", () => {
    expect(commentText("@ts-ignore")).toBe("\\@ts-ignore");
    expect(commentText("see {@link x} and\n@deprecated")).toBe(
      "see {\\@link x} and\n\\@deprecated",
    );
    expect(commentText("mail someone@example.com")).toBe(
      "mail someone@example.com",
    );
  });

  it("leave no mark to tools", () => {
    expect(commentText("a #__PURE__ @__NO_SIDE_EFFECTS__ @license")).toBe(
      "a #\\__PURE__ \\@\\__NO_SIDE_EFFECTS__ \\@\\license",
    );
    expect(commentText("//# sourceMappingURL=x")).toBe(
      "//#\\ sourceMappingURL=x",
    );
    expect(stringLiteral("//# sourceMappingURL=x").toString()).toBe(
      '"//\\u0023 sourceMappingURL=x"',
    );
  });

  it("wrap prose and keep lists", () => {
    const text = `${"word ".repeat(30)}\n\n- one\n- two`;
    const lines = docComment({ text: [text] })
      .toString()
      .split("\n");
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(
      80,
    );
    expect(lines).toContain(" * - one");
  });
});

describe("names", () => {
  it("accepts identifiers only", () => {
    expect(identifier("PropayExecute").toString()).toBe("PropayExecute");
    for (const text of ["a-b", "1a", "class", "a b", "", "é", "a;b"]) {
      expect(() => identifier(text)).toThrow(TypeError);
    }
  });

  it("quotes what is no plain property", () => {
    expect(propertyKey("sub_code").toString()).toBe("sub_code");
    expect(propertyKey("client.network").toString()).toBe('"client.network"');
    expect(propertyKey("__proto__").toString()).toBe('"__proto__"');
    expect(exportName("delete").toString()).toBe("delete");
  });
});

describe("jsonLiteral", () => {
  it("evaluates to the value, `__proto__` included", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const code = `(${jsonLiteral(value).toString()})`;
        statementsOf(code);
        const evaluated: unknown = runInNewContext(code);
        expect(JSON.stringify(evaluated)).toBe(JSON.stringify(value));
      }),
      { numRuns: 1000 },
    );
    const proto: unknown = JSON.parse('{"__proto__":{"polluted":true}}');
    expect(jsonLiteral(proto).toString()).toBe(
      '{ ["__proto__"]: { polluted: true } }',
    );
  });
});

describe("Encoded", () => {
  it("can be made by encoders only", () => {
    expect(() => new Encoded("raw", Symbol("guess") as never)).toThrow(
      TypeError,
    );
  });
});
