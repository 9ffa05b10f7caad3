import type { ApiPair } from "../pairs.js";
import { quote } from "../quote.js";
import type { Rule } from "../rule.js";

/** The API is served at another address. */
export const serverChanged: Rule<ApiPair> = {
  id: "server-changed",
  check: ({ before, after }) =>
    before.serverUrl === after.serverUrl
      ? []
      : [
          {
            level: "additive",
            message: `server ${nameOf(before.serverUrl)} became ${nameOf(after.serverUrl)}`,
            consequence:
              "A client created without `baseUrl` calls the new address.",
            before: undefined,
            after: undefined,
          },
        ],
};

function nameOf(url: string | undefined): string {
  return url === undefined ? "(none)" : quote(url);
}
