import type { WebhookPair } from "../pairs.js";
import { quote } from "../quote.js";
import type { Rule } from "../rule.js";

/** The API no longer delivers an event. */
export const webhookRemoved: Rule<WebhookPair> = {
  id: "webhook-removed",
  check: ({ before, after }) =>
    !before || after
      ? []
      : [
          {
            level: "breaking",
            message: `webhook event ${quote(before.name)} was removed`,
            consequence: `Handlers of ${quote(before.name)} do not compile, and what they did no longer happens.`,
            before: before.origin,
            after: undefined,
          },
        ],
};
