import { styled } from "../printing/line.js";
import type { Line } from "../printing/line.js";

/** The lines between the first and the last one that differ, as a patch shows them. */
export function changedLines(before: string, after: string): readonly Line[] {
  if (before === after) return [];
  const old = linesOf(before);
  const fresh = linesOf(after);
  const shorter = Math.min(old.length, fresh.length);
  const start = lengthOfSame(shorter, (index) => old[index] === fresh[index]);
  const end = lengthOfSame(
    shorter - start,
    (index) => old.at(-1 - index) === fresh.at(-1 - index),
  );
  return [
    ...old
      .slice(start, old.length - end)
      .map((line) => ["  ", styled(`- ${line}`, "red")]),
    ...fresh
      .slice(start, fresh.length - end)
      .map((line) => ["  ", styled(`+ ${line}`, "green")]),
  ];
}

function linesOf(text: string): readonly string[] {
  return text === "" ? [] : text.replace(/\r?\n$/, "").split(/\r?\n/);
}

function lengthOfSame(
  limit: number,
  isSame: (index: number) => boolean,
): number {
  let length = 0;
  while (length < limit && isSame(length)) length += 1;
  return length;
}
