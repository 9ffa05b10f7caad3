import { inspect } from "node:util";
import {
  documentedCredentials,
  documentedSignature,
} from "../support/credentials.js";

const { secretKey, authToken } = documentedCredentials;

/** What must never be seen outside of a request, by name. */
const secrets: Readonly<Record<string, string>> = {
  "the secret key": secretKey,
  "the auth token": authToken,
  "a signature": documentedSignature,
};

/** Every way in which a secret could be written down; none contains white space. */
const writtenForms: readonly {
  readonly name: string;
  readonly text: string;
}[] = Object.entries(secrets).flatMap(([name, secret]) => {
  const decoded = Buffer.from(secret, "base64");
  return [
    { name, text: secret },
    { name: `${name}, URL-encoded`, text: encodeURIComponent(secret) },
    {
      name: `${name}, in Base64`,
      text: Buffer.from(secret).toString("base64"),
    },
    { name: `${name}, in hex`, text: Buffer.from(secret).toString("hex") },
    { name: `${name}, decoded`, text: decoded.toString("latin1") },
    { name: `${name}, decoded to UTF-8`, text: decoded.toString("utf8") },
    { name: `${name}, decoded to hex`, text: decoded.toString("hex") },
    { name: `${name}, decoded to bytes`, text: [...decoded].join(",") },
  ];
});

/** Names the secrets that a text contains; what prints them must not repeat them. */
export function findSecrets(text: string): string[] {
  // Dumps of bytes are spaced and broken into lines.
  const dense = text.replaceAll(/\s/g, "");
  return writtenForms
    .filter((form) => text.includes(form.text) || dense.includes(form.text))
    .map(({ name }) => name);
}

/** Everything that printing, throwing or serialising a value could show. */
export function shown(value: unknown): string {
  const deep = {
    depth: Infinity,
    maxArrayLength: Infinity,
    maxStringLength: Infinity,
  };
  return [
    inspect(value, deep),
    inspect(value, { ...deep, showHidden: true, getters: true }),
    serialised(value),
    value instanceof Error ? `${String(value)} ${value.stack ?? ""}` : "",
  ].join("\n");
}

function serialised(value: unknown): string {
  try {
    return JSON.stringify({ value });
  } catch {
    return ""; // A value with cycles cannot be serialised.
  }
}
