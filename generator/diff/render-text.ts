import { styled } from "../printing/line.js";
import type { Line, Style } from "../printing/line.js";
import type { Change, ChangeLevel, Position, SpecDiff } from "./change.js";
import { bumpReason, describeCounts, listNames } from "./summary.js";

/** Prints a comparison for a terminal. */
export function renderText(diff: SpecDiff): readonly Line[] {
  const { before, after, changes } = diff;
  const title = `${before.title} ${before.version} → ${after.title} ${after.version}`;
  return [
    [styled(title, "bold")],
    ...changes.flatMap(changeLines),
    "",
    describeCounts(diff),
    ...(diff.breaksWithinVersion
      ? [
          [
            styled(
              "Breaking changes within one version go against the API's own version policy.",
              "yellow",
            ),
          ],
        ]
      : []),
    bumpReason(diff),
  ];
}

const levelStyles: Readonly<Record<ChangeLevel, Style>> = {
  breaking: "red",
  additive: "green",
  documentation: "blue",
};

function changeLines(change: Change): readonly Line[] {
  const { level, id, subject, message, consequences } = change;
  const details = [...reachLines(change), ...placeLines(change)];
  return [
    "",
    [
      styled(level, levelStyles[level]),
      " ",
      styled(id, "dim"),
      " ",
      styled(subject, "bold"),
    ],
    `  ${message}`,
    ...consequences.map((each) => `  → ${each}`),
    ...details.map((each): Line => ["  ", styled(each, "dim")]),
  ];
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
