import type { Change, ChangeLevel, SpecDiff } from "./change.js";
import { quote } from "./quote.js";
import { describePosition } from "./render-text.js";
import { bumpReason, describeCounts, listNames } from "./summary.js";

const headings: Readonly<Record<ChangeLevel, string>> = {
  breaking: "Breaking",
  additive: "Additive",
  documentation: "Documentation only",
};

/** Prints a comparison for a pull request. */
export function renderMarkdown(diff: SpecDiff): readonly string[] {
  const { before, after, changes } = diff;
  const sections = (Object.keys(headings) as ChangeLevel[]).flatMap((level) => {
    const ofLevel = changes.filter((change) => change.level === level);
    if (ofLevel.length === 0) return [];
    return [
      "",
      `### ${headings[level]} (${ofLevel.length})`,
      "",
      ...ofLevel.flatMap(changeLines),
    ];
  });
  return [
    `## ${quote(`${before.title} ${before.version}`)} → ${quote(`${after.title} ${after.version}`)}`,
    "",
    describeCounts(diff),
    ...(diff.breaksWithinVersion
      ? [
          "",
          "**Breaking changes within one version go against the API's own version policy.**",
        ]
      : []),
    "",
    `**${bumpReason(diff)}**`,
    ...sections,
  ];
}

/** More names than this say nothing to a person. */
const listed = 8;

function changeLines(change: Change): readonly string[] {
  const { id, subject, message, consequences, operations, webhooks } = change;
  const reached = [...operations, ...webhooks].map(quote);
  const places = [change.before, change.after]
    .filter((position) => position !== undefined)
    .map((position) => quote(describePosition(position)));
  return [
    `- **${quote(subject)}**: ${message} (${id})`,
    ...consequences.map((each) => `  - ${each}`),
    ...(reached.length === 0
      ? []
      : [`  - Reaches ${listNames(reached, listed)}.`]),
    ...(places.length === 0 ? [] : [`  - ${places.join(" → ")}`]),
  ];
}
