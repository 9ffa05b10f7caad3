/** Whether a description is named by URL rather than by path. */
export function isUrl(reference: string): boolean {
  return /^https?:\/\//i.test(reference);
}
