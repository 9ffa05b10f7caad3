/** How the value of a parameter or a field becomes pairs. */
export interface PairStyle {
  readonly name: string;
  readonly style?: string | undefined;
  readonly explode?: boolean | undefined;
  /** The value is sent as JSON. */
  readonly json?: true | undefined;
}

const separators: Readonly<Record<string, string>> = {
  spaceDelimited: "%20",
  pipeDelimited: "%7C",
};

/** Styles come from a description, and can be called like what every object has. */
function separatorOf(style: string): string {
  const own = Object.hasOwn(separators, style) ? separators[style] : undefined;
  return own ?? ",";
}

/**
 * `name=value` pairs in the styles `form`, `spaceDelimited`, `pipeDelimited` and `deepObject`.
 *
 * @see https://spec.openapis.org/oas/v3.1.1.html#style-values
 */
export function queryPairs(
  { name, style = "form", explode = style === "form", json }: PairStyle,
  value: unknown,
): string[] {
  const key = encodeURIComponent(name);
  if (json) return [pair(key, JSON.stringify(value))];
  if (typeof value !== "object" || value === null) return [pair(key, value)];
  if (style === "deepObject") return deepPairs(key, value);
  if (Array.isArray(value)) {
    if (explode) return value.map((item) => pair(key, item));
    const items = value.map((item) => encodeURIComponent(text(item)));
    return [`${key}=${items.join(separatorOf(style))}`];
  }
  const entries = membersOf(value);
  if (explode) {
    return entries.map(([member, item]) =>
      pair(encodeURIComponent(member), item),
    );
  }
  const flat = entries.flatMap(([member, item]) => [member, text(item)]);
  return [`${key}=${flat.map(encodeURIComponent).join(separatorOf(style))}`];
}

/** `key[member]=value` pairs. OpenAPI leaves open what is below a member: it goes on like that, as servers read it. */
function deepPairs(key: string, value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [pair(key, value)];
  return membersOf(value).flatMap(([member, item]) =>
    deepPairs(`${key}%5B${encodeURIComponent(member)}%5D`, item),
  );
}

function pair(key: string, value: unknown): string {
  return `${key}=${encodeURIComponent(text(value))}`;
}

/**
 * The members of an object that are there.
 *
 * @throws {TypeError} for a `Date`, a `Map`, a form, bytes and others whose members are not what they mean
 */
export function membersOf(value: object): [name: string, value: unknown][] {
  const tag = Object.prototype.toString.call(value).slice(8, -1);
  if (!/^(?:Object|Array)$/.test(tag) || "toJSON" in value) {
    throw new TypeError(`${tag} given where a text or a plain object belongs`);
  }
  return Object.entries(value).filter(([, item]) => item !== undefined);
}

/**
 * A value as text; JSON unless it is one.
 *
 * @throws {TypeError} for what JSON would lose
 */
export function text(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    membersOf(value);
  }
  const json = JSON.stringify(value) as string | undefined;
  if (json === undefined || (json === "null" && value !== null)) {
    throw new TypeError(`JSON cannot express this ${typeof value}`);
  }
  return json;
}
