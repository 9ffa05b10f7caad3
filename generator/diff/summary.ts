import type { SpecDiff } from "./change.js";

/** How many changes there are of each level, in a sentence. */
export function describeCounts({ counts }: SpecDiff): string {
  const { breaking, additive, documentation } = counts;
  if (breaking + additive + documentation === 0) return "Nothing changed.";
  return `${breaking} breaking, ${additive} additive, ${documentation} documentation only.`;
}

/** What the version of a package that contains the client should do, and why. */
export function bumpReason({ bump, counts }: SpecDiff): string {
  switch (bump) {
    case "major":
      return counts.breaking > 0
        ? "Suggested for the version of your client: major, because calls that worked may fail."
        : "Suggested for the version of your client: major, because code that matches every case may stop compiling; nothing that is deployed breaks.";
    case "minor":
      return "Suggested for the version of your client: minor, because there is more to use and what compiles still does.";
    case "patch":
      return "Suggested for the version of your client: patch, because only documentation changed.";
    case undefined:
      return "Your client can keep its version.";
  }
}

/** Names, the first few of them. */
export function listNames(names: readonly string[], limit: number): string {
  const more = names.length - limit;
  return more > 0
    ? `${names.slice(0, limit).join(", ")} and ${more} more`
    : names.join(", ");
}
