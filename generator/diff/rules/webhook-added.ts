import type { WebhookPair } from "../pairs.js";
import { quote } from "../quote.js";
import type { Rule } from "../rule.js";

/** The API delivers a new event. */
export const webhookAdded: Rule<WebhookPair> = {
  id: "webhook-added",
  check: ({ before, after }) =>
    before || !after
      ? []
      : [
          {
            level: "additive",
            bump: "major",
            message: `webhook event ${quote(after.name)} is new`,
            consequence: `A match over all events must add ${quote(after.name)}.`,
            before: undefined,
            after: after.origin,
          },
        ],
};
