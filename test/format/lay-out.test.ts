import fc from "fast-check";
import { format } from "prettier";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { layOut } from "../../generator/format/lay-out.js";

function laidOut(text: string): string | undefined {
  return layOut(
    ts.createSourceFile("module.ts", text, ts.ScriptTarget.ESNext, true),
  );
}

function prettier(text: string): Promise<string> {
  return format(text, { parser: "typescript" });
}

const word = fc
  .tuple(
    fc.constantFrom("A", "Account", "Provisioning", "x", "ErrorOfTheMonth"),
    fc.constantFrom("", "Disabled", "EntityNotFound", "LimitReachedForever"),
    fc.constantFrom("", "AccountConfigurationViolation", "Id"),
  )
  .map((parts) => parts.join(""));

const key = fc.oneof(
  word,
  fc.constantFrom('"quoted"', '"a-b"', '"it\'s"', "12", '"12"', '"a 漢字"'),
);

const text = fc.oneof(
  word.map((each) => JSON.stringify(each)),
  fc.constantFrom(
    '"say \\"hi\\""',
    '"it\'s"',
    '"<\\/b>"',
    '"👍👍👍 漢字"',
    '""',
  ),
);

const number = fc.constantFrom("0", "-1", "1.5", "1e+21", "20000000");

const doc = fc.constantFrom(
  "",
  "/** What it means. */\n",
  "/**\n * What it means,\n *\n * at length.\n */\n",
);

/** A type, and whether it needs parentheses as an element of an array or a member of an intersection or union. */
interface RandomType {
  readonly text: string;
  readonly kind: "union" | "intersection" | "other";
}

const plain = (each: string): RandomType => ({ text: each, kind: "other" });

const inside =
  (...kinds: readonly RandomType["kind"][]) =>
  ({ text: each, kind }: RandomType): string =>
    kinds.includes(kind) ? `(${each})` : each;

const { type: randomType } = fc.letrec<{ type: RandomType; member: string }>(
  (tie) => {
    const types = (
      minLength: number,
      maxLength: number,
    ): fc.Arbitrary<RandomType[]> =>
      fc.array(tie("type"), { minLength, maxLength });
    return {
      member: fc.oneof(
        fc
          .tuple(
            fc.constantFrom("", "\n"),
            doc,
            key,
            fc.constantFrom("", "?"),
            tie("type"),
          )
          .map(
            ([blank, comment, name, mark, each]) =>
              `${blank}${comment}${name}${mark}: ${each.text};`,
          ),
        tie("type").map((each) => `[key: string]: ${each.text};`),
      ),
      type: fc.oneof(
        { maxDepth: 4, withCrossShrink: true },
        fc
          .oneof(
            word,
            text,
            number,
            fc.constantFrom("string", "null", "unknown", "undefined", "{}"),
          )
          .map(plain),
        types(2, 6).map((each): RandomType => ({
          text: each.map(inside("union")).join(" | "),
          kind: "union",
        })),
        types(2, 4).map((each): RandomType => ({
          text: each.map(inside("union")).join(" & "),
          kind: "intersection",
        })),
        tie("type").map(({ text: each, kind }) =>
          kind === "other" ? plain(`(${each})`) : { text: each, kind },
        ),
        tie("type").map((each) =>
          plain(`${inside("union", "intersection")(each)}[]`),
        ),
        fc
          .tuple(word, types(1, 3))
          .map(([name, each]) =>
            plain(`${name}<${each.map((one) => one.text).join(", ")}>`),
          ),
        types(0, 4).map((each) =>
          plain(`[${each.map((one) => one.text).join(", ")}]`),
        ),
        fc
          .array(tie("member"), { minLength: 1, maxLength: 4 })
          .map((members) => plain(`{\n${members.join("\n")}\n}`)),
        fc.tuple(word, text).map(([name, each]) => plain(`${name}[${each}]`)),
      ),
    };
  },
);
const type = randomType.map((each) => each.text);

const { value } = fc.letrec<{ value: string; property: string }>((tie) => ({
  property: fc
    .tuple(key, tie("value"))
    .map(([name, each]) => `${name}: ${each}`),
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    word,
    text,
    fc.constantFrom("true", "false", "null", "1", "20000000000", "{}", "[]"),
    fc
      .array(tie("value"), { maxLength: 5 })
      .map((each) => `[${each.join(", ")}]`),
    fc
      .array(tie("property"), { maxLength: 4 })
      .map((each) => `{ ${each.join(", ")} }`),
    fc
      .array(tie("property"), { maxLength: 4 })
      .map((each) => `{\n${each.join(",\n")}\n}`),
  ),
}));

const call = fc
  .tuple(
    word,
    fc.uniqueArray(word, { minLength: 1, maxLength: 3 }),
    fc.oneof(
      text,
      word,
      fc
        .array(
          fc.oneof(
            word,
            fc
              .uniqueArray(word, { minLength: 1, maxLength: 3 })
              .map(
                (keys) =>
                  `{ ${keys.map((each) => `${each}: true`).join(", ")} }`,
              ),
          ),
          { minLength: 1, maxLength: 3 },
        )
        .map((elements) => `[${elements.join(", ")}]`),
    ),
  )
  .map(
    ([name, parameters, last]) =>
      `(${parameters.join(", ")}) => ${name}(${[...parameters, last].join(", ")})`,
  );

/** As by far most interfaces are: short members with comments, however they are indented. */
const plainMembers = fc
  .array(
    fc.tuple(
      fc.constantFrom("", "  ", "    "),
      doc,
      word,
      fc.constantFrom(": ", "?: "),
      fc.oneof(word, text, fc.constantFrom("string[]", "null", '"\\n"')),
      fc.constantFrom(";", ";", "; ", ";\n"),
    ),
    { minLength: 1, maxLength: 5 },
  )
  .map((members) =>
    members
      .map(
        ([space, comment, ...member]) =>
          (comment + member.join("")).replace(/^(?=.)/gm, space) + "\n",
      )
      .join(""),
  );

const names = fc.uniqueArray(word, { minLength: 1, maxLength: 6 });

const statement = fc.oneof(
  fc
    .tuple(doc, word, fc.uniqueArray(text, { maxLength: 6 }))
    .map(
      ([comment, name, values]) =>
        `${comment}export const ${name}: readonly string[] = [${values.map((each) => `${each}, `).join("")}];`,
    ),
  fc
    .tuple(word, word, word, fc.uniqueArray(word, { maxLength: 4 }))
    .map(
      ([name, of, to, keys]) =>
        `export const ${name}: Readonly<Record<${of}, ${to}>> = {${keys.map((each) => `${each}: [{ a: ${each} }],`).join(" ")}};`,
    ),
  fc
    .tuple(word, word, word, word)
    .map(
      ([name, parameter, of, answer]) =>
        `export function ${name}(${parameter}: (${of}: ${of}) => unknown): ${answer}<unknown, ${of}> {\n  return call(a, ${parameter});\n}`,
    ),
  fc
    .tuple(word, word, call)
    .map(
      ([name, method, each]) =>
        `const ${name}: Operation = {\n  ${method}: ${each},\n};`,
    ),
  names.map(
    (each) => `import type { ${each.join(", ")} } from "../../errors.js";`,
  ),
  names.map(
    (each) =>
      `export { ${each.map((name) => `${name} as delete`).join(", ")}, } from "./a.js";`,
  ),
  fc.constantFrom(
    'export * from "./a.js";',
    'export * as a from "./a.js";',
    'export type * from "./a.js";',
    "export {};",
  ),
  fc
    .tuple(doc, word, type)
    .map(([comment, name, each]) => `${comment}export type ${name} = ${each};`),
  fc
    .tuple(doc, word, type)
    .map(
      ([comment, name, each]) =>
        `${comment}export interface ${name} {\n${each.length % 2 === 0 ? "" : `a: ${each};`}\n}`,
    ),
  fc
    .tuple(doc, word, names, word, word)
    .map(
      ([comment, name, parameters, data, error]) =>
        `${comment}export function ${name}(${parameters.map((parameter) => `${parameter}?: ${parameter}`).join(", ")}): Promise<Result<${data}, ${error}>> {\n  return call(${parameters.join(", ")});\n}`,
    ),
  fc
    .tuple(word, value)
    .map(
      ([name, each]) =>
        `export const ${name}: Readonly<Record<string, ${name}>> = { a: ${each} };`,
    ),
  fc
    .tuple(doc, word, plainMembers)
    .map(
      ([comment, name, members]) =>
        `${comment}export interface ${name} {\n${members}}`,
    ),
  fc
    .tuple(doc, word, names)
    .map(
      ([comment, name, each]) =>
        `${comment}export type ${name} = ${each.join(" | ")};`,
    ),
  fc
    .tuple(doc, word, value)
    .map(
      ([comment, name, each]) =>
        `${comment}export const ${name}: KnownValues = ${each};`,
    ),
  fc.tuple(word, value).map(([name, each]) => `const ${name} = ${each};`),
  fc
    .tuple(doc, word, names, type)
    .map(
      ([comment, name, parameters, each]) =>
        `${comment}export function ${name}(${parameters.map((parameter) => `${parameter}?: ${parameter}`).join(", ")}): Promise<${each}> {\n  return call(${parameters.join(", ")});\n}`,
    ),
);

describe("the layout", () => {
  it("is what prettier does by default", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(statement, fc.constantFrom("\n", "\n\n", "\n\n\n")), {
          minLength: 1,
          maxLength: 5,
        }),
        async (statements) => {
          const source = statements.flat().join("");
          expect(laidOut(source)).toBe(await prettier(source));
        },
      ),
      { numRuns: Number(process.env["RUNS"] ?? 150) },
    );
  });
});
