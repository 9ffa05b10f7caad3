import leven from "leven";

/** Longest name that is compared: the work grows with the square of the length. */
const longestName = 100;

/** Most names that are compared; beyond, a suggestion would be chance. */
const mostNames = 20_000;

/** The name that was probably meant, or undefined when none is close. */
export function nearest(
  name: string,
  candidates: readonly string[],
): string | undefined {
  if (name.length > longestName || candidates.length > mostNames) {
    return undefined;
  }
  // A third of the letters wrong still reads as a slip; more is another word.
  let best =
    (name.length < 3 ? 0 : Math.max(1, Math.floor(name.length / 3))) + 1;
  let found: string | undefined;
  for (const candidate of candidates) {
    if (candidate.length > longestName || candidate === name) continue;
    const distance = isSameWord(name, candidate)
      ? 0
      : isShortened(name, candidate)
        ? 1
        : leven(name, candidate, { maxDistance: best });
    if (distance >= best) continue;
    best = distance;
    found = candidate;
  }
  return found;
}

/** Whether two names differ in case and punctuation only. */
function isSameWord(left: string, right: string): boolean {
  return fold(left) === fold(right);
}

/** Whether one is the beginning of the other, such as `int` of `integer`. */
function isShortened(left: string, right: string): boolean {
  const [short, long] =
    left.length < right.length ? [left, right] : [right, left];
  return short.length >= 3 && long.startsWith(short);
}

function fold(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");
}

/** Advice that names what was probably meant, or undefined when nothing is close. */
export function didYouMean(
  name: string,
  candidates: readonly string[],
): string | undefined {
  const found = nearest(name, candidates);
  return found === undefined ? undefined : `Did you mean "${found}"?`;
}
