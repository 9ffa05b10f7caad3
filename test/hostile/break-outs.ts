const call = "globalThis.injected=1";

/** Texts that try to become code, to hide, or to confuse names; `injected` must never run. */
export const breakOuts: Readonly<Record<string, string>> = {
  "double quote": `";${call};"`,
  "single quote": `';${call};'`,
  backtick: `\`;${call};\``,
  interpolation: `\${${call}}`,
  "end of comment": `*/${call};/*`,
  "end of line comment": `// x\n${call}\n//`,
  "line feed": `x\n${call}\ny`,
  "carriage return": `x\r${call}\ry`,
  "line separator": `x\u2028${call}\u2028y`,
  "paragraph separator": `x\u2029${call}\u2029y`,
  NUL: `x\0${call}`,
  backspace: "x\b\b\b\b",
  "right-to-left override": `x\u202e;${call}`,
  "isolate and zero-width": `\u2066x\u2069\u200b\u200d\ufeff`,
  "end of script": `</script><script>${call}</script>`,
  "start of markup comment": `<!-- ${call} -->`,
  "triple slash": `/// <reference path="evil.d.ts" />`,
  "compiler directive": "@ts-ignore",
  "compiler directive in a comment": "*/ // @ts-nocheck\n/*",
  "doc tag": "{@link evil} @deprecated @see evil",
  "source map": "//# sourceMappingURL=evil",
  "trailing backslash": "x\\",
  "quote after backslash": `x\\";${call}//`,
  "object literal": `a}};${call};({a:{b:`,
  "type literal": `string}; ${call}; export type X = {a: `,
  "union member": `string | any`,
  __proto__: "__proto__",
  constructor: "constructor",
  prototype: "prototype",
  toString: "toString",
  "reserved word": "class",
  "global name": "Promise",
  "name of the client": "createClient",
  "way out of the folder": "../../../../tmp/evil",
  "absolute path": "/tmp/evil",
  "device name": "con",
  "template tag": "{{constructor.constructor 'injected=1'}} {{{x}}}",
  emoji: "🙈 x 🙈",
  "lone surrogate": "x\ud800y",
  "right-to-left text": "שלום עולם",
  digits: "123",
  blank: "   ",
  empty: "",
};

/** A text long enough to find every quadratic place. */
export function longText(): string {
  return `${'long text */ " ` '.repeat(65_536)}end`;
}
