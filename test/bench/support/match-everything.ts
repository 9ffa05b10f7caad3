import { documentedErrors, operationName } from "./rpc-spec.js";

const clientTags = [
  "undocumented",
  "client.aborted",
  "client.invalid_response",
  "client.network",
  "client.signing",
  "client.timeout",
];

/** Name of the union of an operation's errors. */
function errorType(number: number): string {
  const words = operationName(number).split(".");
  const name = words.map(
    (word) => word.charAt(0).toUpperCase() + word.slice(1),
  );
  return `${name.join("")}Error`;
}

/**
 * A module that matches every error of some operations of the RPC API, each in a
 * function of its own.
 *
 * @param client - specifier of the client's index
 */
export function matchEverything(
  numbers: readonly number[],
  client: string,
): string {
  const types = numbers.map(errorType).join(", ");
  return [
    `import { matchError } from "${client}";`,
    `import type { ${types} } from "${client}";`,
    ...numbers.map(matchFunction),
  ].join("\n");
}

function matchFunction(number: number): string {
  const errors = documentedErrors(number);
  const plain = errors.flatMap(({ code, sub_code }) =>
    sub_code === undefined ? [code] : [],
  );
  const violations = errors.flatMap(({ entity_type, sub_code }) =>
    sub_code === undefined || entity_type === undefined
      ? []
      : [{ entity_type, sub_code }],
  );
  const handler = (key: string): string =>
    `"${key}": ({ message }) => message,`;
  return [
    `export function match${number}(error: ${errorType(number)}): string {`,
    "  return matchError(error, {",
    ...[...plain, ...clientTags].map(handler),
    `SYSTEM_RULE_VIOLATION: { ${violations[0]?.entity_type ?? ""}: {`,
    ...violations.map(({ sub_code }) => handler(sub_code)),
    "} } });",
    "}",
  ].join("\n");
}
