/** The message of whatever was thrown, also of what cannot be turned into text. */
export function thrownText(error: unknown): string {
  try {
    return error instanceof Error ? error.message : String(error);
  } catch {
    return "something was thrown that cannot be shown";
  }
}
