/** More of a text than this says nothing in a message. */
const longest = 100;

/**
 * Sets text out of a description off from our own: between back-ticks, on one line.
 * It cannot end the quotation, so that messages can stand in Markdown and terminals.
 */
export function quote(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  const visible = text
    .replaceAll("`", "'")
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "\u{fffd}");
  const characters = Array.from(visible);
  return characters.length > longest
    ? `\`${characters.slice(0, longest).join("")}…\``
    : `\`${visible}\``;
}

/** Several texts out of a description, separated by commas. */
export function quoteAll(values: Iterable<unknown>): string {
  return [...values].map(quote).join(", ");
}
