/** A text with everything that a terminal or a CI system would act on. */
export const actingText: string = [
  "::error file=a.ts::pwned",
  "\n::set-output name=a::b",
  "\r\n  ::add-mask::c",
  "##[error]d ##vso[task.complete]e",
  "\u0007\u001b]0;title\u001b\\\u001b[31mred\u007f\u0085\u009b32m",
  "\u202eright to left\u2066\u200b\u00ad\u2028::warning::f\u2029\ufeff\u{e0041}",
].join("");

/** Finds what a terminal or a CI system would act on in the output of a command. */
export function findActingText(output: string): readonly string[] {
  const characters = output.match(/[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}]|##\w*\[/gu);
  const commands = output.split("\n").filter((line) => /^\s*::/.test(line));
  return [
    ...(characters ?? []).map((found) => JSON.stringify(found)),
    ...commands,
  ];
}
