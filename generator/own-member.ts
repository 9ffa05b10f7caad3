/**
 * The member of a record under a name that somebody else chose: never one that every
 * object inherits, such as `constructor`.
 */
export function ownMember<Value>(
  record: Readonly<Record<string, Value>>,
  name: string,
): Value | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
