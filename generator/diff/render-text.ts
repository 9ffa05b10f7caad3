import picocolors from "picocolors";
import type { Change, ChangeLevel, Position, SpecDiff } from "./change.js";
import { bumpReason, describeCounts, listNames } from "./summary.js";

/** Prints a comparison for a terminal. */
export function renderText(diff: SpecDiff, color: boolean): string {
  const colors = picocolors.createColors(color);
  const { before, after, changes } = diff;
  const paint: Readonly<Record<ChangeLevel, (text: string) => string>> = {
    breaking: colors.red,
    additive: colors.green,
    documentation: colors.blue,
  };
  const title = colors.bold(
    `${before.title} ${before.version} → ${after.title} ${after.version}`.replace(
      /\p{Cc}/gu,
      " ",
    ),
  );
  const lines = changes.flatMap((change) => [
    "",
    `${paint[change.level](change.level)} ${colors.dim(change.id)} ${colors.bold(change.subject.replace(/\p{Cc}/gu, " "))}`,
    `  ${change.message}`,
    ...change.consequences.map((each) => `  → ${each}`),
    ...reachLines(change).map((each) => `  ${colors.dim(each)}`),
    ...placeLines(change).map((each) => `  ${colors.dim(each)}`),
  ]);
  return [
    title,
    ...lines,
    "",
    describeCounts(diff),
    ...(diff.breaksWithinVersion
      ? [
          colors.yellow(
            "Breaking changes within one version go against the API's own version policy.",
          ),
        ]
      : []),
    bumpReason(diff),
    "",
  ].join("\n");
}

/** More names than this say nothing to a person. */
const listed = 8;

function reachLines({ operations, webhooks, directions }: Change): string[] {
  const way = directions.length === 0 ? "" : ` (${directions.join(", ")})`;
  return [
    ...(operations.length === 0
      ? []
      : [`operations${way}: ${listNames(operations, listed)}`]),
    ...(webhooks.length === 0
      ? []
      : [`webhooks: ${listNames(webhooks, listed)}`]),
  ];
}

function placeLines({ before, after }: Change): string[] {
  return [
    ...(before ? [`old ${describePosition(before)}`] : []),
    ...(after ? [`new ${describePosition(after)}`] : []),
  ];
}

/** `file:line:column`, or the JSON pointer where the text is not at hand. */
export function describePosition(position: Position): string {
  const { file, pointer, line, column } = position;
  return line === undefined || column === undefined
    ? `${file}${pointer}`
    : `${file}:${line}:${column}`;
}
