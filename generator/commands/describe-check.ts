import type { CheckResult } from "../check.js";
import { relativeToCwd } from "./report.js";

/** At most this many files of a kind are listed by name. */
const listed = 10;

/** What `check` found out, for people. */
export function describeCheck(result: CheckResult): readonly string[] {
  const out = relativeToCwd(result.out);
  const { moved } = result;
  const unproven = section(
    "not compared, because check does not use the network",
    moved?.unproven ?? [],
  );
  if (result.inSync) {
    return [`${out} is in sync`, ...unproven];
  }
  const reasons = moved
    ? [
        ...moved.documents.map((name) => `the description: ${name}`),
        ...moved.overlays.map((name) => `the overlay: ${name}`),
        ...(moved.options ? ["options or formatter settings"] : []),
        ...(moved.generator ? ["the generator"] : []),
      ]
    : [
        result.conflicted
          ? "two branches: the lock file has the marks of a merge, which generate resolves"
          : "there is no lock file that can be read: the folder was not written by this version of the tool",
      ];
  // The lock has the hashes of these files, so that generate keeps them.
  const isForged = reasons.length === 0 && result.stale.length > 0;
  return [
    `${out} is out of date; run "kompliant-codegen generate"`,
    ...(isForged
      ? [
          "  the lock was changed by hand: it describes the stale files as up to date; delete them first",
        ]
      : []),
    ...section("moved", reasons),
    ...section("stale", result.stale),
    ...section("edited by hand", result.edited),
    ...section("missing", result.missing),
    ...section("extra", result.extra),
    ...unproven,
  ];
}

function section(title: string, items: readonly string[]): readonly string[] {
  if (items.length === 0) return [];
  const more = items.length - listed;
  return [
    `  ${title}:`,
    ...items.slice(0, listed).map((item) => `    ${item}`),
    ...(more > 0 ? [`    and ${more} more`] : []),
  ];
}
