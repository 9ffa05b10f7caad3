import type { OperationModel } from "../../model/api-model.js";
import type { OperationPair } from "../pairs.js";
import { quote } from "../quote.js";
import type { Rule } from "../rule.js";

/** An operation is called by another HTTP method or path. */
export const operationAddressChanged: Rule<OperationPair> = {
  id: "operation-address-changed",
  check: ({ before, after }) =>
    !before || !after || addressOf(before) === addressOf(after)
      ? []
      : [
          {
            level: "breaking",
            message: `address ${quote(addressOf(before))} became ${quote(addressOf(after))}`,
            consequence:
              "Calls compile as before; a client that was generated earlier calls the old address.",
            before: before.origin,
            after: after.origin,
          },
        ],
};

function addressOf({ method, urlPath }: OperationModel): string {
  return `${method} ${urlPath}`;
}
